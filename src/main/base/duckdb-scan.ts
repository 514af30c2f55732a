import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { quotedName, quotedText } from './duckdb';
import { isMissing } from './durable-file';

/**
 * The one place that writes DuckDB's readers into SQL. Left alone they take a path for a pattern
 * and a folder named `key=value` for a column of that name (Hive partitions), which replaces the
 * file's own. A path names a file and nothing else.
 */

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

/** What a Parquet file says of itself: columns `key` and `value`, both BLOB. */
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
 * A path as the pattern that matches it alone. DuckDB takes a path as it stands where it sees no
 * pattern in it; in a pattern a backslash parts folders, on every system, and nothing escapes it.
 */
function literalPath(path: string): string {
  if (!isPattern(path)) return path;
  const bracketed = (text: string) => text.replace(/[*?[]/g, '[$&]');
  if (process.platform === 'win32' || !path.includes('\\')) return bracketed(path);
  return join(plainFolder(dirname(path)) ?? dirname(path), bracketed(basename(path)));
}

/** Whether DuckDB would take it for one. Source: FileSystem::HasGlob in DuckDB's file_system.cpp. */
function isPattern(path: string): boolean {
  return /[*?[]/.test(path.replace(/\\[^]/g, ''));
}

interface OpenFolder {
  handle: number;
  /** Which folder it is, whatever is at its path later. */
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
