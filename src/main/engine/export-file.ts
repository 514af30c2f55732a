import { chmod, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { columnOf, type DatasetDescriptor } from '../../preload/contract/descriptor';
import { AppError, cancelled } from '../../preload/contract/errors';
import type { ExportFormat } from '../../preload/contract/export-formats';
import type { ExportProgress } from '../../preload/contract/reports';
import type { DecimalMark } from '../../preload/contract/spreadsheet-text';
import { filterColumns } from '../../preload/contract/filters';
import type { NewView } from '../../preload/contract/view-format';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName, quotedText } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import type { Scan, ScanColumn } from '../base/scan';
import { removeAbandonedTemporaries } from '../base/abandoned';
import { isMissing, replaceFile } from '../base/durable-file';
import { hostError } from '../base/host-error';
import { refuseOwnFile } from '../base/own-files';
import { publishedFile, unreadableDataset } from '../base/published-file';
import { exportedColumn } from './export-columns';
import { positionName } from './ask-table';
import { checkFileName, compressionOf, copyOptions } from './export-options';
import { orderSql, whereSql } from './where-sql';

export interface ExportOptions {
  out: string;
  format: ExportFormat;
  /** What is exported of: its columns, and which of them name somebody. */
  dataset: DatasetDescriptor;
  /** Null exports everything in dataset order. */
  view: NewView | null;
  /** Without identity columns, under `pokemon_key`: Parquet files of tables/pokemon. */
  pseudonymisedFiles: readonly string[] | null;
  /** A table of the database that holds the dataset; null takes the published file. */
  table?: string | null;
  /** The decimal mark of a CSV that spreadsheets open; exact data where it is not said. */
  spreadsheet?: DecimalMark | null | undefined;
  /** Called before anything is written, with the columns that will be: what it rejects with ends the export. */
  hasLoaded?: (columns: readonly string[]) => Promise<void>;
}

export interface ExportReport {
  out: string;
  format: ExportFormat;
  rows: number;
  columns: string[];
  bytes: number;
  pseudonymised: boolean;
}

/**
 * Writes exactly what a view shows: its filters, columns and order. The file takes its place
 * whole or not at all, also when `signal` aborts. `report` is told of rows that never get fewer.
 * A name that ends in .gz or .zst compresses CSV and JSON.
 */
export async function exportFile(
  database: Database,
  paths: DataPaths,
  options: ExportOptions,
  signal: AbortSignal,
  report: (progress: ExportProgress) => void = () => {},
): Promise<ExportReport> {
  checkFileName(options.out, options.format);
  const target = await exportTarget(options.out, paths);
  const from = await rowsOf(options, paths);
  const selection = select(options, from);
  await loadSelected(database, from, selection, options.dataset);
  await options.hasLoaded?.(selection.columns);
  const columns = selection.columns.map((name) => ({
    name,
    sqlType: typeIn(options.dataset, name),
  }));
  const written = await writeExported(database, columns, options, target, signal, { report });
  return { ...written, pseudonymised: options.pseudonymisedFiles !== null };
}

export type Writing = Pick<ExportOptions, 'out' | 'format' | 'spreadsheet'>;

/** Told of what is written. */
export interface WritingEvents {
  report?: (progress: ExportProgress) => void;
  /** The written file before it takes its place; what it rejects with ends the export. */
  check?: (path: string) => Promise<void>;
  /** The new file's permissions; those of what is replaced, or the usual ones, where it is not said. */
  mode?: number;
}

/** Writes the columns of the temp table `exported`, as exportFile does. */
export async function exportTable(
  database: Database,
  paths: DataPaths,
  columns: readonly ScanColumn[],
  writing: Writing,
  signal: AbortSignal,
  events: WritingEvents = {},
): Promise<Omit<ExportReport, 'pseudonymised'>> {
  checkFileName(writing.out, writing.format);
  const target = await exportTarget(writing.out, paths);
  if (writing.format === 'parquet') await keepLongIntegers(database, columns);
  return writeExported(database, columns, writing, target, signal, events);
}

/**
 * Writes all rows of another file, as exportFile does.
 * @param hasLoaded rejects where what was loaded must not be written
 */
