import { AppError } from '../../preload/contract/errors';
import type { ExportFormat } from '../../preload/contract/export-formats';
import { type Filter, filterColumns } from '../../preload/contract/filters';
import type { ExportProgress } from '../../preload/contract/reports';
import type { KReached } from '../../preload/contract/risk';
import type { DecimalMark } from '../../preload/contract/spreadsheet-text';
import type { NewView } from '../../preload/contract/view-format';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import { OWNER_ONLY } from '../base/durable-file';
import type { ScanColumn } from '../base/scan';
import { knownColumn } from '../engine/column-axis';
import { type ExportReport, exportTable, type Writing } from '../engine/export-file';
import { compressionOf, formatOf } from '../engine/export-options';
import {
  identifying,
  proposedColumns,
  riskCandidates,
  selectedRows,
} from '../engine/risk/propose-columns';
import { type Protection, type ProtectedColumn, Protector } from '../engine/risk/protect-rows';
import type { RiskSource } from '../engine/risk/risk-rows';
import { identifiesItself } from '../engine/risk/risk-table';
import { writtenClasses } from '../engine/risk/written-classes';
import { orderSql } from '../engine/where-sql';
import { namingColumns } from './naming-columns';
import type { RowKey } from './row-keys';

/** Exports that single nobody out: without what identifies, under keys, or so that each row has company. */

export interface ProtectedAsked extends Writing {
  format: ExportFormat;
  spreadsheet: DecimalMark | null;
  view: NewView | null;
  /** Null writes no key. */
  key: RowKey | null;
  /** The keys are of this export alone: rows stand in their order and not in another. */
  rekeyed: boolean;
  /** Null generalises nothing. */
  k: number | null;
  /** Null takes the columns that the app proposes. */
  quasi: readonly string[] | null;
  /** Where to write who is behind each key; null writes it nowhere. */
  mapping: string | null;
}

export interface ProtectedReport extends ExportReport {
  rekeyed: boolean;
  /** Columns that identify, or in which rows are named, and so are not in the file. */
  left_out: string[];
  mapping: string | null;
  /** Of the written file; null where nothing was generalised, or no row is there. */
  k: number | null;
  suppressed: number;
  protection: KReached | null;
}

/** @param noteIdentity called before a mapping is written, with its columns */
export async function exportProtected(
  database: Database,
  paths: DataPaths,
  source: RiskSource,
  asked: ProtectedAsked,
  signal: AbortSignal,
  {
    report,
    noteIdentity,
  }: {
    report?: (progress: ExportProgress) => void;
    noteIdentity?: (columns: string[]) => Promise<void>;
  } = {},
): Promise<ProtectedReport> {
  const { view, key } = asked;
  const filters = view?.selections.map(({ filter }) => filter) ?? [];
  if (key !== null) refuseNaming(source, filters, view);
  const shown = view?.columns ?? source.dataset.columns.map(({ name }) => name);
  const naming = identifying(source.dataset);
  const open = shown.filter((name) => !naming.includes(name));
  const named = await namingColumns(source, open);
  const columns = open.filter((name) => !named.includes(name));
  const protection = await protectionOf(source, filters, columns, asked);
  const given = givenColumns(source, columns, protection);
  await makeExported(database, source, filters, { given, protection, asked });
  const keyColumn = key === null ? [] : [{ name: key.name, sqlType: 'VARCHAR' }];
  const written = [...keyColumn, ...given.map(({ name, sqlType }) => ({ name, sqlType }))];
  if (written.length === 0) throw nothingLeft();
  const reached = { k: null as number | null };
  const result = await exportTable(database, paths, written, asked, signal, {
    ...(report === undefined ? {} : { report }),
    check: async (path) => {
      if (protection === null) return;
      reached.k = await countedAgain(database, path, { written, asked, protection });
    },
  });
  const told = protection === null ? null : await reachedOf(database, protection, given, reached.k);
  if (asked.mapping !== null && key !== null) {
    await writeMapping(
      database,
      paths,
      source,
      { asked, key, mapping: asked.mapping },
      signal,
      noteIdentity,
    );
  }
  return {
    ...result,
    pseudonymised: key !== null,
    rekeyed: asked.rekeyed,
    left_out: [...shown.filter((name) => naming.includes(name) && name !== key?.name), ...named],
    mapping: asked.mapping,
    k: reached.k,
    suppressed: protection?.suppressed ?? 0,
    protection: told,
  };
}

