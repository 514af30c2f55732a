import type { ChartQuery } from './chart-queries';
import type { ColumnName } from '../../src/preload/contract/dataset';
import type { Filter, Sort } from '../../src/main/shaping/format-1-filters';
import { plain, searched } from '../engine/filter-oracle';

/**
 * What each card has to show, worked out row by row in plain JavaScript from the contract's own
 * words. Knows nothing of SQL or of the app's code.
 */
export type Cell = string | number | boolean | null | string[];
export type DataRow = Record<ColumnName, Cell>;
type Answer = Record<string, unknown>;

export function matches(
  row: DataRow,
  filters: readonly Filter[],
  all: readonly DataRow[],
): boolean {
  return filters.every((filter) => matchesOne(row, filter, all));
}

function matchesOne(row: DataRow, filter: Filter, all: readonly DataRow[]): boolean {
  switch (filter.kind) {
    case 'range': {
      const value = number(row[filter.column]);
      if (value === null) return false;
      const { min = -Infinity, max = Infinity, below } = filter;
      return value >= min && (below === true ? value < max : value <= max);
    }
    case 'one-of': {
      const cell = row[filter.column];
      if (Array.isArray(cell)) return cell.some((part) => filter.values.includes(part));
      return filter.values.includes(cell);
    }
    case 'types':
      return overlaps([row.type_1, row.type_2], filter.values, filter.match);
    case 'games':
      return overlaps(list(row.games), filter.values, filter.match);
    case 'game-sets':
      return filter.sets.some((set) =>
        filter.games.every((game) => set.includes(game) === list(row.games).includes(game)),
      );
    case 'type-pairs':
      return filter.pairs.some((p) => p.type_1 === row.type_1 && p.type_2 === row.type_2);
    case 'lasso': {
      const x = number(row[filter.x]);
      const y = number(row[filter.y]);
      if (x === null || y === null) return false;
      if (filter.log && (x <= 0 || y <= 0)) return false;
      const scale = filter.log ? Math.log10 : (value: number) => value;
      return [filter.points, ...(filter.more ?? [])].some((points) => {
        const corners = points.map(([px, py]) => [scale(px), scale(py)] as const);
        return windingParity(scale(x), scale(y), corners);
      });
    }
    case 'search':
      return searched(all, filter.text).includes(row);
    default:
      throw new Error('unknown filter');
  }
}

function overlaps(own: readonly unknown[], wanted: readonly string[], match: 'any' | 'all') {
  return match === 'any'
    ? wanted.some((value) => own.includes(value))
    : wanted.every((value) => own.includes(value));
}