export async function exportScan(
  database: Database,
  paths: DataPaths,
  { from, columns }: Pick<Scan, 'from' | 'columns'>,
  options: Writing & { shown?: ShownOf | null },
  signal: AbortSignal,
  hasLoaded: () => Promise<void>,
  report: (progress: ExportProgress) => void = () => {},
): Promise<ExportReport> {
  checkFileName(options.out, options.format);
  const target = await exportTarget(options.out, paths);
  const shown = options.shown ?? null;
  const name = shown === null ? 'exported' : 'scanned';
  await database.run(`CREATE OR REPLACE TEMP TABLE ${name} AS SELECT * FROM ${from}`);
  await hasLoaded();
  const chosen = shown === null ? columns : await selectShown(database, columns, shown);
  if (options.format === 'parquet') await keepLongIntegers(database, chosen);
  const written = await writeExported(database, chosen, options, target, signal, { report });
  return { ...written, pseudonymised: false };
}

/** What a view shows of an opened table. */
export interface ShownOf {
  view: NewView;
  dataset: DatasetDescriptor;
}

/** Makes `exported` of `scanned`; of rows that sort alike the first in the file comes first. */
async function selectShown(
  database: Database,
  columns: readonly ScanColumn[],
  { view, dataset }: ShownOf,
): Promise<readonly ScanColumn[]> {
  const position = positionName(columns);
  await database.run(
    `CREATE OR REPLACE TEMP VIEW placed AS
     SELECT *, (row_number() OVER ()) - 1 AS ${quotedName(position)} FROM scanned`,
  );
  const wanted = view.columns ?? columns.map(({ name }) => name);
  const where = whereSql(
    view.selections.map(({ filter }) => filter),
    dataset,
    'placed',
  );
  await database.run(
    `CREATE OR REPLACE TEMP TABLE exported AS SELECT ${wanted.map(quotedName).join(', ')}
     FROM placed WHERE ${where.sql} ORDER BY ${orderSql(view.sort, dataset, position)}`,
    where.values,
  );
  return wanted.flatMap((name) => columns.filter((column) => column.name === name));
}

/** Parquet has no integers of 128 bits; DuckDB would write them as DOUBLE. */
async function keepLongIntegers(database: Database, columns: readonly ScanColumn[]): Promise<void> {
  for (const { name, sqlType } of columns) {
    if (!/^U?HUGEINT$/.test(sqlType)) continue;
    const column = quotedName(name);
    const { fits } = await database.row<{ fits: boolean }>(
      `SELECT count(*) = 0 AS fits FROM exported
       WHERE ${column} IS NOT NULL AND TRY_CAST(${column} AS DECIMAL(38,0)) IS NULL`,
    );
    const type = fits ? 'DECIMAL(38,0)' : 'VARCHAR';
    await database.run(`ALTER TABLE exported ALTER COLUMN ${column} SET DATA TYPE ${type}`);
  }
}

/** Writes the table `exported` to its file. */
async function writeExported(
  database: Database,
  columns: readonly ScanColumn[],
  { out, format, spreadsheet = null }: Writing,
  target: Target,
  signal: AbortSignal,
  { report = () => {}, check, mode }: WritingEvents,
): Promise<Omit<ExportReport, 'pseudonymised'>> {
  const { rows } = await database.row<{ rows: number }>(
    'SELECT count(*)::INTEGER AS rows FROM exported',
  );
  let written = 0;
  const tell = (now: number) => {
    written = Math.max(written, Math.min(now, rows));
    report({ rows: written, total: rows });
  };
  tell(0);
  const values = columns.map((column, index) =>
    exportedColumn(column, format, { spreadsheet, isFirst: index === 0 }),
  );
  // A folder that cannot be listed may still be written to.
  await removeAbandonedTemporaries(dirname(target.path)).catch(() => {});
  try {
    await replaceFile(target.path, async (temporary) => {
      await database.runTelling(
        `COPY (SELECT ${values.join(', ')} FROM exported)
         TO ${quotedText(temporary)} (${copyOptions(format, compressionOf(out), spreadsheet)})`,
        tell,
      );
      await check?.(temporary);
      const kept = mode ?? target.mode;
      if (kept !== null) await chmod(temporary, kept);
      if (signal.aborted) throw cancelled();
    });
  } catch (error) {
    throw exportError(error, out);
  }
  tell(rows);
  return {
    out,
    format,
    rows,
    columns: columns.map(({ name }) => name),
    bytes: (await stat(target.path)).size,
  };
}

/** What to select from; null where a version without rows has no files. */
async function rowsOf(
  { table = null, pseudonymisedFiles }: ExportOptions,
  paths: DataPaths,
): Promise<string | null> {
  if (table !== null) return quotedName(table);
  const files = pseudonymisedFiles ?? [await publishedFile(paths)];
  return files.length === 0 ? null : scanParquet(files);
}

