import {
  type ColumnName,
  datasetColumn,
  isNumberColumn as isNumber,
  STATS,
} from '../../preload/contract/dataset';
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
import { type Bindings, filtersToSql, sortToSql } from './filter-sql';

export interface BoundStatement {
  sql: string;
  values: Bindings;
}

/** The SELECT that answers a card's question over view `pokemon`. Pure. */
export function chartSql({ query, filters }: ChartRequest): BoundStatement {
  if (query.kind === 'by-id') return byIdSql(query.ids);
  const condition = filtersToSql(filters);
  const selected = `(SELECT * FROM pokemon WHERE ${condition.sql})`;
  const answer = querySql(query, selected, condition.sql);
  return { sql: answer.sql, values: { ...condition.values, ...answer.values } };
}

function querySql(
  query: Exclude<ChartQuery, { kind: 'by-id' }>,
  selected: string,
  condition: string,
): BoundStatement {
  switch (query.kind) {
    case 'points':
      return pointsSql(query, selected);
    case 'histogram':
      return plain(histogramSql(query.column, query.bins, condition));
    case 'types':
      return plain(`
        SELECT type, count(*) FILTER (slot = 1)::INTEGER AS first,
          count(*) FILTER (slot = 2)::INTEGER AS second
        FROM (SELECT unnest([type_1, type_2]) AS type, unnest([1, 2]) AS slot FROM ${selected})
        WHERE type IS NOT NULL OR slot = 1 GROUP BY type ORDER BY first + second DESC, type`);
    case 'type-pairs':
      return plain(`
        SELECT type_1, type_2, count(*)::INTEGER AS n FROM ${selected}
        GROUP BY ALL ORDER BY type_1, type_2 NULLS FIRST`);
    case 'box':
      return plain(boxSql(query.column, selected));
    case 'games':
      return {
        sql: `SELECT list_filter($games, lambda g: list_contains(games, g)) AS combination,
                count(*)::INTEGER AS n
              FROM ${selected} GROUP BY ALL ORDER BY n DESC, combination`,
        values: { games: new TextList(query.games) },
      };
    case 'summary':
      return plain(`
        SELECT count(*)::INTEGER AS n, (SELECT count(*)::INTEGER FROM pokemon) AS total,
          median(height_m) AS height_m, median(weight_kg) AS weight_kg, median(bmi) AS bmi,
          median(base_experience) AS base_experience, median(stat_total) AS stat_total
        FROM ${selected}`);
    case 'group':
      return plain(groupSql(query, selected));
    case 'stat-medians':
      return plain(
        `SELECT ${STATS.map((stat) => `median(${stat}) AS ${stat}`).join(', ')} FROM ${selected}`,
      );
    case 'rows':
      return plain(
        `SELECT * FROM ${selected} ORDER BY ${sortToSql(query.sort, 'id')}
         LIMIT ${query.limit} OFFSET ${query.offset}`,
      );
    case 'neighbours':
      return plain(`
        SELECT position, previous, next FROM (
          SELECT id, (row_number() OVER place)::INTEGER AS position,
            lag(id) OVER place AS previous, lead(id) OVER place AS next
          FROM ${selected} WINDOW place AS (ORDER BY ${sortToSql(query.sort, 'id')})
        ) WHERE id = ${query.id}`);
    case 'values':
      return plain(valuesSql(query.column, selected));
    default: {
      const never: never = query;
      throw new Error(`unknown query ${JSON.stringify(never)}`);
    }
  }
}

/** Named Pokémon are shown whether selected or not. */
function byIdSql(ids: readonly number[]): BoundStatement {
  return {
    sql: `SELECT * FROM pokemon WHERE list_contains($ids, id::VARCHAR) ORDER BY id`,
    values: { ids: new TextList(ids.map(String)) },
  };
}

function plain(sql: string): BoundStatement {
  return { sql, values: {} };
}

function pointsSql(
  query: Extract<ChartQuery, { kind: 'points' }>,
  selected: string,
): BoundStatement {
  const x = numberColumn(query.x);
  const y = numberColumn(query.y);
  const color = query.color === undefined ? 'NULL' : quotedName(query.color);
  return plain(`
    SELECT id, name, ${x} AS x, ${y} AS y, ${color} AS color FROM ${selected}
    WHERE ${x} IS NOT NULL AND ${y} IS NOT NULL ORDER BY id`);
}

/**
 * Round bin edges over the whole dataset's range, as d3-array chooses ticks: a step of 1, 2 or 5
 * times a power of ten, whichever gives nearest to `bins` bins; whole numbers where the values
 * are. Makes `span` (one row: `low`, `high`, `width`; `width` null where all values are equal).
 */
function spanSql(name: ColumnName, bins: number, span = 'span'): string {
  const column = quotedName(name);
  const ends = `FROM (
    SELECT min(${column})::DOUBLE AS low, max(${column})::DOUBLE AS high FROM pokemon)`;
  return `${span} AS (${widthSql(name, bins, 'low, high', ends)})`;
}

function widthSql(name: ColumnName, bins: number, kept: string, source: string): string {
  const least = datasetColumn(name)?.type === 'INTEGER' ? 1 : 0;
  return `
    SELECT ${kept}, greatest(${least}, power * CASE WHEN raw >= sqrt(50) * power THEN 10
      WHEN raw >= sqrt(10) * power THEN 5 WHEN raw >= sqrt(2) * power THEN 2 ELSE 1 END) AS width
    FROM (
      SELECT *, pow(10, floor(log10(raw))) AS power
      FROM (SELECT *, nullif(high - low, 0) / ${bins} AS raw ${source})
    )`;
}

