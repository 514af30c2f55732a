import {
  type ColumnDescriptor,
  type DatasetDescriptor,
  isNumberColumn,
  isTimeColumn,
  type Scalar,
} from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import { extentOf } from '../../preload/contract/extent';
import {
  checkFilters,
  type Filter,
  type FilterOf,
  momentOf,
  type Outline,
  type Sort,
} from '../../preload/contract/filters';
import { quotedName } from '../base/duckdb';
import { Binder, type Bindings } from './binder';
import { axisSql, isFloat, isLongDecimal, isZoned, knownColumn } from './column-axis';
import { freeName } from './free-name';
import { wordsSql } from './words-sql';

/** A condition over a dataset's columns with the values bound to it. */
export interface Where {
  sql: string;
  values: Bindings;
}

/**
 * Places along axes that a condition asks for many times, as columns of their own: DuckDB works them
 * out once per row there, and once per mention in the condition.
 */
export class PlacedColumns {
  private readonly names = new Map<string, string>();
  private readonly taken: string[];

  constructor(dataset: Pick<DatasetDescriptor, 'columns'>) {
    this.taken = dataset.columns.map(({ name }) => name);
  }

  nameOf(sql: string): string {
    const known = this.names.get(sql);
    if (known !== undefined) return known;
    const name = freeName(this.taken, '#place');
    this.taken.push(name);
    this.names.set(sql, quotedName(name));
    return quotedName(name);
  }

  /** The rows of `from` with these columns; to stand behind FROM. */
  beside(from: string): string {
    const columns = [...this.names].map(([sql, name]) => `${sql} AS ${name}`);
    return columns.length === 0 ? from : `(SELECT *, ${columns.join(', ')} FROM ${from})`;
  }

  /** The rows of `from` for which the condition holds, without these columns; to stand behind FROM. */
  selected(from: string, condition: string): string {
    if (this.names.size === 0) return `(SELECT * FROM ${from} WHERE ${condition})`;
    return `(SELECT * EXCLUDE (${[...this.names.values()].join(', ')})
      FROM ${this.beside(from)} WHERE ${condition})`;
  }
}

/**
 * Filters of any dataset joined by AND; TRUE for none. Values are bound. `from` is all there is to
 * choose from: what a search finds depends on what else it could find. With `placed`, the condition is to
 * be asked of its `selected`. Throws `bad-view` where a
 * filter does not fit the dataset.
 */
export function whereSql(
  filters: readonly Filter[],
  dataset: DatasetDescriptor,
  from: string,
  placed?: PlacedColumns,
): Where {
  checkFilters(filters, dataset);
  const binder = Binder.empty();
  const parts = filters.map((filter) => `(${filterSql(filter, dataset, from, binder, placed)})`);
  return { sql: parts.length === 0 ? 'TRUE' : parts.join(' AND '), values: binder.values };
}

/**
 * An ORDER BY list; nulls last in either direction, ties broken by `tiebreak`. Text stands where a
 * person looks for it: capitals and accents do not matter, so Flabébé comes before Floette.
 */
export function orderSql(
  sort: readonly Sort[],
  dataset: DatasetDescriptor,
  tiebreak: string,
): string {
  const keys = sort.map(({ column: name, direction }) => {
    const column = quotedName(name);
    const key =
      knownColumn(dataset, name).type === 'text' ? `lower(strip_accents(${column}))` : column;
    return `${key} ${direction === 'desc' ? 'DESC' : 'ASC'} NULLS LAST`;
  });
  return [...keys, quotedName(tiebreak)].join(', ');
}

