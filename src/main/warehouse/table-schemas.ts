import { type ColumnType, DATASET_COLUMNS } from '../../preload/contract/dataset';

type StoredType = ColumnType | 'BLOB';

export interface StoredColumn {
  name: string;
  type: StoredType;
  nullable: boolean;
}

const KEY: StoredColumn = { name: 'pokemon_key', type: 'VARCHAR', nullable: false };

/** tables/pokemon: working data under a pseudonym, nothing that names the subject. */
export const POKEMON_COLUMNS: readonly StoredColumn[] = [
  KEY,
  ...DATASET_COLUMNS.filter((column) => !column.identity),
];

/** tables/identities: the lookup. `salt` is 16 random bytes a subject. */
export const IDENTITY_COLUMNS: readonly StoredColumn[] = [
  KEY,
  ...DATASET_COLUMNS.filter((column) => column.identity),
  { name: 'salt', type: 'BLOB', nullable: false },
];

const DELTA_TYPES: Record<StoredType, unknown> = {
  INTEGER: 'integer',
  DOUBLE: 'double',
  VARCHAR: 'string',
  BOOLEAN: 'boolean',
  BLOB: 'binary',
  'VARCHAR[]': { type: 'array', elementType: 'string', containsNull: true },
};

/** Delta's `schemaString`. Source: PROTOCOL.md of delta-io/delta, “Schema Serialization Format”. */
export function schemaString(columns: readonly StoredColumn[]): string {
  return JSON.stringify({
    type: 'struct',
    fields: columns.map((column) => ({
      name: column.name,
      type: DELTA_TYPES[column.type],
      nullable: column.nullable,
      metadata: {},
    })),
  });
}
