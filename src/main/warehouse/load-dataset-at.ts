import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import { DATASET_COLUMNS } from '../../preload/contract/dataset';
import { type Database, quotedName } from '../base/duckdb';
import {
  type DatasetState,
  loadDataset,
  requireReadable,
  stateOf,
  stateThere,
} from './dataset-state';
import { whileMarked } from './reading-mark';
import { readPublished } from './read-history';
import type { Tables } from './read-tables';

const COLUMNS = DATASET_COLUMNS.map(({ name }) => quotedName(name)).join(', ');

/**
 * Makes a temp table hold the dataset at a version, the newest where none is named, and resolves to
 * its name: the columns of the published file in their order, sorted by id. Throws `no-data`,
 * `version-not-kept` where its files are gone, or `table-unsupported`.
 * @param known spares who loads many versions reading both logs for each
 */
export async function loadDatasetAt(
  database: Database,
  paths: DataPaths,
  version: number | undefined,
  name = 'dataset_at',
  known?: Tables,
): Promise<string> {
  await whileMarked(paths, async () => {
    await load(database, paths, known ?? (await readPublished(paths)), version, name);
  });
  return name;
}

async function load(
  database: Database,
  paths: DataPaths,
  tables: Tables,
  version: number | undefined,
  name: string,
): Promise<void> {
  const state = await readableAt(paths, tables, version);
  try {
    // Keys and salts are the tables' own, and belong to no reader of the dataset.
    await loadDataset(database, paths, 'both_tables', state);
  } catch (error) {
    // Its files were due to go before the mark was there.
    const wanted = version ?? tables.dataset.newest?.version ?? 0;
    throw (await stateThere(paths, state)) ? error : notKept(wanted, error);
  }
  await database.run(
    `CREATE OR REPLACE TEMP TABLE ${quotedName(name)} AS SELECT ${COLUMNS} FROM both_tables ORDER BY id`,
  );
  await database.run('DROP TABLE both_tables');
}

/** Both tables at a version, the newest where none is named. Throws as loadDatasetAt does. */
export async function readableAt(
  paths: DataPaths,
  { dataset }: Tables,
  version: number | undefined,
): Promise<DatasetState> {
  const newest = dataset.newest?.version ?? 0;
  const wanted = version ?? newest;
  if (wanted < 1 || wanted > newest) {
    throw new AppError('version-not-kept', `There is no version ${wanted}.`, {
      hint: newest < 1 ? 'Nothing has been published yet.' : `Versions go from 1 to ${newest}.`,
    });
  }
  const state = stateOf(dataset.at(wanted));
  if (state === null || !(await stateThere(paths, state))) throw notKept(wanted);
  requireReadable(state);
  return state;
}

function notKept(version: number, cause?: unknown): AppError {
  return new AppError('version-not-kept', `Version ${version} is no longer kept.`, {
    hint: 'The history lists the versions that are; the newest one always is.',
    cause,
  });
}
