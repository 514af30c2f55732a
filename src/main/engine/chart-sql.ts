import {
  type ColumnName,
  datasetColumn,
  isNumberColumn as isNumber,
} from '../../preload/contract/dataset';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import {
  type Aggregate,
  type ChartQuery,
  type ChartRequest,
  COLOR_BINS,
  MOST_COLORS,
  OTHER_COLOR,
} from '../../preload/contract/chart-query';
import { quotedName, TextList } from '../base/duckdb';
import { type Bins, binsOver, binSql } from './bins';
import { numberColumn } from './column-sql';
import type { Extents } from './extents';

import type { BoundStatement } from './statements';
import { orderSql, whereSql } from './where-sql';

/** The SELECT that answers, over view `pokemon`, what no tally answers. Pure. */
export function chartSql(
  { query, filters }: ChartRequest,
  extents: Extents,
  dataset: DatasetDescriptor,
): BoundStatement {
  if (query.kind === 'by-id') return byIdSql(query.ids);
  const condition = whereSql(filters, dataset, 'pokemon');
  const selected = `(SELECT * FROM pokemon WHERE ${condition.sql})`;
  return { sql: querySql(query, selected, extents, dataset), values: condition.values };
}

function querySql(
  query: Exclude<ChartQuery, { kind: 'by-id' }>,
  selected: string,
  extents: Extents,
  dataset: DatasetDescriptor,
): string {
  switch (query.kind) {
    case 'points':
      return pointsSql(query, selected);
    case 'box':
      return boxSql(query.column, selected);
    case 'group':
      return groupSql(query, selected, extents);
    case 'rows':
      return `SELECT ${columnList(query.columns)} FROM ${selected}
        ORDER BY ${orderSql(query.sort, dataset, 'id')} LIMIT ${query.limit} OFFSET ${query.offset}`;
    case 'neighbours':
      return `
        SELECT position, previous, next FROM (
          SELECT id, (row_number() OVER place)::INTEGER AS position,
            lag(id) OVER place AS previous, lead(id) OVER place AS next
          FROM ${selected} WINDOW place AS (ORDER BY ${orderSql(query.sort, dataset, 'id')})
        ) WHERE id = ${query.id}`;
    case 'values':
      return valuesSql(query.column, selected);
    default:
      throw new Error(`${query.kind} is a tally`);
  }
}

function columnList(names: readonly ColumnName[] | undefined): string {
  return names === undefined ? '*' : [...new Set(names)].map(quotedName).join(', ');
}

/** Named Pokémon are shown whether selected or not. */
function byIdSql(ids: readonly number[]): BoundStatement {
  return {
    sql: `SELECT * FROM pokemon WHERE list_contains($ids, id::VARCHAR) ORDER BY id`,
    values: { ids: new TextList(ids.map(String)) },
  };
}

function pointsSql(query: Extract<ChartQuery, { kind: 'points' }>, selected: string): string {
  const x = numberColumn(query.x);
  const y = numberColumn(query.y);
  const color = query.color === undefined ? 'NULL' : quotedName(query.color);
  return `
    SELECT id, name, ${x} AS x, ${y} AS y, ${color} AS color FROM ${selected}
    WHERE ${x} IS NOT NULL AND ${y} IS NOT NULL ORDER BY id`;
}

function boxSql(name: ColumnName, selected: string): string {
  const column = numberColumn(name);
  return `
    SELECT type, count(value)::INTEGER AS n, min(value)::DOUBLE AS low,
      quantile_cont(value, 0.25) AS q1, median(value) AS median,
      quantile_cont(value, 0.75) AS q3, max(value)::DOUBLE AS high
    FROM (
      SELECT unnest([type_1, type_2]) AS type, unnest([1, 2]) AS slot, ${column}::DOUBLE AS value
      FROM ${selected}
    ) WHERE value IS NOT NULL AND (type IS NOT NULL OR slot = 1) GROUP BY type ORDER BY median DESC, type`;
}

const AGGREGATE_SQL: Record<Aggregate, (column: string) => string> = {
  count: () => 'count(*)::INTEGER',
  mean: (column) => `avg(${column})`,
  median: (column) => `median(${column})`,
  min: (column) => `min(${column})`,
  max: (column) => `max(${column})`,
  sum: (column) => `sum(${column})::DOUBLE`,
};

