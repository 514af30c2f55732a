import { DATASET_COLUMNS } from '../../preload/contract/dataset';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedText } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import type { ErasedRow } from '../base/erased-subjects';
import { replaceFile } from '../base/durable-file';
import {
  changeFiles,
  derivedFiles,
  looksWhole,
  removeChangeFiles,
  removeHalfWritten,
  replaceChangeFile,
} from './change-files';
import { CHANGE_COLUMNS, CHANGE_ORDER, makeChangeTable, writeChangeTable } from './change-table';
import { readTables } from './read-tables';

const IDENTITY = DATASET_COLUMNS.filter(({ identity }) => identity)
  .map(({ name }) => quotedText(name))
  .join(', ');

/**
 * Has every file of changes tell of erased subjects under what stands for them, without what changed of
 * their identity, and notes that the version `erasedIn` changed nothing: other files of it cannot be made
 * any more. May be done again. The caller holds the writer's lock.
 */
export async function eraseFromChanges(
  database: Database,
  paths: DataPaths,
  subjects: ReadonlyMap<number, ErasedRow>,
  erasedIn: number | null,
): Promise<void> {
  await removeHalfWritten(paths);
  const ids = [...subjects.keys()].join(', ');
  for (const file of await changeFiles(paths)) {
    if (!(await looksWhole(file))) {
      // Nobody can read it, but what is in it can be found.
      await removeChangeFiles([file]);
      continue;
    }
    const rows = scanParquet([file.path]);
    const { n } = await database.row<{ n: number }>(
      `SELECT count(*)::INTEGER AS n FROM ${rows} WHERE id IN (${ids})`,
    );
    if (n === 0) continue;
    const values = CHANGE_COLUMNS.map((column) => {
      const stands = column === 'id' || column === 'name' ? standFor(subjects, column) : null;
      return stands === null ? `"${column}"` : `${stands} AS "${column}"`;
    });
    await replaceFile(file.path, (temporary) =>
      database.run(
        `COPY (SELECT * FROM (SELECT ${values.join(', ')} FROM ${rows}
           WHERE id NOT IN (${ids}) OR "column" IS NULL OR "column" NOT IN (${IDENTITY})
         ) ORDER BY ${CHANGE_ORDER}) TO ${quotedText(temporary)} (FORMAT parquet)`,
      ),
    );
  }
  if (erasedIn !== null) await noteNothingChanged(database, paths, erasedIn);
}

function standFor(subjects: ReadonlyMap<number, ErasedRow>, column: 'id' | 'name'): string {
  const cases = [...subjects].map(
    ([id, row]) => `WHEN ${id} THEN ${column === 'id' ? row.id : quotedText(row.name)}`,
  );
  return `CASE id ${cases.join(' ')} ELSE "${column}" END`;
}

async function noteNothingChanged(
  database: Database,
  paths: DataPaths,
  version: number,
): Promise<void> {
  const { dataset } = await readTables(paths);
  if (dataset.at(version)?.metadata?.erased === undefined) return;
  const there = await derivedFiles(paths, dataset);
  if (there.some((file) => file.version === version)) return;
  const timeOf = (of: number) => dataset.at(of)?.timestamp ?? 0;
  await makeChangeTable(database);
  await replaceChangeFile(
    paths,
    { version, since: timeOf(version - 1), timestamp: timeOf(version) },
    (temporary) => writeChangeTable(database, temporary),
  );
}
