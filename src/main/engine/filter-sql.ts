import { type ColumnName, type ColumnType, datasetColumn } from '../../preload/contract/dataset';
import { AppError } from '../../preload/contract/errors';
import type { Filter, Sort } from '../../preload/contract/filters';
import { quotedName } from '../base/duckdb';
import { Binder, type Bindings } from './binder';
import { searchSql } from './search-sql';

/** A condition over the dataset's columns with the values bound to it. */
export interface Condition {
  sql: string;
  values: Bindings;
}

/**
 * Filters joined by AND; TRUE for none. Column names come from the contract, values are bound.
 * `from` is all there is to choose from: what a search finds depends on what else it could find.
 */
export function filtersToSql(filters: readonly Filter[], from = 'pokemon'): Condition {
  const binder = Binder.empty();
  const parts = filters.map((filter) => `(${filterSql(filter, from, binder)})`);
  return { sql: parts.length === 0 ? 'TRUE' : parts.join(' AND '), values: binder.values };
}

/**
 * An ORDER BY list; nulls last in either direction, ties broken by `tiebreak`. Text stands where a
 * person looks for it: capitals and accents do not matter, so Flabébé comes before Floette.
 */
export function sortToSql(sort: readonly Sort[], tiebreak: string): string {
  const keys = sort.map(
    ({ column, direction }) =>
      `${sortKey(column)} ${direction === 'desc' ? 'DESC' : 'ASC'} NULLS LAST`,
  );
  return [...keys, quotedName(tiebreak)].join(', ');
}

function sortKey(name: ColumnName): string {
  const column = quotedName(name);
  return datasetColumn(name)?.type === 'VARCHAR' ? `lower(strip_accents(${column}))` : column;
}