function filterSql(
  filter: Filter,
  dataset: DatasetDescriptor,
  from: string,
  binder: Binder,
  placed: PlacedColumns | undefined,
): string {
  switch (filter.kind) {
    case 'range':
      return rangeSql(filter, knownColumn(dataset, filter.column), binder);
    case 'one-of':
      return filter.not === true
        ? `NOT (${oneOfSql(filter, dataset, binder)})`
        : oneOfSql(filter, dataset, binder);
    case 'tuples':
      return tuplesSql(filter, dataset, binder);
    case 'sets':
      return setsSql(filter, binder);
    case 'area':
      return areaSql(filter, dataset, binder, placed);
    case 'search':
      return wordsSql(
        filter.text,
        filter.columns.map((name) => knownColumn(dataset, name)),
        from,
        (words) => binder.list(words),
      );
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

function rangeSql(filter: FilterOf<'range'>, column: ColumnDescriptor, binder: Binder): string {
  const sql = quotedName(column.name);
  const parts = [`${sql} IS NOT NULL`];
  // DuckDB sorts NaN above all numbers.
  if (isFloat(column) || isTimeColumn(column)) parts.push(`isfinite(${sql})`);
  const end = (value: number | string) => endSql(value, column, binder);
  if (filter.min !== undefined) parts.push(`${sql} >= ${end(filter.min)}`);
  if (filter.max !== undefined)
    parts.push(`${sql} ${filter.below === true ? '<' : '<='} ${end(filter.max)}`);
  return parts.join(' AND ');
}

/** In the column's own precision: 0.1 as a FLOAT is what a person calls 0.1 there. */
function endSql(value: number | string, column: ColumnDescriptor, binder: Binder): string {
  if (isTimeColumn(column)) {
    const moment = `epoch_ms(${binder.bind(String(Math.round(momentOf(value))))}::BIGINT)`;
    return isZoned(column.sqlType) ? `timezone('UTC', ${moment})` : moment;
  }
  const number = binder.number(Number(value));
  return column.sqlType === 'FLOAT' ? `${number}::FLOAT` : number;
}

function oneOfSql(filter: FilterOf<'one-of'>, dataset: DatasetDescriptor, binder: Binder): string {
  const columns = filter.columns.map((name) => knownColumn(dataset, name));
  const given = filter.values.filter((value) => value !== null);
  const parts: string[] = [];
  if (filter.match === 'any') {
    for (const column of columns) {
      const texts = given.filter((value) => fits(value, column)).map(String);
      if (texts.length > 0) parts.push(`coalesce(${isOneOf(column, texts, binder)}, FALSE)`);
    }
    if (filter.values.includes(null)) parts.push(columns.map(isEmpty).join(' AND '));
    return parts.length === 0 ? 'FALSE' : parts.map((part) => `(${part})`).join(' OR ');
  }
  for (const value of given) {
    const fitting = columns.filter((column) => fits(value, column));
    parts.push(
      fitting.length === 0
        ? 'FALSE'
        : fitting
            .map((column) => `coalesce(${isOneOf(column, [String(value)], binder)}, FALSE)`)
            .join(' OR '),
    );
  }
  if (filter.values.includes(null)) parts.push(columns.map(isEmpty).join(' AND '));
  return parts.map((part) => `(${part})`).join(' AND ');
}

/** A value of any other type equals nothing in the column. */
function fits(value: Scalar, column: ColumnDescriptor): boolean {
  switch (column.type) {
    case 'integer':
      return typeof value === 'number' || isLargeInteger(value);
    case 'decimal':
      return typeof value === 'number' || isLongDecimal(value) || isLargeInteger(value);
    case 'double':
      return typeof value === 'number' || isNoNumber(value) || isLargeInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return typeof value === 'string' || (typeof value === 'number' && hasNumbers(column));
    default:
      return typeof value === 'string';
  }
}

/** Whether the elements of a list column are numbers. */
function hasNumbers({ sqlType }: ColumnDescriptor): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))\[\]$/.test(sqlType);
}

/** JSON has no number for these; they travel as text. */
function isLargeInteger(value: Scalar): boolean {
  return typeof value === 'string' && /^-?\d+$/.test(value) && !Number.isSafeInteger(Number(value));
}

function isNoNumber(value: Scalar): boolean {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity';
}

function isEmpty({ name, type }: ColumnDescriptor): string {
  const sql = quotedName(name);
  return type === 'list' ? `(${sql} IS NULL OR len(${sql}) = 0)` : `${sql} IS NULL`;
}

