import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { loadDataset, requireReadable, stateOf, stateThere } from './dataset-state';
import { readPublished } from './read-history';

const NAME = 'dataset_at';

/**
 * Makes a temp table hold the dataset at a version, the newest where none is named, and resolves to
 * its name. Throws `no-data`, `version-not-kept` where its files are gone, or
 * `table-unsupported`.
 */
export async function loadDatasetAt(
  database: Database,
  paths: DataPaths,
  version: number | undefined,
): Promise<string> {
  const { dataset } = await readPublished(paths);
  const newest = dataset.newest?.version ?? 0;
  const wanted = version ?? newest;
  if (wanted < 1 || wanted > newest) {
    throw new AppError('version-not-kept', `There is no version ${wanted}.`, {
      hint: newest < 1 ? 'Nothing has been published yet.' : `Versions go from 1 to ${newest}.`,
    });
  }
  const state = stateOf(dataset.at(wanted));
  if (state === null || !(await stateThere(paths, state))) {
    throw new AppError('version-not-kept', `Version ${wanted} is no longer kept.`, {
      hint: 'The history lists the versions that are; the newest one always is.',
    });
  }
  requireReadable(state);
  await loadDataset(database, paths, NAME, state);
  return NAME;
}