async function loadSelected(
  database: Database,
  from: string | null,
  { columns, condition, values, order }: Selection,
  dataset: DatasetDescriptor,
): Promise<void> {
  if (from === null) {
    const typed = columns.map((name) => `${quotedName(name)} ${typeIn(dataset, name)}`);
    await database.run(`CREATE OR REPLACE TEMP TABLE exported (${typed.join(', ')})`);
    return;
  }
  try {
    await database.run(
      `CREATE OR REPLACE TEMP TABLE exported AS
       SELECT ${columns.map(quotedName).join(', ')} FROM ${from}
       WHERE ${condition} ORDER BY ${order}`,
      values,
    );
  } catch (error) {
    const damaged =
      error instanceof Error && /^(IO|Invalid|Invalid Input) Error/.test(error.message);
    throw damaged ? unreadableDataset(error) : error;
  }
}

/** Words for a place that takes no file; hostError's own hint speaks of the data folder. */
function exportError(error: unknown, out: string): unknown {
  const known = hostError(error, `The file ${out}`);
  if (known !== null && known.code !== 'not-writable') return known;
  const reason = writeProblem(error);
  if (known === null && reason === undefined) return error;
  return new AppError('not-writable', `The file ${out} cannot be written${reason ?? ''}.`, {
    hint: 'Check the permissions there, or choose another place.',
    cause: error,
  });
}

function writeProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && error.code === 'ENAMETOOLONG') return ': its name is too long';
  // IO Error: Cannot open file "…": No such file or directory
  return /^IO Error: .*(: [^:"]+)$/m.exec(error.message)?.[1];
}

interface Selection {
  columns: string[];
  condition: string;
  values: ReturnType<typeof whereSql>['values'];
  order: string;
}

function select(
  { dataset, view, pseudonymisedFiles }: ExportOptions,
  from: string | null,
): Selection {
  const filters = view?.selections.map(({ filter }) => filter) ?? [];
  const sort = view?.sort ?? [];
  let columns: string[] = view?.columns ?? dataset.columns.map(({ name }) => name);
  let tiebreak = 'id';
  if (pseudonymisedFiles !== null) {
    const used = [...filters.flatMap(filterColumns), ...sort.map(({ column }) => column)];
    const naming = used.find((name) => isIdentity(name, dataset));
    if (naming !== undefined) {
      throw new AppError(
        'bad-view',
        `The view filters or sorts by ${naming}, which is an identity column.`,
        {
          hint: 'Leave it out of the view, or export without --pseudonymised.',
        },
      );
    }
    columns = ['pokemon_key', ...columns.filter((name) => !isIdentity(name, dataset))];
    tiebreak = 'pokemon_key';
  }
  const condition = whereSql(filters, dataset, from ?? 'pokemon');
  return {
    columns,
    condition: condition.sql,
    values: condition.values,
    order: orderSql(sort, dataset, tiebreak),
  };
}

/** `pokemon_key` is not a column of the dataset. */
function typeIn(dataset: DatasetDescriptor, name: string): string {
  return columnOf(dataset, name)?.sqlType ?? 'VARCHAR';
}

function isIdentity(name: string, dataset: DatasetDescriptor): boolean {
  return columnOf(dataset, name)?.privacy === 'identifies';
}

interface Target {
  /** The file itself where `out` is a link to it, so that the link stays one. */
  path: string;
  /** The permissions of the file that is replaced; null where there is none. */
  mode: number | null;
}

async function exportTarget(out: string, paths: DataPaths): Promise<Target> {
  const existing = await statOrNull(out);
  if (existing?.isDirectory()) {
    throw new AppError('not-writable', `${out} is a folder.`, { hint: 'Give a file name in it.' });
  }
  if (existing !== null && !existing.isFile()) {
    throw new AppError('not-writable', `${out} is not an ordinary file.`, {
      hint: 'Choose another name: a device or pipe cannot be replaced.',
    });
  }
  const path = existing === null ? join(await folderOf(out), basename(out)) : await realpath(out);
  await refuseOwnFile(out, paths);
  return { path, mode: existing === null ? null : existing.mode & 0o777 };
}

async function statOrNull(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw exportError(error, path);
  }
}

async function folderOf(out: string): Promise<string> {
  try {
    return await realpath(dirname(out));
  } catch (error) {
    if (!isMissing(error)) throw exportError(error, out);
    throw new AppError('not-writable', `The folder ${dirname(out)} does not exist.`, {
      hint: 'Make it first, or choose another place.',
      cause: error,
    });
  }
}
