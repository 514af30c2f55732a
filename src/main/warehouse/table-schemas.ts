import { DATASET_COLUMNS } from '../../preload/contract/dataset';
import type { StoredColumn } from '../delta/stored-column';

const KEY: StoredColumn = { name: 'pokemon_key', type: 'VARCHAR', nullable: false };

/** tables/pokemon: working data under a pseudonym, nothing that names the subject. */
export const POKEMON_COLUMNS: readonly StoredColumn[] = [
  KEY,
  ...DATASET_COLUMNS.filter((column) => !column.identity),
];

/** tables/identities: the lookup. `salt` is 16 random bytes per subject. */
export const IDENTITY_COLUMNS: readonly StoredColumn[] = [
  KEY,
  ...DATASET_COLUMNS.filter((column) => column.identity),
  { name: 'salt', type: 'BLOB', nullable: false },
];