/** The columns a filter looks at. */
export function filterColumns(filter: Filter): ColumnName[] {
  switch (filter.kind) {
    case 'range':
    case 'one-of':
      return [filter.column];
    case 'types':
    case 'type-pairs':
      return ['type_1', 'type_2'];
    case 'games':
    case 'game-sets':
      return ['games'];
    case 'lasso':
      return [filter.x, filter.y];
    case 'search':
      return ['name', 'id', 'type_1', 'type_2', 'abilities'];
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

function filterSql(filter: Filter, from: string, binder: Binder): string {
  switch (filter.kind) {
    case 'range':
      return rangeSql(filter, binder);
    case 'one-of':
      return oneOfSql(filter, binder);
    case 'types':
      return overlapSql('[type_1, type_2]', filter.values, filter.match, binder);
    case 'games':
      return overlapSql('games', filter.values, filter.match, binder);
    case 'game-sets':
      return gameSetsSql(filter, binder);
    case 'type-pairs':
      return typePairsSql(filter, binder);
    case 'lasso':
      return lassoSql(filter, binder);
    case 'search':
      return searchSql(filter.text, from, (words) => binder.list(words));
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

function overlapSql(
  list: string,
  values: readonly string[],
  match: 'any' | 'all',
  binder: Binder,
): string {
  return `${match === 'any' ? 'list_has_any' : 'list_has_all'}(${list}, ${binder.list(values)})`;
}

/** A pair as one text; a single type has nothing behind the line break. */
function typePairsSql({ pairs }: Extract<Filter, { kind: 'type-pairs' }>, binder: Binder): string {
  const keys = pairs.map(({ type_1, type_2 }) => `${type_1}\n${type_2 ?? ''}`);
  return `list_contains(${binder.list(keys)}, type_1 || chr(10) || coalesce(type_2, ''))`;
}

/** A combination as one text; its games stand in the order in which they are named. */
function gameSetsSql(
  { games, sets }: Extract<Filter, { kind: 'game-sets' }>,
  binder: Binder,
): string {
  const named = [...new Set(games)];
  const keys = sets.map((set) => named.filter((game) => set.includes(game)).join('\n'));
  const own = `list_filter(${binder.list(named)}, lambda g: list_contains(games, g))`;
  return `list_contains(${binder.list(keys)}, array_to_string(${own}, chr(10)))`;
}

function rangeSql(filter: Extract<Filter, { kind: 'range' }>, binder: Binder): string {
  const column = numberColumn(filter.column);
  const parts = [`${column} IS NOT NULL`];
  if (filter.min !== undefined) parts.push(`${column} >= ${binder.number(filter.min)}`);
  if (filter.max !== undefined) {
    parts.push(`${column} ${filter.below === true ? '<' : '<='} ${binder.number(filter.max)}`);
  }
  return parts.join(' AND ');
}

function numberColumn(name: ColumnName): string {
  const type = datasetColumn(name)?.type;
  if (type !== 'INTEGER' && type !== 'DOUBLE') {
    throw new AppError('bad-view', `The column ${name} has no numbers to take a range of.`, {
      hint: 'Use one-of for text columns.',
    });
  }
  return quotedName(name);
}

function oneOfSql(filter: Extract<Filter, { kind: 'one-of' }>, binder: Binder): string {
  const column = quotedName(filter.column);
  const type = datasetColumn(filter.column)?.type;
  const parts: string[] = [];
  const texts = filter.values.filter((value) => typeof value === valueType(type)).map(String);
  if (texts.length > 0) parts.push(isOneOf(column, type, binder.list(texts)));
  if (filter.values.includes(null)) parts.push(`${column} IS NULL`);
  return parts.length === 0 ? 'FALSE' : parts.join(' OR ');
}

function isOneOf(column: string, type: ColumnType | undefined, list: string): string {
  switch (type) {
    case 'VARCHAR[]':
      return `list_has_any(${column}, ${list})`;
    case 'INTEGER':
    case 'DOUBLE':
      return `list_contains(${list}::DOUBLE[], ${column}::DOUBLE)`;
    default:
      return `list_contains(${list}, ${column}::VARCHAR)`;
  }
}

/** A value of any other type equals nothing in the column. */
function valueType(type: ColumnType | undefined): 'number' | 'boolean' | 'string' {
  if (type === 'INTEGER' || type === 'DOUBLE') return 'number';
  return type === 'BOOLEAN' ? 'boolean' : 'string';
}

/**
 * Even-odd rule. Source: W. R. Franklin, “PNPOLY”. On logarithmic axes edges
 * are straight on the screen, so both point and vertices are taken to logarithms.
 */
function lassoSql(filter: Extract<Filter, { kind: 'lasso' }>, binder: Binder): string {
  const scale = (sql: string) => (filter.log ? `log10(${sql})` : sql);
  const x = numberColumn(filter.x);
  const y = numberColumn(filter.y);
  const usable = filter.log ? `${x} > 0 AND ${y} > 0` : `${x} IS NOT NULL AND ${y} IS NOT NULL`;
  const toScale = (value: number) => (filter.log ? Math.log10(value) : value);
  const outlines = [filter.points, ...(filter.more ?? [])].map((points) =>
    points.map(([px, py]) => [toScale(px), toScale(py)] as const),
  );
  if (outlines.flat(2).some((value) => !Number.isFinite(value))) {
    throw new AppError('bad-view', 'A lasso on logarithmic axes has a vertex at or below 0.', {
      hint: 'Draw the selection again.',
    });
  }
  const inside = outlines.map((points) => insideSql(points, scale(x), scale(y), binder));
  return `CASE WHEN ${usable} THEN ${inside.join(' OR ')} ELSE FALSE END`;
}

function insideSql(
  points: readonly (readonly [number, number])[],
  x: string,
  y: string,
  binder: Binder,
): string {
  // Per edge: x and y of one end, slope, and the half-open span of y it crosses.
  const edges = points.flatMap(([ax, ay], index) => {
    const [bx, by] = points[(index + 1) % points.length] ?? [ax, ay];
    if (ay === by) return [];
    return [[ax, ay, (bx - ax) / (by - ay), Math.min(ay, by), Math.max(ay, by)]];
  });
  const list = (part: number) =>
    `${binder.list(edges.map((edge) => String(edge[part])))}::DOUBLE[]`;
  const crossed = `${y} >= e[4] AND ${y} < e[5] AND ${x} < e[1] + e[3] * (${y} - e[2])`;
  return `len(list_filter(
    list_zip(${[0, 1, 2, 3, 4].map(list).join(', ')}), lambda e: ${crossed})) % 2 = 1`;
}
