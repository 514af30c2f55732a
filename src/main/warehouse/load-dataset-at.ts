import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { loadDataset } from './publish';
import { isKept, readBothLogs } from './read-history';

const NAME = 'dataset_at';

/**
 * Makes a temp table hold the dataset at a version, the newest where none is named, and resolves to
 * its name. Throws `no-data`, or `version-not-kept` where its files are gone.
 */
export async function loadDatasetAt(
  database: Database,
  paths: DataPaths,
  version: number | undefined,
): Promise<string> {
  const { pokemon, identities } = await readBothLogs(paths);
  const wanted = version ?? pokemon.length - 1;
  const [working, lookup] = [pokemon[wanted], identities[wanted]];
  if (working === undefined || !(await isKept(paths, working, lookup))) {
    throw new AppError('version-not-kept', `Version ${wanted} is no longer kept.`, {
      hint: 'Reload the page: it then shows the newest version, which can be exported.',
    });
  }
  await loadDataset(database, paths, NAME, working, lookup);
  return NAME;
}