/** A value's bin. What a decimal fraction loses as a double must not move it one bin down. */
function binSql(value: string, span = 'span'): string {
  return `CASE WHEN ${span}.high = ${span}.low THEN 0
    ELSE floor(${value} / ${span}.width + 1e-9)::BIGINT END`;
}

/** The edges of `bin`; null where it is. */
function edgesSql(x0: string, x1 = 'x1', bin = 'bin', span = 'span'): string {
  const edge = (of: 'low' | 'high', sql: string) =>
    `CASE WHEN ${bin} IS NULL THEN NULL WHEN ${span}.high = ${span}.low THEN ${span}.${of}
      ELSE round(${sql} * ${span}.width, 12) END`;
  return `${edge('low', bin)} AS ${x0}, ${edge('high', `(${bin} + 1)`)} AS ${x1}`;
}

/** One pass over the dataset: ends of the whole and values of the selection, then bins of lists. */
function histogramSql(name: ColumnName, bins: number, condition: string): string {
  const column = numberColumn(name);
  return `
    WITH whole AS (
      SELECT min(${column})::DOUBLE AS low, max(${column})::DOUBLE AS high,
        coalesce(list(${column}) FILTER (WHERE ${condition}), []) AS chosen
      FROM pokemon
    ), span AS (${widthSql(name, bins, 'low, high, chosen', 'FROM whole')}), counted AS (
      SELECT low, high, width,
        list_histogram(list_transform(list_filter(chosen, lambda v: v IS NOT NULL),
          lambda v: ${binSql('v')})) AS counts,
        unnest(range(${binSql('low')}, ${binSql('high')} + 1)) AS bin
      FROM span WHERE low IS NOT NULL
    )
    SELECT ${edgesSql('x0', 'x1', 'bin', 'counted')}, coalesce(counts[bin], 0)::INTEGER AS n FROM counted ORDER BY bin`;
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

function groupSql(query: Extract<ChartQuery, { kind: 'group' }>, selected: string): string {
  const { aggregate, bins } = query;
  if (aggregate !== 'count' && query.y === undefined) {
    throw new AppError('bad-view', `The ${aggregate} needs a column to be taken of.`, {
      hint: 'Choose a column for y, or count.',
    });
  }
  const y = query.y === undefined || aggregate === 'count' ? '1' : numberColumn(query.y);
  const x = xOf(query.x, bins);
  const color = colorOf(query.color);
  const value = AGGREGATE_SQL[aggregate](y);
  const parts = [...x.made, ...color.made];
  const beside = [...x.beside, ...color.beside].map((name) => `, ${name}`).join('');
  return `
    WITH ${parts.map((part) => `${part}, `).join('')} grouped AS (
      SELECT ${x.key} AS x_key, ${color.key} AS color_key, ${value} AS y
      FROM ${unnested([query.x, query.color], selected)} ${beside}
      ${isNumber(query.x) ? `WHERE ${quotedName(query.x)} IS NOT NULL` : ''} GROUP BY ALL
    )
    SELECT ${x.shown}, ${color.shown}, y FROM grouped ${beside}
    ORDER BY x_key NULLS LAST, color_key NULLS LAST`;
}

/** What a grouping needs: common table expressions, which of them to join, its key, its columns. */
interface Grouping {
  made: string[];
  beside: string[];
  key: string;
  shown: string;
}

function xOf(name: ColumnName, bins: number): Grouping {
  if (!isNumber(name)) return { made: [], beside: [], key: groupKey(name), shown: 'x_key AS x' };
  return {
    made: [spanSql(name, bins)],
    beside: ['span'],
    key: binSql(quotedName(name)),
    shown: edgesSql('x', 'x1', 'x_key'),
  };
}

function colorOf(name: ColumnName | undefined): Grouping {
  if (name === undefined) {
    return { made: [], beside: [], key: 'NULL', shown: 'color_key AS color' };
  }
  if (isNumber(name)) {
    return {
      made: [spanSql(name, COLOR_BINS, 'color_span')],
      beside: ['color_span'],
      key: binSql(quotedName(name), 'color_span'),
      shown: edgesSql('color', 'color1', 'color_key', 'color_span'),
    };
  }
  const key = groupKey(name);
  return {
    made: [
      `frequent AS (
        SELECT list(value) AS names FROM (
          SELECT ${key} AS value FROM ${unnested([name], 'pokemon')}
          WHERE ${key} IS NOT NULL GROUP BY ALL ORDER BY count(*) DESC, value LIMIT ${MOST_COLORS}
        )
      )`,
    ],
    beside: ['frequent'],
    key: `CASE WHEN ${key} IS NULL OR list_contains(names, ${key}) THEN ${key}
      ELSE '${OTHER_COLOR}' END`,
    shown: 'color_key AS color',
  };
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
  const source =
    name === 'type_1' || name === 'type_2'
      ? `SELECT unnest([type_1, type_2]) AS value FROM ${selected}`
      : isList(name)
        ? `SELECT unnest(${quotedName(name)}) AS value FROM ${selected}`
        : `SELECT ${quotedName(name)}::VARCHAR AS value FROM ${selected}`;
  return `
    SELECT value, count(*)::INTEGER AS n FROM (${source})
    WHERE value IS NOT NULL GROUP BY value ORDER BY n DESC, value LIMIT 1000`;
}

function isList(name: ColumnName): boolean {
  return datasetColumn(name)?.type === 'VARCHAR[]';
}

function numberColumn(name: ColumnName): string {
  if (isNumber(name)) return quotedName(name);
  throw new AppError('bad-view', `The column ${name} holds no numbers.`, {
    hint: 'Choose a number column for this axis.',
  });
}
