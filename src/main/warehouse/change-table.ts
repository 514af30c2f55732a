import { columnShape, DATASET_COLUMNS, datasetColumn } from '../../preload/contract/dataset';
import { AppError } from '../../preload/contract/errors';
import type { ChangeEntry } from '../../preload/contract/reports';
import { type Cell, valueText } from '../../preload/contract/value-text';
import { type Database, quotedName, quotedText } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import type { ChangeFile } from './change-files';

/**
 * Changes as a table: values as text and, of numbers, by how much they changed. Null in `column`,
 * `before` and `after` for a Pokémon that came or went; null in `delta` where either value is no number.
 */
const COLUMNS = {
  version: 'INTEGER',
  timestamp: 'TIMESTAMP',
  change: 'VARCHAR',
  id: 'INTEGER',
  name: 'VARCHAR',
  column: 'VARCHAR',
  before: 'VARCHAR',
  after: 'VARCHAR',
  delta: 'DOUBLE',
} as const;

export const CHANGE_COLUMNS = Object.keys(COLUMNS);
const NAMES = CHANGE_COLUMNS.map(quotedName).join(', ');

/** The connection's table of changes. */
const TABLE = 'changes';

/** Rows are handed over this many at a time, as JSON. */
const AT_ONCE = 20_000;

export async function makeChangeTable(database: Database): Promise<void> {
  const typed = Object.entries(COLUMNS).map(([name, type]) => `${quotedName(name)} ${type}`);
  await database.run(`CREATE OR REPLACE TEMP TABLE ${TABLE} (${typed.join(', ')})`);
}

export async function addChanges(
  database: Database,
  entries: readonly ChangeEntry[],
): Promise<void> {
  const members = Object.entries(COLUMNS).map(
    ([name, type]) => `"${name}": "${type === 'TIMESTAMP' ? 'VARCHAR' : type}"`,
  );
  const values = Object.entries(COLUMNS).map(([name, type]) =>
    type === 'TIMESTAMP'
      ? `r.${quotedName(name)}::TIMESTAMPTZ AT TIME ZONE 'UTC'`
      : `r.${quotedName(name)}`,
  );
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const rows = entries.slice(from, from + AT_ONCE).map(changeRow);
    await database.run(
      `INSERT INTO ${TABLE} SELECT ${values.join(', ')}
       FROM (SELECT unnest(from_json($rows::JSON, '[{${members.join(', ')}}]')) AS r)`,
      { rows: JSON.stringify(rows) },
    );
  }
}

/** Adds what files hold that `writeChangeTable` made. Resolves to the versions of those that could be read. */
export async function addChangeFiles(
  database: Database,
  files: readonly ChangeFile[],
): Promise<ReadonlySet<number>> {
  if (files.length === 0) return new Set();
  try {
    const paths = files.map(({ path }) => path);
    await database.run(`INSERT INTO ${TABLE} SELECT ${NAMES} FROM ${scanParquet(paths)}`);
    return new Set(files.map(({ version }) => version));
  } catch (error) {
    // One that is damaged, or was removed since, is left out alone.
    if (error instanceof AppError) throw error;
    if (files.length === 1) return new Set();
  }
  const read = new Set<number>();
  for (const file of files) {
    for (const version of await addChangeFiles(database, [file])) read.add(version);
  }
  return read;
}

/** @param to a path where nothing is yet */
export async function writeChangeTable(database: Database, to: string): Promise<void> {
  await database.run(
    `COPY (SELECT ${NAMES} FROM ${TABLE} ORDER BY ${CHANGE_ORDER}) TO ${quotedText(to)} (FORMAT parquet)`,
  );
}

/** By version, Pokémon and place of the column in the dataset. */
export const CHANGE_ORDER = `version, id, list_position([${DATASET_COLUMNS.map(({ name }) => quotedText(name)).join(', ')}], "column") NULLS FIRST`;

const LISTS = DATASET_COLUMNS.filter(({ type }) => type === 'VARCHAR[]').map(({ name }) =>
  quotedText(name),
);

interface TableRow extends Record<string, unknown> {
  version: number;
  timestamp: Date | null;
  change: ChangeEntry['change'];
  id: number;
  name: string;
  column: string | null;
  before: string | null;
  after: string | null;
  before_list: string[] | null;
  after_list: string[] | null;
}

/** What the table holds, of one Pokémon where it is named; values with their own types again. */
export async function changesInTable(database: Database, id?: number): Promise<ChangeEntry[]> {
  const list = (of: string) =>
    `CASE WHEN "column" IN (${LISTS.join(', ')}) THEN ${of}::VARCHAR[] END AS ${of}_list`;
  const rows = await database.rows<TableRow>(
    `SELECT ${NAMES}, ${list('before')}, ${list('after')} FROM ${TABLE}
     ${id === undefined ? '' : `WHERE id = ${Math.trunc(id)}`} ORDER BY ${CHANGE_ORDER}`,
  );
  return rows.map(({ version, timestamp, change, id, name, column, ...values }) => ({
    ...{ version, timestamp: timestamp?.toISOString() ?? '', change, id, name, column },
    before: values.before_list ?? valueOf(column, values.before),
    after: values.after_list ?? valueOf(column, values.after),
  }));
}

function valueOf(column: string | null, text: string | null): unknown {
  if (column === null || text === null) return null;
  switch (datasetColumn(column)?.type) {
    case 'INTEGER':
    case 'DOUBLE':
      return Number(text);
    case 'BOOLEAN':
      return text === 'true';
    default:
      return text;
  }
}

function changeRow({ column, before, after, timestamp, ...rest }: ChangeEntry) {
  const text = (value: unknown) =>
    column === null ? null : valueText((value ?? null) as Cell, columnShape(column));
  const delta = typeof before === 'number' && typeof after === 'number' ? after - before : null;
  return {
    ...rest,
    timestamp: timestamp === '' ? null : timestamp,
    column,
    before: text(before),
    after: text(after),
    delta,
  };
}