/** Whoever may choose rows by a name finds out whose they are. */
function refuseNaming(
  { dataset }: RiskSource,
  filters: readonly Filter[],
  view: NewView | null,
): void {
  const used = [
    ...filters.flatMap(filterColumns),
    ...(view?.sort ?? []).map(({ column }) => column),
  ];
  const naming = used.find((name) => identifying(dataset).includes(name));
  if (naming === undefined) return;
  throw new AppError(
    'bad-view',
    `The view filters or sorts by ${naming}, which is an identity column.`,
    { hint: 'Leave it out of the view, or export without pseudonyms.' },
  );
}

async function protectionOf(
  source: RiskSource,
  filters: readonly Filter[],
  columns: readonly string[],
  { k, quasi }: ProtectedAsked,
): Promise<Protection | null> {
  if (k === null) return null;
  const naming = quasi?.find((name) => identifying(source.dataset).includes(name));
  if (naming !== undefined) throw identifiesItself(naming);
  const chosen = quasi ?? (await proposed(source, filters));
  if (columns.length === 0) throw nothingLeft();
  // One that is not in the file has others there that tell the same.
  const protector = await Protector.of(source, filters, chosen, columns);
  const protection = await protector.reach(k);
  if (protection.after.rows > 0 || protection.before.rows === 0) return protection;
  throw notReached(k, `The view has only ${protection.before.rows} rows.`);
}

async function proposed(source: RiskSource, filters: readonly Filter[]): Promise<string[]> {
  return proposedColumns(source, filters, await riskCandidates(source, filters));
}

function nothingLeft(): AppError {
  return new AppError('usage', 'No column is left that could be given.', {
    hint: 'Choose columns that identify nobody by themselves.',
  });
}

function notReached(k: number, why: string): AppError {
  return new AppError('k-not-reached', `The export does not reach k = ${k}. ${why}`, {
    hint: 'Choose a smaller k, fewer columns or more rows. Nothing was written.',
  });
}

interface Given extends ScanColumn {
  sql: string;
}

function givenColumns(
  { dataset }: RiskSource,
  columns: readonly string[],
  protection: Protection | null,
): Given[] {
  const treated = new Map(protection?.columns.map((one) => [one.column.name, one]));
  return columns.flatMap((name): Given[] => {
    const one = treated.get(name);
    if (one !== undefined) return one.given === null ? [] : [{ name, ...one.given }];
    return [{ name, sql: quotedName(name), sqlType: knownColumn(dataset, name).sqlType }];
  });
}

/** Makes the temp table `exported`, with where each row stood for the mapping. */
async function makeExported(
  database: Database,
  source: RiskSource,
  filters: readonly Filter[],
  parts: { given: readonly Given[]; protection: Protection | null; asked: ProtectedAsked },
): Promise<void> {
  const { given, protection, asked } = parts;
  const { sql, values } = selectedRows(source, filters);
  const position = quotedName(source.position);
  let from = sql;
  if (protection !== null) {
    // All that is given of the treated columns: then no two of them part what one of them joins.
    const treated = protection.columns.flatMap((one) =>
      one.given === null ? [] : [one.given.sql],
    );
    const alike = treated.length === 0 ? '' : `PARTITION BY ${treated.join(', ')}`;
    await database.run(
      `CREATE OR REPLACE TEMP TABLE kept_rows AS SELECT ${position} FROM ${sql}
       QUALIFY count(*) OVER (${alike}) >= ${protection.k}`,
      values,
    );
    from = `${source.from} WHERE ${position} IN (FROM kept_rows)`;
  }
  const key = asked.key === null ? [] : [`${asked.key.sql} AS ${quotedName(asked.key.name)}`];
  const listed = given.map(({ sql: value, name }) => `${value} AS ${quotedName(name)}`);
  const made = [...key, ...listed, position].join(', ');
  await database.run(
    `CREATE OR REPLACE TEMP TABLE exported AS SELECT ${made} FROM ${from} ORDER BY ${orderOf(source, given, asked)}`,
    protection === null ? values : {},
  );
}

