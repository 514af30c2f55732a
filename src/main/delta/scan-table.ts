import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import pLimit from 'p-limit';
import { Database } from '../base/duckdb';
import { isMissing } from '../base/durable-file';
import type { FileStamp, Scan, ScanNote } from '../base/scan';
import { deletionVectorFile } from './deletion-vector';
import type { DeletionVector } from './delta-actions';
import { damagedTable, damagedVector, versionNotKept } from './foreign-table-errors';
import { type KeptVersions, keptVersions } from './kept-versions';
import { logFolder } from './log-entries';
import { isWithoutZone, partitionText } from './partition-values';
import { readableVersions } from './readable-versions';
import { rowsSql } from './rows-sql';
import { plannedTable, type TablePlan } from './table-plan';

/** Files checked at the same time. */
const TOGETHER = 32;

/**
 * The rows of a Delta table of any writer, at a version or at its newest. Throws `no-data` where
 * there is no table, `version-not-kept`, `table-unsupported` naming what the app cannot read, and
 * `table-damaged` naming what is damaged.
 */
export async function deltaScan(table: string, version?: number): Promise<Scan> {
  try {
    return await scanned(table, version);
  } catch (error) {
    if (!isMissing(error)) throw error;
    // Another program cleaned up the log after it was listed.
    return scanned(table, version);
  }
}

async function scanned(table: string, version?: number): Promise<Scan> {
  const versions = await keptVersions(table);
  const plan = await plannedTable(versions, version);
  const files = await stampsOf(versions, plan, version);
  const database = await Database.open({ memoryLimit: '512MB' });
  try {
    const from = await rowsSql(database, plan);
    const columns = await database.columns(`SELECT * FROM ${from}`);
    return {
      from,
      columns: columns.map(({ name, type }) => ({ name, sqlType: String(type) })),
      files,
      notes: notesOf(plan),
    };
  } finally {
    database.close();
  }
}

/** Every file the rows come from; the folder of the log too, where the newest version is read. */
async function stampsOf(
  versions: KeptVersions,
  { table, files }: TablePlan,
  version: number | undefined,
): Promise<FileStamp[]> {
  const vectors = files.flatMap(({ add }) =>
    add.deletionVector ? (vectorFile(table, add.deletionVector) ?? []) : [],
  );
  const paths = new Set([...files.map(({ path }) => path), ...vectors]);
  if (version === undefined) paths.add(logFolder(table));
  const limit = pLimit(TOGETHER);
  return Promise.all([...paths].map((path) => limit(() => stampOf(versions, path, version))));
}

async function stampOf(
  versions: KeptVersions,
  path: string,
  version = versions.newest,
): Promise<FileStamp> {
  try {
    const found = await stat(path);
    // DuckDB would wait for a pipe to say something.
    if (!found.isFile() && path !== logFolder(versions.table)) {
      throw damagedTable(versions.table, `${basename(path)} is not an ordinary file`);
    }
    return { path, size: found.size, mtimeMs: found.mtimeMs, parts: null };
  } catch (error) {
    if (!isMissing(error)) throw error;
    const { table, newest } = versions;
    if (version === newest) throw damagedTable(table, `its file ${basename(path)} is missing`);
    const kept = await readableVersions(versions);
    throw versionNotKept(table, version, { newest, kept });
  }
}

function vectorFile(table: string, vector: DeletionVector): string | null {
  try {
    return deletionVectorFile(table, vector);
  } catch (cause) {
    throw damagedVector(table, cause);
  }
}

function notesOf({ files, columns, partitionedBy }: TablePlan): ScanNote[] {
  const notes: ScanNote[] = [];
  for (const column of columns) {
    if (column.name !== column.ownName) {
      const own = column.ownName === '' ? 'no name' : `the name ${column.ownName}`;
      const what = `The table has this column under ${own}, which cannot be used here.`;
      notes.push({ column: column.name, count: 1, what });
    }
    if (!partitionedBy.includes(column.ownName)) continue;
    const open = files.filter(({ add }) => isWithoutZone(partitionText(add, column), column));
    if (open.length === 0) continue;
    const what = 'The partitions do not say the time zone of their moments; UTC is assumed.';
    notes.push({ column: column.name, count: open.length, what });
  }
  return notes;
}
