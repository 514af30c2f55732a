import { counted, humanCount } from '../../preload/contract/counts';
import type { Scalar } from '../../preload/contract/descriptor';
import { shortened } from '../../preload/contract/printable';
import { dataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { publishedFile } from '../base/published-file';
import { changedFiles } from '../base/file-stamps';
import { openDataset } from '../datasets/open';
import { cannotOpen, openingProblem } from '../datasets/open-problems';
import type { OpenedScan } from '../datasets/opened-scan';
import { type Profile, profileRows } from '../datasets/profile';
import { noteIdentity } from './note-identity';
import type { CommonOptions } from './options';
import { printJson, printLine, printNote } from './output';
import { printTable } from './print-table';
import { printScanNotes } from './scan-notes';

const MEMORY = '2GB';

export async function runProfile(
  path: string | undefined,
  flags: CommonOptions,
  signal: AbortSignal,
): Promise<void> {
  const opened = await openDataset(path ?? (await publishedFile(dataPaths(flags.data))), {
    signal,
  });
  try {
    const profile = await profileOf(opened, signal);
    printScanNotes(opened);
    if (flags.json && path === undefined) {
      // With the most frequent values of each column.
      await noteIdentity(flags.data, { what: 'export', how: 'pokedex profile, json' });
    }
    if (flags.json) printJson(profile);
    else printProfile(profile);
  } finally {
    await opened.close();
  }
}

/** What its columns hold; rejects where its files change meanwhile. */
export async function profileOf(opened: OpenedScan, signal: AbortSignal): Promise<Profile> {
  const database = await Database.open({ memoryLimit: MEMORY, signal });
  try {
    // A file's own statistics may be wrong, as old Impala wrote them: only the values count.
    await database.run(`SET disabled_optimizers = 'statistics_propagation'`);
    const profile = await profileRows(database, await readOnce(database, opened), opened.columns);
    await refuseMixture(opened);
    return profile;
  } catch (error) {
    throw openingProblem(error, opened.name);
  } finally {
    database.close();
  }
}

/** Text would be parsed again for every column. */
async function readOnce(database: Database, { from, format }: OpenedScan): Promise<string> {
  if (format !== 'csv' && format !== 'json') return from;
  await database.run(`CREATE TEMP TABLE opened AS SELECT * FROM ${from}`);
  return 'opened';
}

/** Figures of two different contents would fit neither. */
async function refuseMixture({ files, name }: OpenedScan): Promise<void> {
  if ((await changedFiles(files)).length === 0) return;
  throw cannotOpen(
    name,
    'it changed while it was read',
    'Run it again once nothing writes to it any more.',
  );
}

const SHOWN_TOP = 3;
/** Characters of a value that are shown: a line of the table should fit a terminal. */
const LONGEST_SHOWN = 24;

function printProfile({ rows, columns }: Profile): void {
  printTable(
    ['column', 'type', 'nulls', 'distinct', 'min', 'median', 'max', 'most frequent'],
    columns.map(({ name, type, nulls, distinct, distinct_exact, min, median, max, top, nan }) => [
      name,
      type,
      nan === undefined ? humanCount(nulls) : `${humanCount(nulls)} (and ${humanCount(nan)} NaN)`,
      `${distinct_exact ? '' : '≈ '}${humanCount(distinct)}`,
      ...[min, median, max].map(shown),
      top
        .slice(0, SHOWN_TOP)
        .map(({ value, n }) => `${shown(value)} (${humanCount(n)})`)
        .join(', '),
    ]),
  );
  printLine(`${counted(rows, 'row')}, ${counted(columns.length, 'column')}`);
  const values = columns.flatMap(({ min, median, max, top }) => [
    ...[min, median, max],
    ...top.slice(0, SHOWN_TOP).map(({ value }) => value),
  ]);
  if (values.some((value) => String(value).length > LONGEST_SHOWN))
    printNote(`Values of more than ${LONGEST_SHOWN} characters are cut; --json shows them whole.`);
}

function shown(value: Scalar): string {
  return value === null ? '–' : shortened(String(value), LONGEST_SHOWN);
}