/** The order of the rows tells nobody where they stood: they go by their keys, or by what is written of them. */
function orderOf(source: RiskSource, given: readonly Given[], asked: ProtectedAsked): string {
  const key = asked.key === null ? null : quotedName(asked.key.name);
  const written = `hash(${given.map(({ sql }) => sql).join(', ') || '0'})`;
  if (asked.rekeyed || asked.k !== null) return key ?? written;
  const sort = asked.view?.sort ?? [];
  return sort.length === 0
    ? (key ?? written)
    : orderSql(sort, source.dataset, asked.key?.name ?? source.position);
}

/** Throws `k-not-reached` where a class in the written file is smaller, which would be a fault of the app. */
async function countedAgain(
  database: Database,
  path: string,
  {
    written,
    asked,
    protection,
  }: {
    written: readonly ScanColumn[];
    asked: ProtectedAsked;
    protection: Protection;
  },
): Promise<number | null> {
  const columns = written.map(({ name }) => name);
  const by = protection.columns.map(({ column }) => column.name);
  const { k } = await writtenClasses(
    database,
    path,
    {
      format: asked.format,
      compression: compressionOf(asked.out),
      spreadsheet: asked.spreadsheet,
      columns,
    },
    by.filter((name) => columns.includes(name)),
  );
  if (k !== null && k < protection.k) {
    throw notReached(protection.k, `In what was written it is ${k}.`);
  }
  return k;
}

async function reachedOf(
  database: Database,
  protection: Protection,
  given: readonly Given[],
  k: number | null,
): Promise<KReached> {
  const treated = new Set(protection.columns.map(({ column }) => column.name));
  const untreated = [];
  for (const { name } of given.filter((one) => !treated.has(one.name))) {
    const { n } = await database.row<{ n: number }>(
      `SELECT count(*)::DOUBLE AS n FROM
        (SELECT 1 FROM exported GROUP BY ${quotedName(name)} HAVING count(*) = 1)`,
    );
    if (n > 0) untreated.push({ column: name, unique_rows: n });
  }
  return {
    wanted: protection.k,
    k,
    quasi: protection.columns.filter(isChosen).map(({ column }) => column.name),
    suppressed: protection.suppressed,
    loss: protection.loss,
    columns: protection.columns.map(({ column, same_as, step, loss }) => {
      return { column: column.name, same_as, step, loss };
    }),
    untreated: untreated.sort((a, b) => b.unique_rows - a.unique_rows),
  };
}

function isChosen({ same_as }: ProtectedColumn): boolean {
  return same_as === null;
}

/** Who is behind each key of the rows that were written. */
async function writeMapping(
  database: Database,
  paths: DataPaths,
  source: RiskSource,
  { asked, key, mapping }: { asked: ProtectedAsked; key: RowKey; mapping: string },
  signal: AbortSignal,
  noteIdentity?: (columns: string[]) => Promise<void>,
): Promise<void> {
  const naming = source.dataset.columns.filter(
    ({ name, privacy }) => privacy === 'identifies' && name !== key.name,
  );
  await noteIdentity?.(naming.map(({ name }) => name));
  const columns = [{ name: key.name, sqlType: 'VARCHAR' }, ...naming];
  const position = quotedName(source.position);
  const own = [`e.${quotedName(key.name)}`, ...naming.map(({ name }) => `s.${quotedName(name)}`)];
  await database.run(
    `CREATE OR REPLACE TEMP TABLE mapped AS SELECT DISTINCT ${own.join(', ')}
     FROM exported e JOIN ${source.from} s ON s.${position} = e.${position} ORDER BY 1`,
  );
  await database.run('DROP TABLE exported');
  await database.run('ALTER TABLE mapped RENAME TO exported');
  const writing = { out: mapping, format: formatOf(mapping), spreadsheet: asked.spreadsheet };
  await exportTable(database, paths, columns, writing, signal, { mode: OWNER_ONLY });
}
