import { AppError } from '../../preload/contract/errors';
import type { ChangeEntry } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { hostError } from '../base/host-error';
import {
  changeFiles,
  derivedFiles,
  looksWhole,
  removeChangeFiles,
  removeHalfWritten,
  replaceChangeFile,
} from './change-files';
import { addChanges, makeChangeTable, writeChangeTable } from './change-table';
import type { DatasetVersions } from './dataset-versions';
import { dated, wayOrRefusal } from './read-changes';

/**
 * Writes the file of changes of each version that has none, or a damaged or outdated one, while the
 * tables can still tell them. What is published stands without them: where they cannot be written,
 * that is a note, and changes are told from the tables. The caller holds the writer's lock.
 */
export async function deriveChanges(
  database: Database,
  paths: DataPaths,
  dataset: DatasetVersions,
): Promise<string[]> {
  const notes: string[] = [];
  try {
    await removeHalfWritten(paths);
    const newest = dataset.newest?.version ?? 0;
    await removeChangeFiles((await changeFiles(paths)).filter(({ version }) => version > newest));
    const there = await wholeFiles(paths, dataset);
    for (const { version } of dataset.listed) {
      if (version === 0 || there.has(version)) continue;
      const entries = await toldByTables(database, paths, dataset, version);
      if (entries === null) continue;
      if (typeof entries === 'string') notes.push(entries);
      else await writeChanges(database, paths, dataset, version, entries);
    }
  } catch (error) {
    // What is left undone here is done by the next process.
    if (isCancelled(error)) return notes;
    const told = hostError(error, `The folder ${paths.changes}`);
    if (told === null) throw error;
    notes.push(`What changed could not be written down. ${told.message}`);
  }
  return notes;
}

/** The versions of those that the tables may still tell, however many there were before. */
async function wholeFiles(paths: DataPaths, dataset: DatasetVersions): Promise<Set<number>> {
  const whole = new Set<number>();
  for (const file of await derivedFiles(paths, dataset)) {
    const listed = dataset.at(file.version) !== undefined;
    if (listed && (await looksWhole(file))) whole.add(file.version);
  }
  return whole;
}

/** Null where the tables can no longer tell them; a sentence where their files are damaged. */
async function toldByTables(
  database: Database,
  paths: DataPaths,
  dataset: DatasetVersions,
  version: number,
): Promise<ChangeEntry[] | string | null> {
  try {
    const way = await wayOrRefusal(paths, dataset, version);
    return 'tell' in way ? dated(dataset.at(version), await way.tell(database)) : null;
  } catch (error) {
    if (isCancelled(error)) throw error;
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return `What version ${version} changed could not be told from the tables: ${reason}`;
  }
}

async function writeChanges(
  database: Database,
  paths: DataPaths,
  dataset: DatasetVersions,
  version: number,
  entries: readonly ChangeEntry[],
): Promise<void> {
  await makeChangeTable(database);
  await addChanges(database, entries);
  const timeOf = (of: number) => dataset.at(of)?.timestamp ?? 0;
  const file = { version, since: timeOf(version - 1), timestamp: timeOf(version) };
  await replaceChangeFile(paths, file, (temporary) => writeChangeTable(database, temporary));
}

function isCancelled(error: unknown): boolean {
  return error instanceof AppError && error.code === 'cancelled';
}
