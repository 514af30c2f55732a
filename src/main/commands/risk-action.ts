import { counted, humanCount } from '../../preload/contract/counts';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { shortened } from '../../preload/contract/printable';
import type { ExposedRow, RiskFigures } from '../../preload/contract/risk';
import { dataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { openDataset } from '../datasets/open';
import { openingProblem } from '../datasets/open-problems';
import { refuseChanged } from '../datasets/refuse-changed';
import { identifying } from '../engine/risk/propose-columns';
import type { RiskSource } from '../engine/risk/risk-rows';
import { RiskTable } from '../engine/risk/risk-table';
import { placeOpened, placePublished } from '../privacy/placed-rows';
import { readOpenedView, readPokemonView } from '../shaping/read-view';
import type { NewView } from '../../preload/contract/view-format';
import { checkColumns } from './column-list';
import { printJson, printLine, printNote } from './output';
import { printTable } from './print-table';
import type { RiskFlags } from './risk-command';
import { printScanNotes } from './scan-notes';
import { readViewFile, versionOf } from './view-file';

const MEMORY = '2GB';

export async function runRisk(flags: RiskFlags, signal: AbortSignal): Promise<void> {
  const database = await Database.open({ memoryLimit: MEMORY, signal });
  try {
    await (flags.from === undefined
      ? riskOfPublished(database, flags)
      : riskOfOpened(database, flags.from, flags, signal));
  } finally {
    database.close();
  }
}

async function riskOfPublished(database: Database, flags: RiskFlags): Promise<void> {
  const view = flags.view === undefined ? null : readPokemonView(await readViewFile(flags.view));
  const source = await placePublished(database, dataPaths(flags.data), versionOf(view));
  await tellRisk(source, view, flags);
}

async function riskOfOpened(
  database: Database,
  path: string,
  flags: RiskFlags,
  signal: AbortSignal,
): Promise<void> {
  const viewText = flags.view === undefined ? null : await readViewFile(flags.view);
  const opened = await openDataset(path, { signal });
  try {
    checkColumns(flags.columns ?? [], opened.columns);
    const only = viewText === null ? (flags.columns ?? null) : null;
    const source = await placeOpened(database, opened, only);
    await refuseChanged(opened.files);
    const view = viewText === null ? null : readOpenedView(viewText, source.dataset);
    await tellRisk(source, view, flags);
    printScanNotes(opened);
  } catch (error) {
    throw openingProblem(error, opened.name);
  } finally {
    await opened.close();
  }
}

async function tellRisk(
  source: RiskSource,
  view: NewView | null,
  { columns, json }: RiskFlags,
): Promise<void> {
  const { dataset } = source;
  checkColumns(columns ?? [], dataset.columns);
  const filters = view?.selections.map(({ filter }) => filter) ?? [];
  const table = new RiskTable(source);
  if (json) return printJson(await table.figures(columns ?? null, filters));
  noteIdentifying(dataset, columns);
  const { figures, proposed, exposed } = await table.risk(columns ?? null, filters);
  printFigures(figures, proposed);
  printExposed(exposed, figures);
}

function noteIdentifying(dataset: DatasetDescriptor, columns: readonly string[] | undefined): void {
  const names = identifying(dataset);
  if (columns === undefined) {
    if (names.length > 0) printNote(`Left out, because they identify: ${names.join(', ')}.`);
    return;
  }
  for (const name of columns) {
    if (names.includes(name)) printNote(`${name} identifies by itself.`);
  }
}

const SHOWN_SIZES = 10;
const SHOWN_SETS = 12;

function printFigures(figures: RiskFigures, proposed: boolean): void {
  const { rows, columns, k, classes, unique_rows, sizes, by_column } = figures;
  printLine(
    `${proposed ? 'Proposed columns' : 'Columns'}: ${columns.length === 0 ? 'none' : columns.join(', ')}`,
  );
  if (k === null) return printLine('There are no rows.');
  printLine(
    `k = ${humanCount(k)}: the smallest of ${counted(classes, 'class', 'classes')} of rows that are alike in them.`,
  );
  printLine(
    `${humanCount(unique_rows)} of ${counted(rows, 'row')} (${percent(unique_rows, rows)}) ${unique_rows === 1 ? 'is' : 'are'} singled out.`,
  );
  printTable(
    ['class size', 'classes'],
    sizes.slice(0, SHOWN_SIZES).map(({ size, classes: n }) => [humanCount(size), humanCount(n)]),
  );
  if (sizes.length > SHOWN_SIZES) printLine('Larger ones are left out here; --json has them.');
  printTable(
    ['columns', 'rows they single out', 'share'],
    by_column
      .slice(0, SHOWN_SETS)
      .map(({ columns: set, unique_rows: n }) => [
        set.join(' + '),
        humanCount(n),
        percent(n, rows),
      ]),
  );
}

/** A value here only reminds of who is meant; a list may be far wider than a terminal. */
const LONGEST_VALUE = 40;

function printExposed(exposed: readonly ExposedRow[], { columns }: RiskFigures): void {
  if (exposed.length === 0) return;
  printLine('Most exposed:');
  printTable(
    ['row', 'alike', 'enough to know', ...columns],
    exposed.map(({ title, size, enough, values }) => [
      title,
      humanCount(size),
      enough.join(' + '),
      ...values.map((value) => shortened(value ?? '–', LONGEST_VALUE)),
    ]),
  );
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`;
}
