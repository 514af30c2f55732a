import type { VersionEntry } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { readingError } from '../base/host-error';
import { nothingPublished } from '../base/published-file';
import { derivedFiles } from './change-files';
import { countChanges } from './compare-states';
import { type DatasetState, isReadable, loadDataset, stateOf, stateThere } from './dataset-state';
import type { DatasetVersion, DatasetVersions } from './dataset-versions';
import { whileMarked } from './reading-mark';
import { readTables, type Tables } from './read-tables';
import type { VersionMetadata } from './version-metadata';

/** The dataset's versions as far as the logs still tell them, newest first. Throws `no-data` where nothing was published yet. */
export function readHistory(paths: DataPaths): Promise<VersionEntry[]> {
  return whileMarked(paths, () => entriesOf(paths));
}

async function entriesOf(paths: DataPaths): Promise<VersionEntry[]> {
  const { dataset } = await readPublished(paths);
  const derived = new Set((await derivedFiles(paths, dataset)).map(({ version }) => version));
  const entries: VersionEntry[] = [];
  for (const version of dataset.listed) {
    if (version.version === 0) continue;
    const { metadata } = version;
    const kept = await isKept(paths, version);
    entries.push({
      version: version.version,
      timestamp: timestampOf(version),
      source: metadata?.source ?? null,
      gathered_at: metadata?.gathered_at ?? null,
      games: metadata?.games ?? null,
      program: version.program,
      ...(metadata === null
        ? await toldByTables(paths, dataset, version.version)
        : countsOf(metadata)),
      missing: metadata?.missing ?? [],
      files: metadata?.folder?.files ?? 0,
      kept,
      told: kept || derived.has(version.version),
    });
  }
  return entries.reverse();
}

type Counts = Pick<VersionEntry, 'rows' | 'inserted' | 'updated' | 'deleted'>;
function countsOf({ rows, inserted, updated, deleted }: VersionMetadata): Counts {
  return { rows, inserted, updated, deleted };
}

const UNKNOWN: Counts = { rows: null, inserted: null, updated: null, deleted: null };

/** Another program's version does not describe the dataset, so it is compared with the one before. */
async function toldByTables(
  paths: DataPaths,
  versions: DatasetVersions,
  version: number,
): Promise<Counts> {
  const after = await readableState(paths, versions.at(version));
  if (after === null) return UNKNOWN;
  const before = await readableState(paths, versions.at(version - 1));
  const database = await Database.open({ memoryLimit: '256MB', threads: 1 });
  try {
    if (before !== null) return await countChanges(database, paths, before, after);
    await loadDataset(database, paths, 'rows', after);
    const counted = await database.row<{ rows: number }>(
      'SELECT count(*)::INTEGER AS rows FROM "rows"',
    );
    return { ...UNKNOWN, ...counted };
  } finally {
    database.close();
  }
}

/** The tables at a version; null where they can no longer be read. */
async function readableState(
  paths: DataPaths,
  version: DatasetVersion | undefined,
): Promise<DatasetState | null> {
  const state = stateOf(version);
  return state !== null && isReadable(state) && (await stateThere(paths, state)) ? state : null;
}

/** Both tables with at least one published version. Throws `no-data` where there is none yet. */
export async function readPublished(paths: DataPaths): Promise<Tables> {
  try {
    const tables = await readTables(paths);
    if ((tables.dataset.newest?.version ?? 0) < 1) throw nothingPublished();
    return tables;
  } catch (error) {
    throw readingError(error, `The data folder ${paths.data}`) ?? error;
  }
}

export function timestampOf({ timestamp }: DatasetVersion): string | null {
  return timestamp === null ? null : new Date(timestamp).toISOString();
}

/** True while every data file the version needs is still there. */
export async function isKept(paths: DataPaths, version: DatasetVersion): Promise<boolean> {
  return (await readableState(paths, version)) !== null;
}
