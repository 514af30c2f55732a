import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { quotedName, quotedText } from './duckdb';
import { isMissing } from './durable-file';

/**
 * The one place that writes DuckDB's readers into SQL. By default they treat a path as a pattern and
 * a folder named `key=value` as a column of that name (Hive partitions), which replaces the file's
 * own. Here a path names a file and nothing else.
 */

/** `auto` goes by the name of the file. */
type Compression = 'auto' | 'none' | 'gzip' | 'zstd';

/** How a CSV file is written. */
export interface CsvDialect {
  delimiter: string;
  quote: string;
  escape: string;
  /** Lines before the header, or before the first row where there is no header. */
  skip: number;
  header: boolean;
}

/** The dialect that DuckDB guesses from a beginning of the file: one row of its `sniff_csv`. */
export function guessCsvDialect(
  file: string,
  known: Partial<CsvDialect>,
  badLines: 'refuse' | 'skip',
): string {
  const given = [
    ...(known.delimiter === undefined ? [] : [`delim = ${quotedText(known.delimiter)}`]),
    ...(known.quote === undefined ? [] : [`quote = ${quotedText(known.quote)}`]),
    ...(known.escape === undefined ? [] : [`escape = ${quotedText(known.escape)}`]),
    ...(known.skip === undefined ? [] : [`skip = ${known.skip}`]),
    ...(known.header === undefined ? [] : [`header = ${known.header}`]),
  ];
  return `sniff_csv(${quotedText(literalPath(file))}, ${[`ignore_errors = ${badLines === 'skip'}`, "comment = ''", ...given].join(', ')})`;
}

/**
 * The fields of CSV files as text, no type guessed: an empty field is null, `""` an empty text.
 *
 * @param badLines what happens to lines that do not fit: `refuse` throws, `skip` leaves them out,
 *   `keep` leaves them out and puts them into the connection's table `reject_errors`
 */
export function scanCsvText(
  files: readonly string[],
  dialect: CsvDialect,
  columns: readonly string[],
  badLines: 'refuse' | 'skip' | 'keep',
  compression: Compression = 'auto',
): string {
  const { delimiter, quote, escape, skip, header } = dialect;
  const typed = columns.map((name) => `${quotedText(name)}: 'VARCHAR'`);
  const errors = { refuse: '', skip: ', ignore_errors = true', keep: ', store_rejects = true' };
  return `read_csv(${fileList(files)}, auto_detect = false, delim = ${quotedText(delimiter)},
    quote = ${quotedText(quote)}, escape = ${quotedText(escape)}, comment = '', skip = ${skip},
    header = ${header}, nullstr = '', allow_quoted_nulls = false, hive_partitioning = false,
    max_line_size = ${LONGEST_CSV_LINE}, columns = {${typed.join(', ')}},
    compression = '${compression}'${errors[badLines]})`;
}

const LONGEST_CSV_LINE = 16_000_000;

/**
 * The JSON values of files, each whole, in column `json`.
 *
 * @param badLines `skip` gives null for a line that is not JSON; only lines can be skipped
 */
export function scanJsonValues(
  files: readonly string[],
  format: 'array' | 'newline_delimited' | 'unstructured',
  mostBytes: number,
  badLines: 'refuse' | 'skip',
): string {
  const errors = badLines === 'skip' ? ', ignore_errors = true' : '';
  return `read_json_objects(${fileList(files)}, format = '${format}',
    maximum_object_size = ${mostBytes}, hive_partitioning = false${errors})`;
}

/**
 * The rows of Parquet files whose columns may differ: a column that a file lacks is null there, one
 * of two types has the wider.
 *
 * @param pathColumn also gives each row's file, under this name
 */
export function scanParquetByName(files: readonly string[], pathColumn: string | null): string {
  const path = pathColumn === null ? 'false' : quotedText(pathColumn);
  return `read_parquet(${fileList(files)}, hive_partitioning = false, union_by_name = true, filename = ${path})`;
}

/** The columns of Parquet files as they are stored: one row per column and file, nested ones too. */
export function scanParquetSchemas(files: readonly string[]): string {
  return `parquet_schema(${fileList(files)})`;
}

