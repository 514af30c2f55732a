import type { ColumnDescriptor, DatasetDescriptor } from '../../../preload/contract/descriptor';
import type { Filter } from '../../../preload/contract/filters';
import type { Risk } from '../../../preload/contract/risk';
import { quotedName } from '../../base/duckdb';
import { knownColumn } from '../column-axis';
import { plainStatement } from '../statements';
import { PlacedColumns, whereSql } from '../where-sql';
import type { RiskSource } from './risk-rows';
import { toldSql } from './told-values';

export type Candidate = Risk['candidates'][number];

/** As many are proposed at most: what somebody might know of a subject at once. */
const MOST_PROPOSED = 5;
/** Columns whose pairs are looked at: those that single out most by themselves. */
const MOST_PAIRED = 8;
/** Once the columns single out such a share of the rows, others add nothing. */
const NEARLY_ALL = 0.95;
/** Rows that pairs are looked at in; the figures shown are of all rows. */
const PAIRED_ROWS = 100_000;

/** Identifying columns are not quasi-identifiers: they are left out of what is shared altogether. */
export function identifying({ columns }: Pick<DatasetDescriptor, 'columns'>): string[] {
  return columns.filter(({ privacy }) => privacy === 'identifies').map(({ name }) => name);
}

/** How many rows each column singles out that is no identifying one; the most first. */
export async function riskCandidates(
  source: RiskSource,
  filters: readonly Filter[],
): Promise<Candidate[]> {
  const selected = selectedRows(source, filters);
  const columns = source.dataset.columns.filter(({ privacy }) => privacy !== 'identifies');
  const read = await source.run(
    columns.map((column) =>
      plainStatement({
        sql: `SELECT count(*)::DOUBLE AS groups, (count(*) FILTER (n = 1))::DOUBLE AS unique_rows
          FROM (SELECT count(*) AS n FROM ${selected.sql} GROUP BY ${toldSql(column)})`,
        values: selected.values,
      }),
    ),
  );
  return columns
    .map(({ name }, at) => ({
      column: name,
      unique_rows: Number(read[at]?.[0]?.['unique_rows'] ?? 0),
      distinct: Number(read[at]?.[0]?.['groups'] ?? 0),
    }))
    .sort((a, b) => b.unique_rows - a.unique_rows || b.distinct - a.distinct);
}

/**
 * The columns that single out most, alone and in pairs: of those that are said to tell who somebody is
 * together with others, where there are any. A column that another one decides adds nothing to it.
 */
export async function proposedColumns(
  source: RiskSource,
  filters: readonly Filter[],
  candidates: readonly Candidate[],
): Promise<string[]> {
  const { columns } = source.dataset;
  const telling = candidates.filter(({ distinct }) => distinct > 1);
  const quasi = telling.filter(({ column }) => columns.some((one) => isQuasi(one, column)));
  const tried = (quasi.length > 0 ? quasi : telling).slice(0, MOST_PAIRED);
  const pairs = tried.flatMap((a, at) => tried.slice(at + 1).map((b) => [a, b] as const));
  const found = await pairFigures(source, filters, pairs);
  const decides = new Set<string>();
  const power = new Map(tried.map(({ column, unique_rows }) => [column, unique_rows]));
  for (const [at, [a, b]] of pairs.entries()) {
    const { groups, of_a, of_b, unique_rows } = found[at] ?? NOTHING;
    if (groups === of_a) decides.add(JSON.stringify([a.column, b.column]));
    else if (groups === of_b) decides.add(JSON.stringify([b.column, a.column]));
    for (const { column } of [a, b]) power.set(column, (power.get(column) ?? 0) + unique_rows);
  }
  const chosen: string[] = [];
  const byPower = [...tried].sort(
    (a, b) => (power.get(b.column) ?? 0) - (power.get(a.column) ?? 0),
  );
  for (const { column } of byPower) {
    const isTold = chosen.some(
      (one) =>
        decides.has(JSON.stringify([one, column])) || decides.has(JSON.stringify([column, one])),
    );
    if (isTold) continue;
    chosen.push(column);
    if (chosen.length === MOST_PROPOSED) break;
    if ((await singledOut(source, filters, chosen)) >= NEARLY_ALL) break;
  }
  // The table's own order, in which a person knows them.
  return columns.map(({ name }) => name).filter((name) => chosen.includes(name));
}

const NOTHING = { groups: 0, of_a: -1, of_b: -1, unique_rows: 0 };

function isQuasi({ name, privacy }: ColumnDescriptor, column: string): boolean {
  return name === column && privacy === 'quasi';
}

async function pairFigures(
  source: RiskSource,
  filters: readonly Filter[],
  pairs: readonly (readonly [Candidate, Candidate])[],
): Promise<(typeof NOTHING)[]> {
  if (pairs.length === 0) return [];
  const { sql, values } = someRows(source, filters);
  const told = (name: string) => toldSql(knownColumn(source.dataset, name));
  const read = await source.run(
    pairs.map(([a, b]) =>
      plainStatement({
        sql: `SELECT count(*)::DOUBLE AS groups, count(DISTINCT {v: a})::DOUBLE AS of_a,
            count(DISTINCT {v: b})::DOUBLE AS of_b,
            (count(*) FILTER (n = 1))::DOUBLE AS unique_rows
          FROM (SELECT a, b, count(*) AS n FROM
            (SELECT ${told(a.column)} AS a, ${told(b.column)} AS b FROM ${sql})
            GROUP BY ALL)`,
        values,
      }),
    ),
  );
  return read.map(([row]) => ({
    groups: Number(row?.['groups']),
    of_a: Number(row?.['of_a']),
    of_b: Number(row?.['of_b']),
    unique_rows: Number(row?.['unique_rows']),
  }));
}

/** The share of some rows that the columns single out. */
async function singledOut(
  source: RiskSource,
  filters: readonly Filter[],
  names: readonly string[],
): Promise<number> {
  const { sql, values } = someRows(source, filters);
  const told = names.map((name) => toldSql(knownColumn(source.dataset, name)));
  const [[row] = []] = await source.run([
    plainStatement({
      sql: `SELECT coalesce(sum(n) FILTER (n = 1) / sum(n), 1)::DOUBLE AS share
        FROM (SELECT count(*) AS n FROM ${sql} GROUP BY ${told.join(', ')})`,
      values,
    }),
  ]);
  return Number(row?.['share'] ?? 1);
}

/** All selected rows of a small table; of a large one the same ones each time. */
function someRows(source: RiskSource, filters: readonly Filter[]) {
  const { sql, values } = selectedRows(source, filters);
  const everyNth = Math.max(1, Math.ceil(source.dataset.rows / PAIRED_ROWS));
  const some = `(SELECT * FROM ${sql} WHERE hash(${quotedName(source.position)}) % ${everyNth} = 0)`;
  return { sql: everyNth === 1 ? sql : some, values };
}

/** The rows that the filters let through, to stand behind FROM. */
export function selectedRows({ dataset, from }: RiskSource, filters: readonly Filter[]) {
  const placed = new PlacedColumns(dataset);
  const where = whereSql(filters, dataset, from, placed);
  return { sql: placed.selected(from, where.sql), values: where.values };
}