function isOneOf(column: ColumnDescriptor, texts: readonly string[], binder: Binder): string {
  const sql = quotedName(column.name);
  if (column.type === 'decimal') {
    // What a double would bend is held against the column's own text.
    const [long, short] = [
      texts.filter(isLongDecimal),
      texts.filter((text) => !isLongDecimal(text)),
    ];
    const parts = [
      ...(long.length === 0 ? [] : [`list_contains(${binder.list(long)}, ${sql}::VARCHAR)`]),
      ...(short.length === 0
        ? []
        : [`list_contains(${binder.list(short)}::DOUBLE[], ${sql}::DOUBLE)`]),
    ];
    return parts.join(' OR ');
  }
  const list = binder.list(texts);
  if (column.type === 'list') {
    const own = `list_transform(${sql}, lambda e: e::VARCHAR)`;
    if (!hasNumbers(column)) return `list_has_any(${own}, ${list})`;
    // The same text for the same number: 3 is 3.0 among doubles.
    const type = column.sqlType.slice(0, -'[]'.length);
    return `list_has_any(${own}, list_transform(${list}, lambda w: TRY_CAST(w AS ${type})::VARCHAR))`;
  }
  if (isNumberColumn(column) && column.type !== 'integer') {
    const type = column.sqlType === 'FLOAT' ? 'FLOAT' : 'DOUBLE';
    return `list_contains(list_transform(${list}, lambda x: TRY_CAST(x AS ${type})), ${sql}::${type})`;
  }
  return `list_contains(${list}, ${sql}::VARCHAR)`;
}

/** What stands for null in a list of texts; every other text has the other sign before it. */
const NULL_SIGN = '-';
const TEXT_SIGN = '=';

/** A combination as one text in which no two combinations are alike. */
function tuplesSql(filter: FilterOf<'tuples'>, dataset: DatasetDescriptor, binder: Binder): string {
  const columns = filter.columns.map((name) => knownColumn(dataset, name));
  const part = (text: string) => `coalesce(length(${text}) || ':' || ${text}, '-')`;
  const own = columns.map(({ name, sqlType }) => part(normalText(quotedName(name), sqlType)));
  const values = binder.list(
    filter.tuples.flatMap((tuple) =>
      tuple.map((value) => (value === null ? NULL_SIGN : `${TEXT_SIGN}${String(value)}`)),
    ),
  );
  const size = columns.length;
  const wanted = columns.map(({ sqlType }, at) => {
    const given = `${values}[i * ${size} + ${at + 1}]`;
    const text = normalText(`${given}[2:]`, sqlType);
    return part(`(CASE WHEN ${given} = '${NULL_SIGN}' THEN NULL ELSE ${text} END)`);
  });
  const keys = `list_transform(range(len(${values}) // ${size}), lambda i: ${wanted.join(" || ',' || ")})`;
  // Read as a table: as a list DuckDB would make it again for each row.
  return `${own.join(" || ',' || ")} IN (SELECT unnest(${keys}))`;
}

/** The same text for the same number, however it was written. */
function normalText(sql: string, sqlType: string): string {
  if (/^(DOUBLE|FLOAT|DECIMAL)/.test(sqlType)) {
    const type = sqlType === 'FLOAT' ? 'FLOAT' : 'DOUBLE';
    return `TRY_CAST(${sql} AS ${type})::VARCHAR`;
  }
  return `${sql}::VARCHAR`;
}

/** A combination as one text; its members stand in the order in which they are named. */
function setsSql({ column, members, sets }: FilterOf<'sets'>, binder: Binder): string {
  const named = [...new Set(members)];
  const keys = sets.map((set) => named.filter((member) => set.includes(member)).join('\n'));
  return `list_contains(${binder.list(keys)}, ${memberKeySql(column, named, binder)})`;
}

/** Those of the members that a list column has, as one text: a line each. */
export function memberKeySql(column: string, named: readonly string[], binder: Binder): string {
  const list = `coalesce(list_transform(${quotedName(column)}, lambda e: e::VARCHAR), [])`;
  const own = `list_filter(${binder.list(named)}, lambda g: list_contains(${list}, g))`;
  return `array_to_string(${own}, chr(10))`;
}

/**
 * Even-odd rule. Source: W. R. Franklin, “PNPOLY”. On logarithmic axes edges are straight on the
 * screen, so both point and corners are taken to logarithms.
 */