/** Inside where a ray to the right crosses the outline an odd number of times. */
function windingParity(x: number, y: number, corners: readonly (readonly [number, number])[]) {
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i, i += 1) {
    const [xi = 0, yi = 0] = corners[i] ?? [];
    const [xj = 0, yj = 0] = corners[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export function answerOf(
  query: ChartQuery,
  filters: readonly Filter[],
  all: readonly DataRow[],
): Answer[] {
  return answerFrom(
    query,
    all.filter((row) => matches(row, filters, all)),
    all,
  );
}

/** The answer from the rows that are kept, whoever chose them. */
export function answerFrom(
  query: ChartQuery,
  rows: readonly DataRow[],
  all: readonly DataRow[],
): Answer[] {
  switch (query.kind) {
    case 'points':
      return rows
        .filter((row) => row[query.x] !== null && row[query.y] !== null)
        .sort(by('id'))
        .map((row) => ({
          id: row.id,
          name: row.name,
          x: row[query.x],
          y: row[query.y],
          color: query.color === undefined ? null : row[query.color],
        }));
    case 'histogram': {
      const bins = edges(query.column, query.bins, all).map((bin) => ({ ...bin, n: 0 }));
      for (const row of rows) {
        const bin = bins[binOf(number(row[query.column]), query.column, query.bins, all)];
        if (bin !== undefined) bin.n += 1;
      }
      return bins;
    }
    case 'missing':
      return [{ n: rows.filter((row) => row[query.column] === null).length }];
    case 'types': {
      const counts = new Map<string, { first: number; second: number }>();
      for (const row of rows) {
        const slots = [
          [row.type_1, 'first'],
          [row.type_2, 'second'],
        ] as const;
        for (const [type, slot] of slots) {
          if (type === null) continue;
          const count = counts.get(String(type)) ?? { first: 0, second: 0 };
          count[slot] += 1;
          counts.set(String(type), count);
        }
      }
      return [...counts]
        .map(([type, count]) => ({ type, ...count }))
        .sort((a, b) => b.first + b.second - a.first - a.second || compare(a.type, b.type));
    }
    case 'type-pairs':
      return grouped(rows, (row) => [row.type_1, row.type_2]).map(([[type_1, type_2], group]) => ({
        type_1,
        type_2,
        n: group.length,
      }));
    case 'box': {
      const byType = new Map<string, number[]>();
      for (const row of rows) {
        const value = number(row[query.column]);
        for (const type of [row.type_1, row.type_2]) {
          if (type === null || value === null) continue;
          byType.set(String(type), [...(byType.get(String(type)) ?? []), value]);
        }
      }
      return [...byType].map(([type, values]) => ({
        type,
        n: values.length,
        low: Math.min(...values),
        q1: quantile(values, 0.25),
        median: quantile(values, 0.5),
        q3: quantile(values, 0.75),
        high: Math.max(...values),
      }));
    }
    case 'games':
      return grouped(rows, (row) => [
        query.games.filter((game) => list(row.games).includes(game)),
      ]).map(([[combination], group]) => ({ combination, n: group.length }));
    case 'summary':
      return [
        {
          n: rows.length,
          total: all.length,
          ...medians(rows, ['height_m', 'weight_kg', 'bmi', 'base_experience', 'stat_total']),
        },
      ];
    case 'stat-medians':
      return [
        medians(rows, ['hp', 'attack', 'defense', 'special_attack', 'special_defense', 'speed']),
      ];
    case 'group':
      return groupAnswer(query, rows, all);
    case 'rows':
      return sorted(rows, query.sort)
        .slice(query.offset, query.offset + query.limit)
        .map((row) => named(row, query.columns));
    case 'by-id':
      return all.filter((row) => query.ids.includes(Number(row.id))).sort(by('id'));
    case 'values': {
      const cells = rows.flatMap((row): Cell[] => {
        if (query.column === 'type_1' || query.column === 'type_2') return [row.type_1, row.type_2];
        const cell = row[query.column];
        return Array.isArray(cell) ? cell : [cell];
      });
      return grouped(
        cells.filter((cell) => cell !== null),
        (cell) => [String(cell)],
      )
        .map(([[value], group]) => ({ value, n: group.length }))
        .sort((a, b) => b.n - a.n || compare(String(a.value), String(b.value)))
        .slice(0, 1000);
    }
    default:
      throw new Error('unknown query');
  }
}

function groupAnswer(
  query: Extract<ChartQuery, { kind: 'group' }>,
  rows: readonly DataRow[],
  all: readonly DataRow[],
): Answer[] {
  const isNumber = all.some((row) => typeof row[query.x] === 'number');
  const keysOf = (row: DataRow, column: ColumnName): (string | null)[] => {
    const cell = row[column];
    if (Array.isArray(cell)) return cell;
    return [cell === null ? null : String(cell)];
  };
  const { color } = query;
  const colorIsNumber = color !== undefined && all.some((row) => typeof row[color] === 'number');
  // The most frequent values of the whole dataset have colours of their own.
  const frequent =
    color === undefined || colorIsNumber
      ? []
      : grouped(
          all.flatMap((row) => keysOf(row, color)).filter((key) => key !== null),
          (key) => [key],
        )
          .sort(([[a = ''], one], [[b = ''], other]) => other.length - one.length || compare(a, b))
          .slice(0, 18)
          .map(([[key]]) => key);
  const colorNamed = (key: string | number | null) =>
    key === null || frequent.includes(String(key)) ? key : '(other)';
  const colorsOf = (row: DataRow): (string | number | null)[] => {
    if (color === undefined) return [null];
    if (!colorIsNumber) return keysOf(row, color).map(colorNamed);
    const bin = binOf(number(row[color]), color, 6, all);
    return [bin < 0 ? null : bin];
  };
  const colorBins = colorIsNumber ? edges(color, 6, all) : [];
  const entries = rows.flatMap((row) => {
    const xs = isNumber
      ? [binOf(number(row[query.x]), query.x, query.bins, all)].filter((bin) => bin >= 0)
      : keysOf(row, query.x);
    const colors = colorsOf(row);
    const sameList = query.color === query.x && Array.isArray(row[query.x]);
    const y = query.y === undefined ? null : number(row[query.y]);
    return xs.flatMap((x) =>
      (sameList ? [colorNamed(x)] : colors).map((color) => ({ x, color, y })),
    );
  });
  const bins = isNumber ? edges(query.x, query.bins, all) : [];
  return grouped(entries, ({ x, color }) => [x, color]).map(([[x, color], group]) => {
    const values = group.map(({ y }) => y).filter((y) => y !== null);
    const bin = typeof x === 'number' ? bins[x] : undefined;
    const colorBin = typeof color === 'number' ? colorBins[color] : undefined;
    return {
      ...(bin === undefined ? { x } : { x: bin.x0, x1: bin.x1 }),
      ...(colorIsNumber
        ? { color: colorBin?.x0 ?? null, color1: colorBin?.x1 ?? null }
        : { color }),
      y: aggregateOf(query.aggregate, group.length, values),
    };
  });
}

function aggregateOf(name: string, count: number, values: readonly number[]): number | null {
  if (name === 'count') return count;
  if (values.length === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (name) {
    case 'mean':
      return sum / values.length;
    case 'median':
      return quantile(values, 0.5);
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    default:
      return sum;
  }
}

const spans = new WeakMap<
  readonly DataRow[],
  Map<ColumnName, { low: number; high: number } | null>
>();

function span(column: ColumnName, all: readonly DataRow[]) {
  const known = spans.get(all) ?? new Map<ColumnName, { low: number; high: number } | null>();
  spans.set(all, known);
  let range = known.get(column);
  if (range === undefined) {
    const values = all.map((row) => number(row[column])).filter((value) => value !== null);
    range = values.length === 0 ? null : { low: Math.min(...values), high: Math.max(...values) };
    known.set(column, range);
  }
  return range;
}

/** The steps a person would mark an axis with. */
const ROUND_STEPS = Array.from({ length: 20 }, (_, place) =>
  [1, 2, 5].map((n) => Number(`${n}e${place - 8}`)),
).flat();
const FRACTIONAL: readonly ColumnName[] = ['bmi', 'weight_kg', 'height_m'];

/** The step that comes nearest, as a ratio, to a division into exactly `bins`. */
function stepOf(column: ColumnName, bins: number, all: readonly DataRow[]): number {
  const { low, high } = span(column, all) ?? { low: 0, high: 0 };
  const exact = (high - low) / bins;
  const nearest = nearestStep(exact);
  return FRACTIONAL.includes(column) ? nearest : Math.max(1, nearest);
}

const nearestSteps = new Map<number, number>();

function nearestStep(exact: number): number {
  const far = (step: number) => Math.abs(Math.log(step / exact));
  const known = nearestSteps.get(exact);
  const [nearest = 1] =
    known === undefined ? ROUND_STEPS.toSorted((a, b) => far(a) - far(b)) : [known];
  nearestSteps.set(exact, nearest);
  return nearest;
}

function edges(column: ColumnName, bins: number, all: readonly DataRow[]) {
  const range = span(column, all);
  if (range === null) return [];
  const { low, high } = range;
  if (low === high) return [{ x0: low, x1: high }];
  const step = stepOf(column, bins, all);
  const first = whereIs(low, step);
  return Array.from({ length: whereIs(high, step) - first + 1 }, (_, bin) => ({
    x0: (first + bin) * step,
    x1: (first + bin + 1) * step,
  }));
}

/** -1 where there is no value. */
function binOf(value: number | null, column: ColumnName, bins: number, all: readonly DataRow[]) {
  const range = span(column, all);
  if (value === null || range === null) return -1;
  if (range.high === range.low) return 0;
  const step = stepOf(column, bins, all);
  return whereIs(value, step) - whereIs(range.low, step);
}

/** Whole steps from nought; a value within rounding of an edge is on it. */
function whereIs(value: number, step: number): number {
  const nearest = Math.round(value / step);
  return Math.abs(value / step - nearest) < 1e-9 ? nearest : Math.floor(value / step);
}

function medians(rows: readonly DataRow[], columns: readonly ColumnName[]): Answer {
  return Object.fromEntries(
    columns.map((column) => {
      const values = rows.map((row) => number(row[column])).filter((value) => value !== null);
      return [column, values.length === 0 ? null : quantile(values, 0.5)];
    }),
  );
}

/** Linear between the two nearest values (type 7 of Hyndman and Fan). */
function quantile(values: readonly number[], part: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  const place = (ordered.length - 1) * part;
  const low = ordered[Math.floor(place)] ?? NaN;
  const high = ordered[Math.ceil(place)] ?? NaN;
  return low + (high - low) * (place - Math.floor(place));
}

function sorted(rows: readonly DataRow[], sort: readonly Sort[]): DataRow[] {
  return [...rows].sort((a, b) => {
    for (const { column, direction } of sort) {
      const [x, y] = [keyOf(a[column]), keyOf(b[column])];
      if (x === null && y === null) continue;
      if (x === null || y === null) return x === null ? 1 : -1;
      const order = compare(x, y);
      if (order !== 0) return direction === 'desc' ? -order : order;
    }
    return compare(a.id, b.id);
  });
}

/** Text as a person looks for it. */
function keyOf(cell: Cell): Cell {
  return typeof cell === 'string' ? plain(cell) : cell;
}

function compare(a: Cell, b: Cell): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [index, part] of a.entries()) {
      if (index >= b.length) return 1;
      const order = compare(part, b[index] ?? '');
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  // Texts by their bytes, as DuckDB orders them.
  if (typeof a === 'string' && typeof b === 'string')
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

function by(column: ColumnName) {
  return (a: DataRow, b: DataRow) => compare(a[column], b[column]);
}

function grouped<T, Key extends readonly unknown[]>(
  values: readonly T[],
  keyOf: (value: T) => Key,
): [Key, T[]][] {
  const groups = new Map<string, [Key, T[]]>();
  for (const value of values) {
    const key = keyOf(value);
    const text = JSON.stringify(key);
    const group = groups.get(text) ?? [key, []];
    group[1].push(value);
    groups.set(text, group);
  }
  return [...groups.values()];
}

function number(cell: Cell): number | null {
  return typeof cell === 'number' ? cell : null;
}

function list(cell: Cell): string[] {
  return Array.isArray(cell) ? cell : [];
}

function named(row: DataRow, columns: readonly ColumnName[] | undefined): Answer {
  if (columns === undefined) return { ...row };
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}
