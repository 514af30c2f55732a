import { basename } from 'node:path';
import pLimit from 'p-limit';
import { AppError } from '../../preload/contract/errors';
import { type Database, quotedName } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { type FileGroup, groupByColumns } from './data-file-columns';
import { rowsThatStay } from './deleted-rows-sql';
import { deletedRows } from './deletion-vector';
import type { AddFile } from './delta-actions';
import { damagedTable, damagedVector } from './foreign-table-errors';
import { NotAPartitionValue, partitionText, partitionValue } from './partition-values';
import type { Mapping } from './reader-features';
import { fileColumnOf, Mismatched, storedValue } from './stored-value';
import { sqlType, type TableColumn } from './table-columns';
import type { PlannedFile, TablePlan } from './table-plan';

/** Deletion vectors read at the same time. */
const TOGETHER = 32;

/** SQL of a table's rows, to stand behind FROM. Throws `table-damaged`. */
export async function rowsSql(database: Database, plan: TablePlan): Promise<string> {
  const { table, files, columns } = plan;
  if (files.length === 0) {
    const none = columns.map(
      ({ name, type }) => `CAST(NULL AS ${sqlType(type)}) AS ${quotedName(name)}`,
    );
    return `(SELECT ${none.join(', ')} WHERE false)`;
  }
  const groups = await grouped(database, plan);
  const limit = pLimit(TOGETHER);
  const branches: string[] = [];
  for (const group of groups) {
    const some = group.files.flatMap((index) => files[index] ?? []);
    const deleted = await Promise.all(some.map(({ add }) => limit(() => deletedIn(table, add))));
    branches.push(await branchSql(database, plan, group, some, deleted));
  }
  return `(${branches.join('\nUNION ALL\n')})`;
}

async function deletedIn(table: string, add: AddFile): Promise<readonly number[]> {
  if (!add.deletionVector) return [];
  try {
    return await deletedRows(table, add.deletionVector);
  } catch (cause) {
    throw damagedVector(table, cause);
  }
}

async function grouped(database: Database, { table, files }: TablePlan): Promise<FileGroup[]> {
  const paths = files.map(({ path }) => path);
  try {
    return await groupByColumns(database, paths);
  } catch (error) {
    if (error instanceof AppError) throw error;
    for (const path of paths) {
      try {
        await groupByColumns(database, [path]);
      } catch (cause) {
        throw damagedTable(table, `its file ${basename(path)} cannot be read`, { cause });
      }
    }
    throw error;
  }
}

/** The rows of files that have the same columns. */
async function branchSql(
  database: Database,
  { table, columns, partitionedBy, mapping }: TablePlan,
  group: FileGroup,
  files: readonly PlannedFile[],
  deleted: readonly (readonly number[])[],
): Promise<string> {
  if (mapping === 'id' && group.columns.every(({ id }) => id === null)) {
    throw damagedTable(table, `its file ${basename(files[0]?.path ?? '')} has no field ids`);
  }
  const selected: string[] = [];
  for (const column of columns) {
    const value = partitionedBy.includes(column.ownName)
      ? await partitionSql(database, table, files, column)
      : fileSql(table, files, group, column, mapping);
    selected.push(`${value} AS ${quotedName(column.name)}`);
  }
  const scan = scanParquet(files.map(({ path }) => path));
  // By position, as a file's column may have a name that DuckDB adds itself (file_row_number).
  const names = group.columns.map((_, index) => nameOf(index));
  const stay = rowsThatStay(deleted);
  return `SELECT ${selected.join(', ')}
    FROM ${scan} AS data_files(${names.join(', ')})${stay === null ? '' : ` WHERE ${stay}`}`;
}

const nameOf = (index: number) => `column_${index}`;

function fileSql(
  table: string,
  files: readonly PlannedFile[],
  group: FileGroup,
  column: TableColumn,
  mapping: Mapping,
): string {
  const found = fileColumnOf(column, group.columns, mapping);
  // Files from before the column was added.
  if (found === undefined) return `CAST(NULL AS ${sqlType(column.type)})`;
  try {
    return storedValue(nameOf(found.index), found.column, column.type, mapping);
  } catch (cause) {
    if (!(cause instanceof Mismatched)) throw cause;
    const name = basename(files[0]?.path ?? '');
    const types = `${sqlType(column.type)}, but ${cause.message} in its file ${name}`;
    throw damagedTable(table, `its column ${column.name} is of type ${types}`, { cause });
  }
}

async function partitionSql(
  database: Database,
  table: string,
  files: readonly PlannedFile[],
  column: TableColumn,
): Promise<string> {
  const texts = files.map(({ add }) => partitionText(add, column));
  const values = new Map<string | null, string>();
  for (const text of new Set(texts)) {
    try {
      values.set(text, partitionValue(text, column));
    } catch (cause) {
      if (!(cause instanceof NotAPartitionValue)) throw cause;
      const what = `${column.ownName} = ${cause.message}`;
      throw damagedTable(table, `its partition ${what} is not ${sqlType(column.type)}`, { cause });
    }
  }
  const [only = '', ...others] = values.values();
  await checkValues(database, table, column, [only, ...others]);
  if (others.length === 0) return only;
  const list = texts.map((text) => values.get(text)).join(', ');
  return `([${list}])[CAST(file_index AS INTEGER) + 1]`;
}

/** Numbers out of range and days that do not exist show only when DuckDB makes the values. */
async function checkValues(
  database: Database,
  table: string,
  column: TableColumn,
  values: readonly string[],
): Promise<void> {
  try {
    await database.run(`SELECT [${values.join(', ')}]`);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const what = `a partition by ${column.ownName} is not ${sqlType(column.type)}`;
    throw damagedTable(table, what, { cause });
  }
}
