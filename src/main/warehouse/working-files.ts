import type { DataPaths } from '../base/data-folder';
import { filePath } from '../delta/table-rows';
import { requireReadable, stateOf } from './dataset-state';
import { readPublished } from './read-history';

/** The data files of tables/pokemon at the newest version. Throws `no-data`, `table-unsupported`. */
export async function workingFiles(paths: DataPaths): Promise<string[]> {
  const state = stateOf((await readPublished(paths)).dataset.newest);
  if (state === null) return [];
  requireReadable(state);
  return [...state.pokemon.files.keys()].map((path) => filePath(paths.pokemonTable, path));
}
