import { createHash } from 'node:crypto';
import type { ColumnDescriptor, DatasetDescriptor } from '../../../preload/contract/descriptor';
import type { Filter } from '../../../preload/contract/filters';
import { quotedName } from '../../base/duckdb';
import type { RunStatements } from '../ask-table';
import { knownColumn } from '../column-axis';
import { plainStatement } from '../statements';
import { PlacedColumns, whereSql } from '../where-sql';
import { isShort, toldKind, toldSql } from './told-values';

/** A loaded table whose rows are looked at; AskedTable is one. */
export interface RiskSource {
  readonly dataset: DatasetDescriptor;
  readonly from: string;
  /** Its column of positions, from 0. */
  readonly position: string;
  readonly run: RunStatements;
}

/** What the columns tell of the filtered rows, as tables of the engine's; their names are SQL. */
export interface RiskRows {
  readonly columns: readonly ColumnDescriptor[];
  /** `place`, and `t0`, `t1` … for the columns: a value, or the number of one. */
  readonly rows: string;
  /** `t0`, `t1` … and `n`: how many rows are alike in all columns. */
  readonly classes: string;
  /** A part of the names of all that is made of them. */
  readonly hash: string;
  /** `code`, `v` and `size` (of a list) of each value that is numbered; null for a column of short ones. */
  readonly values: readonly (string | null)[];
}

/** The names of the columns' values in `rows` and `classes`. */
export function toldNames({ columns }: Pick<RiskRows, 'columns'>): string[] {
  return columns.map((_, at) => `t${at}`);
}

export function riskRowsOf(
  { dataset }: RiskSource,
  names: readonly string[],
  filters: readonly Filter[],
): RiskRows {
  const columns = names.map((name) => knownColumn(dataset, name));
  const shape = JSON.stringify([columns.map(({ name, sqlType }) => [name, sqlType]), filters]);
  const hash = createHash('sha256').update(shape).digest('hex').slice(0, 16);
  return {
    columns,
    hash,
    rows: quotedName(`#risk ${hash}`),
    classes: quotedName(`#classes ${hash}`),
    values: columns.map((column, at) =>
      isShort(column) ? null : quotedName(`#values ${hash} ${at}`),
    ),
  };
}

/** Makes the tables where they are not there yet, as in an engine that was started again. */
export async function makeRiskRows(
  source: RiskSource,
  of: RiskRows,
  filters: readonly Filter[],
): Promise<void> {
  const { dataset, from, position, run } = source;
  if (await isMade(source, of.classes)) return;
  const placed = new PlacedColumns(dataset);
  const where = whereSql(filters, dataset, from, placed);
  const selected = placed.selected(from, where.sql);
  const make = (name: string, sql: string) =>
    plainStatement({ sql: `CREATE TABLE IF NOT EXISTS ${name} AS ${sql}`, values: where.values });
  const numbered = of.columns.flatMap((column, at) => {
    const values = of.values[at];
    if (values === undefined || values === null) return [];
    const size = toldKind(column) === 'list' ? 'len(v)::INTEGER' : 'NULL::INTEGER';
    // What is there often has the first numbers, so that they are the same each time.
    return make(
      values,
      `SELECT v, ${size} AS size, n, (row_number() OVER (ORDER BY n DESC, CASE WHEN n > 1 THEN v END) - 1)::UINTEGER AS code
        FROM (SELECT ${toldSql(column)} AS v, count(*) AS n FROM ${selected} GROUP BY ALL) WHERE v IS NOT NULL`,
    );
  });
  if (numbered.length > 0) await run(numbered);
  const told = of.columns.map((column, at) =>
    of.values[at] === null ? `told.v${at} AS t${at}` : `d${at}.code AS t${at}`,
  );
  const each = of.columns.map((column, at) => `${toldSql(column)} AS v${at}`);
  const joins = of.values.flatMap((values, at) =>
    values === null ? [] : [`LEFT JOIN ${values} d${at} ON d${at}.v = told.v${at}`],
  );
  await run([
    make(
      of.rows,
      `SELECT place, ${told.join(', ')}
        FROM (SELECT ${quotedName(position)} AS place, ${each.join(', ')} FROM ${selected}) told
        ${joins.join(' ')}`,
    ),
  ]);
  const names = toldNames(of).join(', ');
  await run([
    plainStatement({
      sql: `CREATE TABLE IF NOT EXISTS ${of.classes} AS SELECT ${names}, count(*) AS n FROM ${of.rows} GROUP BY ${names}`,
      values: {},
    }),
  ]);
}

/** Whether there is a table of that name, which is SQL. */
export async function isMade({ run }: RiskSource, table: string): Promise<boolean> {
  const [[row] = []] = await run([
    {
      sql: `SELECT count(*)::DOUBLE AS n FROM duckdb_tables() WHERE table_name = $name`,
      values: { name: table.slice(1, -1) },
    },
  ]);
  return Number(row?.['n']) > 0;
}

/** Drops them and what was made of them. */
export async function dropRiskRows({ run }: RiskSource, { hash }: RiskRows): Promise<void> {
  const [made = []] = await run([
    {
      sql: `SELECT table_name AS name FROM duckdb_tables() WHERE contains(table_name, $hash)`,
      values: { hash: ` ${hash}` },
    },
  ]);
  await run(
    made.map(({ name }) => ({ sql: `DROP TABLE ${quotedName(String(name))}`, values: {} })),
  );
}
