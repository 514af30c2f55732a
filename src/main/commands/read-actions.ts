import { resolve } from 'node:path';
import { counted, humanCount } from '../../preload/contract/counts';
import { columnShape } from '../../preload/contract/dataset';
import { AppError, cancelled } from '../../preload/contract/errors';
import type { ExportFormat } from '../../preload/contract/export-formats';
import type { ChangeEntry, VersionEntry } from '../../preload/contract/reports';
import { inertJson, printable, shortened } from '../../preload/contract/printable';
import type { DecimalMark } from '../../preload/contract/spreadsheet-text';
import { csvText, jsonText, spreadsheetCsv } from '../../preload/contract/table-text';
import { type Cell, type Shape, valueText } from '../../preload/contract/value-text';
import { type DataPaths, dataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { publishedFile, publishedScan } from '../base/published-file';
import { refuseChanged } from '../datasets/refuse-changed';
import { describeOpened } from '../datasets/describe';
import { folderFiles } from '../folder/folder-files';
import { openDataset } from '../datasets/open';
import { ScratchFolder } from '../datasets/scratch-folder';
import { openingProblem } from '../datasets/open-problems';
import type { OpenedScan } from '../datasets/opened-scan';
import type { NamedScan, QueryResult } from '../engine/engine-messages';
import { exportFile, type ExportReport, exportScan, type ShownOf } from '../engine/export-file';
import { formatOf } from '../engine/export-options';
import { startEngine } from '../engine/start-engine';
import { pokemonDataset } from '../shaping/pokemon-dataset';
import { readOpenedView, readPokemonView } from '../shaping/read-view';
import { loadDatasetAt } from '../warehouse/load-dataset-at';
import { tellChanges, writeChanges } from '../warehouse/read-changes';
import { readHistory } from '../warehouse/read-history';
import { workingFiles } from '../warehouse/working-files';
import { whileMarked } from '../warehouse/reading-mark';
import { writeDatasetAt } from '../warehouse/write-versions';
import { identityColumns } from '../privacy/identity-columns';
import { noteIdentity } from './note-identity';
import type { CommonOptions } from './options';
import { printJson, printLine, printNote } from './output';
import { noteOutcome } from './output-failure';
import { LONGEST_CELL, printTable } from './print-table';
import { profileOf } from './profile-action';
import { isProtected, runProtectedExport } from './protected-export';
import {
  type ChangesFlags,
  type ExportFlags,
  type HistoryFlags,
  MAX_ROWS,
  type NamedPath,
  type QueryFlags,
  type QueryFormat,
  TIME_LIMIT_MS,
} from './read-flags';
import { printScanNotes } from './scan-notes';
import { spreadsheetOf } from './spreadsheet-option';
import { humanBytes } from './terminal';
import { readViewFile, versionOf } from './view-file';

/** What the reading commands do. Loaded when one runs: DuckDB and the engine take long to load. */

export async function runExport(flags: ExportFlags, signal: AbortSignal): Promise<void> {
  // These rows are read from the tables' own files, which a writer may be about to drop.
  const isOfTables = flags.pseudonymised === true && flags.from === undefined;
  if (!isOfTables) return exportRows(flags, signal);
  return whileMarked(dataPaths(flags.data), () => exportRows(flags, signal));
}

async function exportRows(flags: ExportFlags, signal: AbortSignal): Promise<void> {
  const paths = dataPaths(flags.data);
  const out = resolve(flags.out);
  const format = flags.format ?? formatOf(out);
  const spreadsheet = spreadsheetOf(flags, format);
  if (isProtected(flags)) return runProtectedExport(flags, { out, format, spreadsheet }, signal);
  if (flags.from !== undefined) {
    const writing = { out, format, spreadsheet };
    const viewText = flags.view === undefined ? null : await readViewFile(flags.view);
    return tellExport(await exportOpened(flags.from, paths, viewText, writing, signal), flags);
  }
  const view = flags.view === undefined ? null : readPokemonView(await readViewFile(flags.view));
  const dataset = pokemonDataset({ version: 0, rows: 0 });
  const pseudonymisedFiles = flags.pseudonymised ? await workingFiles(paths) : null;
  const version = flags.version ?? versionOf(view);
  const hasLoaded = async (written: readonly string[]) => {
    const columns = identityColumns(dataset, { columns: written });
    if (columns.length === 0) return;
    await noteIdentity(flags.data, { what: 'export', how: `pokedex export, ${format}`, columns });
  };
  const report = await withDatabase(signal, async (database) => {
    const table = version === undefined ? null : await loadDatasetAt(database, paths, version);
    const options = {
      out,
      format,
      dataset,
      view,
      pseudonymisedFiles,
      table,
      spreadsheet,
      hasLoaded,
    };
    return exportFile(database, paths, options, signal);
  });
  tellExport(report, flags);
}

function tellExport(report: ExportReport, flags: CommonOptions): void {
  noteOutcome(`The export was written all the same: ${report.out}`);
  if (flags.json) printJson(report);
  else {
    printLine(
      `${counted(report.rows, 'row')} written to ${report.out} (${humanBytes(report.bytes)}).`,
    );
  }
}

/** The rows of another file, or what a view shows of them; what a person has to know about them goes to standard error. */
async function exportOpened(
  path: string,
  paths: DataPaths,
  viewText: string | null,
  writing: { out: string; format: ExportFormat; spreadsheet: DecimalMark | null },
  signal: AbortSignal,
): Promise<ExportReport> {
  const opened = await openDataset(path, { signal });
  try {
    const shown = viewText === null ? null : await shownOf(opened, viewText, signal);
    return await withDatabase(
      signal,
      async (database) => {
        const report = await exportScan(
          database,
          paths,
          opened,
          { ...writing, shown },
          signal,
          () => refuseChanged(opened.files),
        );
        printScanNotes(opened);
        return report;
      },
      `${MEMORY_WITH_MB}MB`,
    );
  } catch (error) {
    throw openingProblem(error, opened.name);
  } finally {
    await opened.close();
  }
}

async function shownOf(
  opened: OpenedScan,
  viewText: string,
  signal: AbortSignal,
): Promise<ShownOf> {
  const dataset = describeOpened(opened, await profileOf(opened, signal));
  return { dataset, view: readOpenedView(viewText, dataset) };
}

export async function runQuery(sql: string, flags: QueryFlags, signal: AbortSignal): Promise<void> {
  const format = flags.json ? 'json' : flags.format;
  const spreadsheet = spreadsheetOf(flags, format);
  const others = flags.with ?? [];
  const scratch = new ScratchFolder();
  const own = await ownTables(sql, flags, others, scratch, signal);
  const opened = await openAllOf(others, signal);
  const engine = startEngine(others.length === 0 ? {} : { memoryMb: MEMORY_WITH_MB });
  // Its process is this one query's: ending it needs no answer, also while it is still loading.
  const end = () => engine.close();
  signal.addEventListener('abort', end);
  try {
    signal.throwIfAborted();
    const tables = opened.map(({ name, scan: { from } }) => ({ name, from, files: [] }));
    await engine.open({ for: 'sql', tables: [...own, ...tables] });
    for (const { scan } of opened) await refuseChanged(scan.files);
    const result = await engine.query(sql, {
      maxRows: MAX_ROWS[format],
      timeLimitMs: TIME_LIMIT_MS,
    });
    for (const { scan } of opened) printScanNotes(scan);
    // What a query makes of identity cannot be told from its columns; a table is looked at like a screen.
    if (own.length > 0 && format !== 'table') {
      const rows = result.rows.length;
      await noteIdentity(flags.data, { what: 'export', how: `pokedex query, ${format}`, rows });
    }
    printResult(result, format, spreadsheet);
  } catch (error) {
    // Ctrl-C reaches the engine too and may end it before it can answer.
    throw signal.aborted ? cancelled() : error;
  } finally {
    signal.removeEventListener('abort', end);
    engine.close();
    await closeAll(opened);
    await scratch.remove();
  }
}

/** The views that are the dataset's: `pokemon`, and `changes` where the query may speak of it. */
async function ownTables(
  sql: string,
  flags: QueryFlags,
  others: readonly NamedPath[],
  scratch: ScratchFolder,
  signal: AbortSignal,
): Promise<NamedScan[]> {
  const paths = dataPaths(flags.data);
  const { version } = flags;
  const written = (name: string, write: (database: Database, to: string) => Promise<void>) =>
    withDatabase(signal, async (database) => {
      const parquet = await scratch.newPath('.parquet');
      await write(database, parquet);
      return { name, from: { parquet }, files: [] };
    });
  try {
    const parquet = version === undefined ? await datasetBeside(others, flags) : null;
    if (version === undefined && parquet === null) return [];
    const pokemon =
      version === undefined
        ? await publishedScan(parquet ?? '')
        : await written('pokemon', (database, to) => writeDatasetAt(database, paths, version, to));
    // Telling them takes a while, so only where they are named.
    if (!/changes/i.test(sql)) return [pokemon];
    return [
      pokemon,
      await written('changes', (database, to) => writeChanges(database, paths, upTo(version), to)),
    ];
  } catch (error) {
    await scratch.remove();
    throw error;
  }
}

/** Which versions' changes there are as of one; all of them where none is asked for. */
function upTo(version: number | undefined): { to?: number } {
  return version === undefined ? {} : { to: version };
}

/** Other tables are held in memory beside the dataset. */
const MEMORY_WITH_MB = 2_000;

/** The dataset; null where nothing is published and there are other tables to query. */
async function datasetBeside(
  others: readonly NamedPath[],
  { data }: CommonOptions,
): Promise<string | null> {
  try {
    return await publishedFile(dataPaths(data));
  } catch (error) {
    if (others.length > 0 && error instanceof AppError && error.code === 'no-data') return null;
    throw error;
  }
}

interface OpenedTable {
  name: string;
  scan: OpenedScan;
}

async function openAllOf(
  others: readonly NamedPath[],
  signal: AbortSignal,
): Promise<OpenedTable[]> {
  const opened: OpenedTable[] = [];
  try {
    for (const { name, path } of others) {
      opened.push({ name, scan: await openDataset(path, { signal }) });
    }
    return opened;
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

async function closeAll(opened: readonly OpenedTable[]): Promise<void> {
  for (const { scan } of opened) await scan.close();
}

function printResult(
  result: QueryResult,
  format: QueryFormat,
  spreadsheet: DecimalMark | null,
): void {
  switch (format) {
    case 'json':
      process.stdout.write(inertJson(jsonText(result)));
      break;
    case 'csv': {
      const text = spreadsheet === null ? csvText(result) : spreadsheetCsv(result, spreadsheet);
      // A file or a program gets the data unchanged.
      if (process.stdout.isTTY) printLine(text.trimEnd());
      else process.stdout.write(text);
      break;
    }
    case 'table': {
      const { columns, rows, time_zone: zone } = result;
      printTable(
        columns.map(({ name }) => name),
        rows.map((row) => columns.map(({ shape }, index) => shownText(row[index] ?? null, shape))),
      );
      printLine(`${counted(rows.length, 'row')}${zone === null ? '' : `, times in ${zone}`}`);
      break;
    }
    default: {
      const never: never = format;
      throw new Error(`unknown format ${String(never)}`);
    }
  }
  if (result.truncated) {
    const more = format === 'table' ? ` --format csv shows up to ${humanCount(MAX_ROWS.csv)}.` : '';
    printNote(`Only the first ${humanCount(MAX_ROWS[format])} rows are shown.${more}`);
  }
}

/** A value in a terminal; a dash stands for null. */
function shownText(cell: Cell, shape: Shape): string {
  const text = valueText(cell, shape);
  return text === null ? '–' : printable(text);
}

export async function showHistory(flags: HistoryFlags): Promise<void> {
  if (flags.files) return showFiles(flags);
  const versions = await readHistory(dataPaths(flags.data));
  if (flags.json) return printJson(versions);
  // Few versions lack a document: the column comes with the first of them.
  const lacking = versions.some(({ missing }) => missing.length > 0);
  const fromFolder = versions.some(({ files }) => files > 0);
  printTable(
    [
      ...['version', 'published', 'source', 'rows', 'inserted', 'updated', 'deleted', 'kept'],
      ...(lacking ? ['missing'] : []),
      ...(fromFolder ? ['files'] : []),
    ],
    versions.map((entry) => [
      ...historyRow(entry),
      ...(lacking ? [humanCount(entry.missing.length)] : []),
      ...(fromFolder ? [humanCount(entry.files)] : []),
    ]),
  );
  const oldest = versions.at(-1)?.version ?? 1;
  if (oldest > 1) printNote(`Versions before ${oldest} are no longer listed.`);
}

/** What became of the files of folders that were the source. */
async function showFiles(flags: HistoryFlags): Promise<void> {
  const files = await folderFiles(dataPaths(flags.data));
  if (flags.json) return printJson(files);
  printTable(
    ['file', 'outcome', 'version', 'documents', 'when', 'why'],
    files.map((file) => [
      printable(shortened(file.path, LONGEST_CELL)),
      file.outcome,
      file.version === null ? '–' : String(file.version),
      file.documents === null ? '–' : humanCount(file.documents),
      file.at.replace('T', ' ').slice(0, 19),
      printable(shortened(file.reason ?? '', LONGEST_CELL)),
    ]),
  );
  printLine(counted(files.length, 'file'));
}

function historyRow(entry: VersionEntry): string[] {
  return [
    String(entry.version),
    entry.timestamp?.replace('T', ' ').slice(0, 19) ?? '–',
    entry.source ?? entry.program ?? '–',
    ...[entry.rows, entry.inserted, entry.updated, entry.deleted].map((count) =>
      count === null ? '–' : humanCount(count),
    ),
    entry.kept ? 'yes' : 'no',
  ];
}

export async function showChanges(flags: ChangesFlags, signal: AbortSignal): Promise<void> {
  if (flags.from !== undefined && flags.to !== undefined && flags.from > flags.to) {
    throw new AppError('usage', `--from ${flags.from} is after --to ${flags.to}.`, {
      hint: 'Swap them.',
    });
  }
  const { entries, untold, refused } = await withDatabase(signal, (database) =>
    tellChanges(database, dataPaths(flags.data), { from: flags.from, to: flags.to }),
  );
  if (untold.length > 0) printNote(untoldSentence(untold));
  for (const { version, reason } of refused) {
    printNote(`The changes of version ${version} cannot be told. ${reason}`);
  }
  if (flags.json) {
    const how = 'pokedex changes, json';
    await noteIdentity(flags.data, { what: 'export', how, rows: entries.length });
    return printJson(entries);
  }
  for (const entry of entries) printLine(changeLine(entry));
  printLine(counted(entries.length, 'change'));
}

function untoldSentence(versions: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const version of versions) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === version - 1) run[1] = version;
    else runs.push([version, version]);
  }
  const told = runs.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  const word = versions.length === 1 ? 'version' : 'versions';
  return `The changes of ${word} ${told.join(', ')} can no longer be told: what they were told from is not kept.`;
}

function changeLine(entry: ChangeEntry): string {
  const cell = (text: string) => shortened(printable(text), LONGEST_CELL);
  const subject = `v${entry.version} ${entry.change} #${entry.id} ${cell(entry.name)}`;
  if (entry.change !== 'update') return subject;
  const shown = (value: unknown) => cell(shownText(value as Cell, columnShape(entry.column ?? '')));
  return `${subject} ${entry.column}: ${shown(entry.before)} → ${shown(entry.after)}`;
}

async function withDatabase<T>(
  signal: AbortSignal,
  work: (database: Database) => Promise<T>,
  memoryLimit = '512MB',
): Promise<T> {
  const database = await Database.open({ signal, memoryLimit });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}
