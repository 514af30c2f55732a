import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { counted } from '../../preload/contract/counts';
import { AppError } from '../../preload/contract/errors';
import type { CsvChoices } from '../../preload/contract/opened';
import { Database } from '../base/duckdb';
import { globFiles } from '../base/duckdb-scan';
import { stampsOf } from '../base/file-stamps';
import { isMissing } from '../base/durable-file';
import type { ScanNote } from '../base/scan';
import { deltaScan } from '../delta/scan-table';
import { dataFolderOf, markReading } from '../warehouse/reading-mark';
import { Listing, reachOf } from './listing';
import { dataFilesBelow, partitionsOf } from './list-files';
import { openArrow } from './open-arrow';
import { openCsv } from './open-csv';
import { openJson } from './open-json';
import { openParquet } from './open-parquet';
import { cannotOpen, encrypted, openingProblem } from './open-problems';
import type { DatasetFormat, OpenedScan, Reading } from './opened-scan';
import { nameOf, type Place, placeOf } from './place';
import { refuseChanged } from './refuse-changed';
import { ScratchFolder } from './scratch-folder';
import { type Kind, sniff } from './sniff';
import { type TextFile, utf8File } from './text-file';
import { unpack } from './unpack';

export interface OpenOptions {
  /** What a person has corrected of a CSV. */
  csv?: CsvChoices;
  /** Of a Delta table; the newest where it is not said. */
  version?: number;
  signal?: AbortSignal;
  /** DuckDB's ceiling while it looks the file over. */
  memoryLimit?: string;
}

/**
 * Opens a file, a folder or a typed glob (`sales/*.csv`; a path that exists is never a glob) as rows.
 * What is text is read whole, so that no value is bent in silence: see `notes`.
 * Throws `not-readable` with one sentence and the next step.
 */