function areaSql(
  filter: FilterOf<'area'>,
  dataset: DatasetDescriptor,
  binder: Binder,
  placed: PlacedColumns | undefined,
): string {
  const [ax, ay] = [axisSql(dataset, filter.x), axisSql(dataset, filter.y)];
  const scaled = (sql: string) =>
    filter.log ? `log10(CASE WHEN ${sql} > 0 THEN ${sql} END)` : sql;
  const toScale = (value: number) => (filter.log ? Math.log10(value) : value);
  const outlines = filter.outlines.map((points) =>
    points.map(([px, py]): [number, number] => [toScale(px), toScale(py)]),
  );
  if (outlines.flat(2).some((value) => !Number.isFinite(value))) {
    throw new AppError('bad-view', 'An area on logarithmic axes has a corner at or below 0.', {
      hint: 'Draw the selection again.',
    });
  }
  const place = (sql: string) => placed?.nameOf(sql) ?? sql;
  const [x, y] = [place(scaled(ax)), place(scaled(ay))];
  const inside = outlines.map((points) => insideSql(points, x, y, binder));
  return `coalesce(${inside.join(' OR ')}, FALSE)`;
}

/** An outline of more corners is tested by a list of its edges, which takes longer per row. */
const MOST_WRITTEN_EDGES = 200;

function insideSql(points: Outline, x: string, y: string, binder: Binder): string {
  // For each edge: x and y of one end, slope, and the half-open span of y it crosses.
  const edges = points.flatMap(([ax, ay], index) => {
    const [bx, by] = points[(index + 1) % points.length] ?? [ax, ay];
    if (ay === by) return [];
    return [[ax, ay, (bx - ax) / (by - ay), Math.min(ay, by), Math.max(ay, by)] as const];
  });
  const [left, right] = edges.toSorted(([one], [other]) => one - other);
  if (edges.length === 2 && left !== undefined && right !== undefined && isBox(left, right)) {
    const [[x1, , , low, high], [x2]] = [left, right];
    const from = (sql: string, least: number, below: number) =>
      `${sql} >= ${binder.number(least)} AND ${sql} < ${binder.number(below)}`;
    return `(${from(x, x1, x2)} AND ${from(y, low, high)})`;
  }
  // Most rows are outside the outline's box, and need no look at its edges.
  const within = (sql: string, values: readonly number[]) => {
    const [low, high] = extentOf(values) ?? [0, 0];
    return `${sql} BETWEEN ${binder.number(low)} AND ${binder.number(high)}`;
  };
  const [xs, ys] = [points.map(([px]) => px), points.map(([, py]) => py)];
  const crossings =
    edges.length <= MOST_WRITTEN_EDGES
      ? writtenCrossings(edges, x, y, binder)
      : listedCrossings(edges, x, y, binder);
  return `(CASE WHEN ${within(x, xs)} AND ${within(y, ys)} THEN (${crossings}) % 2 = 1 ELSE FALSE END)`;
}

/** Whether two edges, all there are but level ones, stand upright side by side: what the rule below says of them. */
function isBox([, , slope, low, high]: Edge, [, , other, bottom, top]: Edge): boolean {
  return slope === 0 && other === 0 && low === bottom && high === top;
}

type Edge = readonly [x: number, y: number, slope: number, low: number, high: number];

function writtenCrossings(edges: readonly Edge[], x: string, y: string, binder: Binder): string {
  const crossed = edges.map(([ax, ay, slope, low, high]) => {
    const [from, to] = [binder.number(low), binder.number(high)];
    const at = `${binder.number(ax)} + ${binder.number(slope)} * (${y} - ${binder.number(ay)})`;
    return `(${y} >= ${from} AND ${y} < ${to} AND ${x} < ${at})::INTEGER`;
  });
  return crossed.length === 0 ? '0' : crossed.join(' + ');
}

function listedCrossings(edges: readonly Edge[], x: string, y: string, binder: Binder): string {
  const list = (part: number) =>
    `${binder.list(edges.map((edge) => String(edge[part])))}::DOUBLE[]`;
  const crossed = `${y} >= e[4] AND ${y} < e[5] AND ${x} < e[1] + e[3] * (${y} - e[2])`;
  return `len(list_filter(
    list_zip(${[0, 1, 2, 3, 4].map(list).join(', ')}), lambda e: ${crossed}))`;
}
