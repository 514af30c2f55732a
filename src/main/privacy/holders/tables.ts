import type { ErasedRow } from '../../base/erased-subjects';
import { eraseFromChanges } from '../../warehouse/erase-from-changes';
import { eraseFromTables } from '../../warehouse/erase-from-tables';
import { readTables } from '../../warehouse/read-tables';
import type { Holder } from '../holder';

const tables: Holder = {
  what: 'every kept version of the working data and of the lookup, and both logs',
  keepsSubjects: true,
  owns: (path) => path.startsWith('tables/') || path === 'pokemon.parquet',
  async erase({ paths, database, words }) {
    const names = (text: string) => words.areIn(text) || words.isNumbered(text);
    await eraseFromTables(database, paths, { ids: words.ids, names });
  },
};

const changes: Holder = {
  what: 'what changed in each version',
  keepsSubjects: true,
  owns: (path) => /^changes\/version-[\d-]+\.parquet$/.test(path),
  async erase({ paths, database, words }) {
    const stand = new Map<number, ErasedRow>(words.subjects.map(({ id, stands }) => [id, stands]));
    const { dataset } = await readTables(paths);
    await eraseFromChanges(database, paths, stand, dataset.newest?.version ?? null);
  },
};

export const TABLE_HOLDERS: readonly Holder[] = [tables, changes];