function groupSql(
  query: Extract<ChartQuery, { kind: 'group' }>,
  selected: string,
  extents: Extents,
): string {
  const { aggregate, bins } = query;
  if (aggregate !== 'count' && query.y === undefined) {
    throw new AppError('bad-view', `The ${aggregate} needs a column to be taken of.`, {
      hint: 'Choose a column for y, or count.',
    });
  }
  const y = query.y === undefined || aggregate === 'count' ? '1' : numberColumn(query.y);
  const x = xOf(query.x, bins, extents);
  const color = colorOf(query.color, extents);
  const value = AGGREGATE_SQL[aggregate](y);
  const made = color.made === undefined ? '' : `${color.made}, `;
  const beside = color.beside === undefined ? '' : `, ${color.beside}`;
  return `
    WITH ${made} grouped AS (
      SELECT ${x.key} AS x_key, ${color.key} AS color_key, ${value} AS y
      FROM ${unnested([query.x, query.color], selected)} ${beside}
      ${isNumber(query.x) ? `WHERE ${quotedName(query.x)} IS NOT NULL` : ''}
      GROUP BY x_key, color_key
    )
    SELECT ${x.shown}, ${color.shown}, y FROM grouped
    ORDER BY x_key NULLS LAST, color_key NULLS LAST`;
}

/** What a grouping needs: a common table expression, whether to join it, its key, its columns. */
interface Grouping {
  made?: string;
  beside?: string;
  key: string;
  shown: string;
}

function xOf(name: ColumnName, about: number, extents: Extents): Grouping {
  if (!isNumber(name)) return { key: groupKey(name), shown: 'x_key AS x' };
  const bins = binsOver(name, about, extents.extentOf(name));
  return { key: binSql(quotedName(name), bins), shown: edgesSql('x', 'x1', 'x_key', bins) };
}

function colorOf(name: ColumnName | undefined, extents: Extents): Grouping {
  if (name === undefined) return { key: 'NULL', shown: 'color_key AS color' };
  if (isNumber(name)) {
    const bins = binsOver(name, COLOR_BINS, extents.extentOf(name));
    return {
      key: binSql(quotedName(name), bins),
      shown: edgesSql('color', 'color1', 'color_key', bins),
    };
  }
  const key = groupKey(name);
  return {
    made: `frequent AS (
      SELECT list(value) AS names FROM (
        SELECT ${key} AS value FROM ${unnested([name], 'pokemon')}
        WHERE ${key} IS NOT NULL GROUP BY ALL ORDER BY count(*) DESC, value LIMIT ${MOST_COLORS}
      )
    )`,
    beside: 'frequent',
    key: `CASE WHEN ${key} IS NULL OR list_contains(names, ${key}) THEN ${key}
      ELSE '${OTHER_COLOR}' END`,
    shown: 'color_key AS color',
  };
}

/** The edges of the bin `key`; null where it is. */
function edgesSql(x0: string, x1: string, key: string, bins: Bins | null): string {
  const width = bins?.width ?? null;
  const edge = (of: 'low' | 'high', bin: string) => {
    if (bins === null) return 'NULL::DOUBLE';
    if (width === null) return `CASE WHEN ${key} IS NOT NULL THEN ${bins[of]}::DOUBLE END`;
    return `round(${bin} * ${width}::DOUBLE, 12)`;
  };
  return `${edge('low', key)} AS ${x0}, ${edge('high', `(${key} + 1)`)} AS ${x1}`;
}

function groupKey(name: ColumnName): string {
  return isList(name) ? quotedName(`each ${name}`) : `${quotedName(name)}::VARCHAR`;
}

/** A list column as a group key counts a Pokémon once an element, two of them once a pair. */
function unnested(names: readonly (ColumnName | undefined)[], selected: string): string {
  const lists = new Set(names.filter((name) => name !== undefined).filter(isList));
  // One within the other: side by side DuckDB would unnest them in step.
  return [...lists].reduce((source, name) => {
    const each = quotedName(`each ${name}`);
    return `(SELECT *, unnest(${quotedName(name)}) AS ${each} FROM ${source})`;
  }, selected);
}

function valuesSql(name: ColumnName, selected: string): string {
  const source = isList(name)
    ? `SELECT unnest(${quotedName(name)}) AS value FROM ${selected}`
    : `SELECT ${quotedName(name)}::VARCHAR AS value FROM ${selected}`;
  return `
    SELECT value, count(*)::INTEGER AS n FROM (${source})
    WHERE value IS NOT NULL GROUP BY value ORDER BY n DESC, value LIMIT 1000`;
}

function isList(name: ColumnName): boolean {
  return datasetColumn(name)?.type === 'VARCHAR[]';
}