export async function openDataset(
  reference: string,
  options: OpenOptions = {},
): Promise<OpenedScan> {
  const scratch = new ScratchFolder();
  const database = await Database.open({
    memoryLimit: options.memoryLimit ?? '1GB',
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  try {
    return await opened(database, reference, scratch, options);
  } catch (error) {
    await scratch.remove();
    throw openingProblem(error, nameOf(reference));
  } finally {
    database.close();
  }
}

async function opened(
  database: Database,
  reference: string,
  scratch: ScratchFolder,
  options: OpenOptions,
): Promise<OpenedScan> {
  const found = await findFiles(reference);
  const { name, root } = found;
  if (found.kind === 'delta') return openDelta(database, name, root ?? reference, options);
  const { files, format, leftOut } = await alike(found.files, name, scratch);
  const stamps = await stampsOf(files.map(({ path }) => path));
  const sources = await Promise.all(
    files.map(async (file) => ({
      ...file,
      path:
        file.packed === null
          ? await scratch.plainPath(file.path)
          : await unpack(file.path, file.packed, name, scratch, options.signal),
    })),
  );
  const reading = await read(database, sources, format, {
    name,
    root,
    scratch,
    options,
    original: files.map(({ path }) => path),
  });
  await refuseChanged(stamps);
  return {
    ...reading,
    name,
    format,
    files: stamps,
    listing: found.listing,
    notes: [...leftOut, ...reading.notes],
    close: () => scratch.remove(),
  };
}

async function openDelta(
  database: Database,
  name: string,
  table: string,
  { version }: OpenOptions,
): Promise<OpenedScan> {
  // A writer of the app's own tables leaves their files alone for as long as they are open here.
  const own = await dataFolderOf(table);
  const close = own === null ? async () => {} : await markReading(own);
  try {
    const scan = await deltaScan(table, version);
    const { rows } = await database.row<{ rows: number }>(
      `SELECT count(*)::DOUBLE AS rows FROM ${scan.from}`,
    );
    return { ...scan, name, format: 'delta', rows, listing: null, csv: null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Found {
  kind: 'files' | 'delta';
  name: string;
  /** The folder that was opened; null for a file or a glob. */
  root: string | null;
  files: string[];
  /** Null where no file can come to it. */
  listing: Listing | null;
}

async function findFiles(reference: string): Promise<Found> {
  const place = await placeOrGlob(reference);
  if (place === null) {
    const { top, levels } = reachOf(resolve(reference));
    const { files, listing } = await Listing.of(top, levels, () => filesOfPattern(reference));
    if (files.length === 0) {
      throw cannotOpen(
        nameOf(reference),
        'no file fits this pattern',
        'Check the pattern, or name one file.',
      );
    }
    const table = await tableOfAll(files, nameOf(reference));
    if (table !== null) return tableFound(table);
    return { kind: 'files', name: nameOf(reference), root: null, files, listing };
  }
  const table = await deltaTableOf(place);
  if (table !== null) return tableFound(table);
  if (place.kind === 'file') {
    return { kind: 'files', name: place.name, root: null, files: [place.path], listing: null };
  }
  const list = () => dataFilesBelow(place.path);
  const { files, listing } = await Listing.of(place.path, Infinity, list);
  if (files.length === 0) {
    throw cannotOpen(
      place.name,
      'the folder holds no data files',
      'Choose a folder with Parquet, CSV, JSON or Arrow files in it.',
    );
  }
  return { kind: 'files', name: place.name, root: place.path, files, listing };
}

function tableFound(table: string): Found {
  return { kind: 'delta', name: nameOf(table), root: table, files: [], listing: null };
}

/**
 * The Delta table that a pattern's files are of, as for one file of it; null where they are of none.
 * Throws where they are of several, or some are of none: see `tableBelow`.
 */
async function tableOfAll(files: readonly string[], name: string): Promise<string | null> {
  const folders = [...new Set(files.map((file) => dirname(resolve(file))))];
  const tables = new Set(await Promise.all(folders.map(tableAbove)));
  const [table = null] = tables;
  if (tables.size <= 1) return table;
  throw cannotOpen(
    name,
    'the pattern fits files of a Delta table and other files',
    'Open the folder of one table.',
  );
}

/** DuckDB's reading of the pattern; a database of its own, as it is asked for later too. */
async function filesOfPattern(pattern: string): Promise<string[]> {
  const database = await Database.open({ memoryLimit: '100MB' });
  try {
    const rows = await database.rows<{ file: string }>(`FROM ${globFiles(pattern)}`);
    return rows
      .map(({ file }) => file)
      .filter((file) => !/^[._]/.test(nameOf(file)))
      .sort();
  } finally {
    database.close();
  }
}

/** Null for what is not a path but a pattern. Throws `not-readable` for what is not there. */
export async function placeOrGlob(reference: string): Promise<Place | null> {
  try {
    return await placeOf(reference);
  } catch (error) {
    const missing = error instanceof AppError && isMissing(error.cause);
    if (missing && /[*?[]/.test(reference)) return null;
    throw error;
  }
}

const LOG = '_delta_log';
const HIGHEST = 40;

/** The Delta table that is meant: this folder, the only one below it, or the one that a file is of. */
async function deltaTableOf(place: Place): Promise<string | null> {
  if (place.kind === 'folder') {
    if (await isFolder(join(place.path, LOG))) return place.path;
    const inside = await tableBelow(place);
    if (inside !== null) return inside;
  }
  return tableAbove(dirname(place.path));
}

/** The Delta table that a folder is in or is. */
async function tableAbove(start: string): Promise<string | null> {
  let folder = start;
  for (let level = 0; level < HIGHEST; level += 1) {
    if (await isFolder(join(folder, LOG))) return folder;
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  return null;
}

/**
 * Null where there is none below. Throws where there are several, or files beside it: to read the
 * files of a Delta table without its log would bring back rows that were deleted.
 */
async function tableBelow({ path, name }: Place): Promise<string | null> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const tables = entries
    .filter((entry) => entry.name === LOG && entry.isDirectory())
    .map(({ parentPath }) => parentPath)
    .sort();
  const [table] = tables;
  if (table === undefined) return null;
  const files = await dataFilesBelow(path);
  if (tables.length === 1 && files.every((file) => file.startsWith(table + sep))) return table;
  const others = tables.length === 1 ? ' beside other files' : ' and others';
  throw cannotOpen(
    name,
    `the folder holds the Delta table “${nameOf(table)}”${others}`,
    'Open the folder of one table.',
  );
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Missing, or not ours to look at: no table of this person's.
    return false;
  }
}

interface SniffedFile {
  path: string;
  packed: 'gzip' | 'zstd' | null;
  kind: Kind;
}

type Readable = 'parquet' | 'csv' | 'json' | 'arrow';

/** Which formats a folder of several kinds of file is opened as, the likeliest first. */
const PREFERRED: readonly Readable[] = ['parquet', 'arrow', 'csv', 'json'];

/** The files of one format; those of another are told as left out. */
async function alike(
  paths: readonly string[],
  name: string,
  scratch: ScratchFolder,
): Promise<{ files: SniffedFile[]; format: DatasetFormat; leftOut: ScanNote[] }> {
  const sniffed: SniffedFile[] = [];
  for (const path of paths) sniffed.push({ path, ...(await sniff(path)) });
  const format = PREFERRED.find((known) => sniffed.some(({ kind }) => kind.is === known));
  if (format === undefined) {
    // A packing that is cut off gives nothing, as does an empty file that is packed.
    for (const { path, packed, kind } of sniffed) {
      if (packed !== null && kind.is === 'empty') await unpack(path, packed, name, scratch);
    }
    throw notATable(sniffed, name);
  }
  const files = sniffed.filter(({ kind }) => kind.is === format);
  const others = sniffed.length - files.length;
  const leftOut =
    others === 0
      ? []
      : [
          {
            count: others,
            what: `${counted(others, 'other file')} in it ${others === 1 ? 'is' : 'are'} empty or of another kind: left out.`,
          },
        ];
  return { files, format, leftOut };
}

function notATable(sniffed: readonly SniffedFile[], name: string): AppError {
  const kinds = sniffed.map(({ kind }) => kind);
  if (kinds.some(({ is }) => is === 'encrypted')) return encrypted(name);
  const other = kinds.find((kind) => kind.is === 'other');
  if (other?.is === 'other') return cannotOpen(name, other.what, other.hint);
  return cannotOpen(
    name,
    'it is empty',
    'Check that it was written whole, or choose another file.',
  );
}

interface Context {
  name: string;
  root: string | null;
  scratch: ScratchFolder;
  options: OpenOptions;
  /** The files as they were found: their folders may spell partitions. */
  original: readonly string[];
}

async function read(
  database: Database,
  files: readonly SniffedFile[],
  format: DatasetFormat,
  { name, root, scratch, options, original }: Context,
): Promise<Reading> {
  const paths = files.map(({ path }) => path);
  switch (format) {
    case 'parquet':
      return openParquet(
        database,
        paths,
        root === null ? null : partitionsOf(root, original),
        name,
      );
    case 'arrow':
      if (paths.length > 1) {
        throw cannotOpen(name, 'it holds several Arrow files', 'Open one of them.');
      }
      return openArrow(database, paths[0] ?? '', name, scratch);
    case 'csv':
    case 'json': {
      const texts: TextFile[] = [];
      for (const { path, kind } of files) {
        if (kind.is !== 'csv' && kind.is !== 'json') continue;
        texts.push(
          await utf8File(path, kind.encoding, options.csv?.encoding, scratch, options.signal),
        );
      }
      return format === 'csv'
        ? openCsv(database, texts, name, options.csv ?? {})
        : openJson(database, texts, name, scratch);
    }
    default:
      throw new Error(`no reader for ${format}`);
  }
}
