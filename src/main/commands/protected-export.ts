import { resolve } from 'node:path';
import { counted, humanCount } from '../../preload/contract/counts';
import { AppError } from '../../preload/contract/errors';
import type { ExportFormat } from '../../preload/contract/export-formats';
import { stepWords } from '../../preload/contract/risk-words';
import type { DecimalMark } from '../../preload/contract/spreadsheet-text';
import { type DataPaths, dataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { refuseProtected } from '../base/protected-folder';
import { openDataset } from '../datasets/open';
import { openingProblem } from '../datasets/open-problems';
import { refuseChanged } from '../datasets/refuse-changed';
import { checkFileName, formatOf } from '../engine/export-options';
import type { RiskSource } from '../engine/risk/risk-rows';
import { placeKeyed, placeOpened, placePublished } from '../privacy/placed-rows';
import { exportProtected, type ProtectedReport } from '../privacy/protected-export';
import { pokemonRowKey, type RowKey, tableRowKey } from '../privacy/row-keys';
import { readOpenedView, readPokemonView } from '../shaping/read-view';
import type { NewView } from '../../preload/contract/view-format';
import { checkColumns } from './column-list';
import { noteIdentity } from './note-identity';
import { printJson, printLine, printNote } from './output';
import { noteOutcome } from './output-failure';
import { printTable } from './print-table';
import type { ExportFlags } from './read-flags';
import { printScanNotes } from './scan-notes';
import { humanBytes } from './terminal';
import { readViewFile, versionOf } from './view-file';

interface Writing {
  out: string;
  format: ExportFormat;
  spreadsheet: DecimalMark | null;
}

const MEMORY = '2GB';

/** Whether an export is asked for that singles nobody out, beyond leaving names out of the newest data. */
export function isProtected(flags: ExportFlags): boolean {
  const { from, version, view, pseudonymised, rekey, mapping, k, quasi } = flags;
  const others = [rekey, mapping, k, quasi];
  if (others.some((flag) => flag !== undefined)) return true;
  return pseudonymised === true && [from, version, view].some((flag) => flag !== undefined);
}

export async function runProtectedExport(
  flags: ExportFlags,
  writing: Writing,
  signal: AbortSignal,
): Promise<void> {
  checkFlags(flags, writing);
  const paths = dataPaths(flags.data);
  const database = await Database.open({ signal, memoryLimit: MEMORY });
  try {
    const report = await (flags.from === undefined
      ? ofPublished(database, paths, flags, writing, signal)
      : ofOpened(database, paths, flags.from, { flags, writing }, signal));
    tell(report, flags);
  } finally {
    database.close();
  }
}

function checkFlags(flags: ExportFlags, { out }: Writing): void {
  const { pseudonymised, rekey, mapping, k, quasi } = flags;
  const needsKeys = rekey === true ? '--rekey' : mapping === undefined ? null : '--mapping';
  if (needsKeys !== null && pseudonymised !== true) {
    throw new AppError('usage', `${needsKeys} is of pseudonyms.`, { hint: 'Add --pseudonymised.' });
  }
  if (quasi !== undefined && k === undefined) {
    throw new AppError('usage', '--quasi says what k is counted by.', { hint: 'Add --k.' });
  }
  if (mapping === undefined) return;
  checkFileName(mapping, formatOf(mapping));
  if (resolve(mapping) === out) {
    throw new AppError('usage', 'The mapping cannot be the export itself.', {
      hint: 'Give it a file of its own, and keep the two apart.',
    });
  }
}

async function ofPublished(
  database: Database,
  paths: DataPaths,
  flags: ExportFlags,
  writing: Writing,
  signal: AbortSignal,
): Promise<ProtectedReport> {
  // A redacted copy names nobody: a mapping made of it would be worth nothing, and look like one.
  if (flags.mapping !== undefined) await refuseProtected(paths);
  const view = flags.view === undefined ? null : readPokemonView(await readViewFile(flags.view));
  const version = flags.version ?? versionOf(view);
  const source = flags.pseudonymised
    ? await placeKeyed(database, paths, version, needsIdentity(flags, view))
    : await placePublished(database, paths, version);
  const key = flags.pseudonymised ? pokemonRowKey(flags.rekey === true) : null;
  return write(database, paths, source, { flags, writing, view, key }, signal);
}

/** Only a mapping does; a view that asks for identity is refused with its column's name. */
function needsIdentity({ mapping }: ExportFlags, view: NewView | null): boolean {
  return (
    mapping !== undefined || (view !== null && (view.selections.length > 0 || view.sort.length > 0))
  );
}

async function ofOpened(
  database: Database,
  paths: DataPaths,
  path: string,
  { flags, writing }: { flags: ExportFlags; writing: Writing },
  signal: AbortSignal,
): Promise<ProtectedReport> {
  const viewText = flags.view === undefined ? null : await readViewFile(flags.view);
  const opened = await openDataset(path, { signal });
  try {
    const source = await placeOpened(database, opened, null);
    await refuseChanged(opened.files);
    const view = viewText === null ? null : readOpenedView(viewText, source.dataset);
    const key = flags.pseudonymised
      ? await tableRowKey(paths, source, opened.name, flags.rekey === true)
      : null;
    const report = await write(database, paths, source, { flags, writing, view, key }, signal);
    printScanNotes(opened);
    return report;
  } catch (error) {
    throw openingProblem(error, opened.name);
  } finally {
    await opened.close();
  }
}

function write(
  database: Database,
  paths: DataPaths,
  source: RiskSource,
  {
    flags,
    writing,
    view,
    key,
  }: { flags: ExportFlags; writing: Writing; view: NewView | null; key: RowKey | null },
  signal: AbortSignal,
): Promise<ProtectedReport> {
  checkColumns(flags.quasi ?? [], source.dataset.columns);
  const mapping = flags.mapping === undefined ? null : resolve(flags.mapping);
  return exportProtected(
    database,
    paths,
    source,
    {
      ...writing,
      view,
      key,
      rekeyed: flags.rekey === true,
      k: flags.k ?? null,
      quasi: flags.quasi ?? null,
      mapping,
    },
    signal,
    {
      // What a person's own file names is no identity of the data folder's.
      noteIdentity: async (columns) => {
        if (flags.from !== undefined) return;
        await noteIdentity(flags.data, { what: 'export', how: 'pokedex export, mapping', columns });
      },
    },
  );
}

function tell(report: ProtectedReport, flags: ExportFlags): void {
  noteOutcome(`The export was written all the same: ${report.out}`);
  if (flags.json) return printJson(report);
  const { rows, out, bytes, left_out, mapping, protection, pseudonymised, rekeyed } = report;
  printLine(`${counted(rows, 'row')} written to ${out} (${humanBytes(bytes)}).`);
  if (left_out.length > 0) printNote(`Left out, because they identify: ${left_out.join(', ')}.`);
  if (mapping !== null) {
    printNote(`Who is behind each key is in ${mapping}: keep it apart from the export.`);
  }
  if (protection === null) return;
  const { k, wanted, suppressed, columns, untreated } = protection;
  printLine(
    k === null
      ? 'There are no rows.'
      : `k = ${humanCount(k)}, counted in the file; ${humanCount(wanted)} was asked for.`,
  );
  if (suppressed > 0) {
    printLine(
      `${counted(suppressed, 'row')} still stood out and ${suppressed === 1 ? 'is' : 'are'} not in the file, which keeps nobody safe who knows that somebody is missing.`,
    );
  }
  printTable(
    ['column', 'how it is given', 'lost', 'treated with'],
    columns.map(({ column, step, loss, same_as }) => [
      column,
      stepWords(step),
      `${Math.round(loss * 100)} %`,
      same_as ?? '',
    ]),
  );
  const [first] = untreated;
  if (first !== undefined) {
    printNote(
      `Left as they are, and single out rows by themselves: ${untreated.map(({ column }) => column).join(', ')}.`,
    );
  }
  if (pseudonymised && !rekeyed) {
    printNote('The keys are those of other exports; --rekey makes new ones.');
  }
}