/** The rows of Parquet files that have the same columns. */
export function scanParquet(files: readonly string[]): string {
  return `read_parquet(${fileList(files)}, hive_partitioning = false, union_by_name = false, filename = false)`;
}

/**
 * The JSON values of files that have one per line, by their outermost members.
 *
 * @param columns type per member; others are left out
 * @param mostBytes of one value
 * @returns also column `filename`
 */
export function scanJsonLines(
  files: readonly string[],
  columns: Readonly<Record<string, string>>,
  mostBytes: number,
): string {
  const typed = Object.entries(columns).map(
    ([name, type]) => `${quotedName(name)}: ${quotedText(type)}`,
  );
  return `read_json(${fileList(files)}, format = 'newline_delimited', filename = true,
    maximum_object_size = ${mostBytes}, columns = {${typed.join(', ')}}, hive_partitioning = false)`;
}

/** The rows of a file that is one JSON array, by their outermost members as JSON. */
export function scanJsonArray(
  file: string,
  columns: readonly string[],
  mostBytes: number,
  compression: Compression,
): string {
  const typed = columns.map((name) => `${quotedName(name)}: 'JSON'`);
  return `read_json(${fileList([file])}, format = 'array', maximum_object_size = ${mostBytes},
    columns = {${typed.join(', ')}}, hive_partitioning = false,
    compression = '${compression === 'none' ? 'uncompressed' : compression}')`;
}

/** The files that a pattern typed by a person means: column `file`. */
export function globFiles(pattern: string): string {
  return `glob(${quotedText(pattern)})`;
}

/** What a Parquet file says about itself: columns `key` and `value`, both BLOB. */
export function scanParquetPairs(file: string): string {
  return `parquet_kv_metadata(${fileList([file])})`;
}

/** One row with `num_rows`, from the Parquet file's footer. */
export function scanParquetFooter(file: string): string {
  return `parquet_file_metadata(${fileList([file])})`;
}

/** The parts of the columns of Parquet files, depth first, file after file, each behind its root. */
export function scanParquetSchema(files: readonly string[]): string {
  return `parquet_schema(${fileList(files)})`;
}

function fileList(files: readonly string[]): string {
  return `[${files.map((file) => quotedText(literalPath(file))).join(', ')}]`;
}

/**
 * A path as a pattern that matches only that path. DuckDB uses a path as it is where it sees no
 * pattern in it; in a pattern a backslash separates folders on every system, and cannot be escaped.
 */
function literalPath(path: string): string {
  if (!isPattern(path)) return path;
  const bracketed = (text: string) => text.replace(/[*?[]/g, '[$&]');
  if (process.platform === 'win32' || !path.includes('\\')) return bracketed(path);
  return join(plainFolder(dirname(path)) ?? dirname(path), bracketed(basename(path)));
}

/** Whether DuckDB would see a pattern. Source: FileSystem::HasGlob in DuckDB's file_system.cpp. */
function isPattern(path: string): boolean {
  return /[*?[]/.test(path.replace(/\\[^]/g, ''));
}

interface OpenFolder {
  handle: number;
  /** The folder's identity, whatever is at its path later. */
  identity: string;
}

const openFolders = new Map<string, OpenFolder>();

/**
 * The same folder by a path without special characters: through a handle, which leaves nothing
 * behind. Null where there is no such folder, or the system has no such paths (all but Linux).
 */
function plainFolder(folder: string): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return `/proc/self/fd/${folderHandle(folder)}`;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Kept open for as long as the process runs: there are a handful of folders. */
function folderHandle(folder: string): number {
  const known = openFolders.get(folder);
  if (known !== undefined) {
    if (known.identity === identityOf(statSync(folder, { bigint: true }))) return known.handle;
    openFolders.delete(folder);
    closeSync(known.handle);
  }
  const handle = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  openFolders.set(folder, { handle, identity: identityOf(fstatSync(handle, { bigint: true })) });
  return handle;
}

function identityOf({ dev, ino }: { dev: bigint; ino: bigint }): string {
  return `${dev} ${ino}`;
}
