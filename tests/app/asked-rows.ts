import type { ColumnName } from '../../src/preload/contract/dataset';
import type { AnswerTo, Answers, Question } from '../../src/preload/contract/questions';
import type { ChartQuery } from './chart-queries';

/**
 * The oracles' questions put as the contract has them, and its answers as rows, which the oracles
 * expect: what is expected stays as it was when cards asked in another way.
 */
const TYPES = ['type_1', 'type_2'];
const CELLS = { across: 96, up: 60 };
const MOST = 1000;

export const TILES = ['height_m', 'weight_kg', 'bmi', 'base_experience', 'stat_total'];
const STATS = ['hp', 'attack', 'defense', 'special_attack', 'special_defense', 'speed'];

type Row = Record<string, unknown>;

export function questionOf(query: ChartQuery): Question {
  switch (query.kind) {
    case 'points':
      return {
        kind: 'density',
        x: query.x,
        y: query.y,
        log: false,
        ...CELLS,
        ...(query.color === undefined ? {} : { color: query.color }),
      };
    case 'histogram':
    case 'missing':
      return { kind: 'histogram', column: query.column, bins: 'bins' in query ? query.bins : 30 };
    case 'types':
      return { kind: 'counts', columns: TYPES, most: MOST };
    case 'values':
      return { kind: 'counts', columns: valuesOf(query.column), most: MOST };
    case 'type-pairs':
      return { kind: 'pairs', x: 'type_1', y: 'type_2' };
    case 'box':
      return { kind: 'spread', column: query.column, by: TYPES };
    case 'games':
      return { kind: 'sets', column: 'games', members: query.games };
    case 'summary':
      return { kind: 'summary', of: TILES.map((column) => ({ column, as: 'median' as const })) };
    case 'stat-medians':
      return { kind: 'summary', of: STATS.map((column) => ({ column, as: 'median' as const })) };
    case 'group':
      return query;
    case 'rows':
      return {
        kind: 'rows',
        columns: [...query.columns],
        sort: [...query.sort],
        from: query.offset,
        count: query.limit,
      };
    case 'by-id':
      return { kind: 'byId', ids: query.ids.map(String) };
    default:
      throw new Error('unknown query');
  }
}

/** Either slot counts for a type. */
function valuesOf(column: string): string[] {
  return TYPES.includes(column) ? TYPES : [column];
}

export function rowsOf(query: ChartQuery, answer: AnswerTo<Question>): Row[] {
  switch (query.kind) {
    case 'points': {
      const density = answer as Answers['density'];
      if (density.drawn !== 'points') throw new Error('649 rows are dots');
      return density.points.map(({ id, title, x, y, color }) => ({
        id: Number(id),
        name: title,
        x,
        y,
        color: isList(query.color) ? (color === null ? [] : String(color).split(', ')) : color,
      }));
    }
    case 'histogram': {
      const { edges, counts } = answer as Answers['histogram'];
      return counts.map((n, at) => ({ x0: edges[at], x1: edges[at + 1], n }));
    }
    case 'missing':
      return [{ n: (answer as Answers['histogram']).leftOut }];
    case 'types':
      return (answer as Answers['counts']).values.map(({ value, n: [first, second] }) => ({
        type: value,
        first,
        second,
      }));
    case 'values':
      return (answer as Answers['counts']).values.flatMap(({ value, rows }) =>
        value === null ? [] : [{ value: String(value), n: rows }],
      );
    case 'type-pairs':
      return (answer as Answers['pairs']).pairs.map(({ x, y, n }) => ({ type_1: x, type_2: y, n }));
    case 'box':
      return (answer as Answers['spread']).groups.map(
        ({ value, n, least, q1, median, q3, most }) => ({
          type: value,
          n,
          low: least,
          q1,
          median,
          q3,
          high: most,
        }),
      );
    case 'games':
      return (answer as Answers['sets']).sets.map(({ set, n }) => ({ combination: set, n }));
    case 'summary': {
      const { n, total, values } = answer as Answers['summary'];
      return [{ n, total, ...figures(TILES, values) }];
    }
    case 'stat-medians':
      return [figures(STATS, (answer as Answers['summary']).values)];
    case 'group':
      return (answer as Answers['group']).groups.map(({ x, color, ...group }) => ({
        ...group,
        // Bins are numbers; values are told by their text.
        x: 'x1' in group ? x : textOf(x),
        color: 'color1' in group ? color : textOf(color),
      }));
    case 'rows':
    case 'by-id': {
      const { columns, rows } = answer as Answers['rows'];
      return rows.map(({ cells }) =>
        Object.fromEntries(columns.map((column, at) => [column, cells[at]])),
      );
    }
    default:
      throw new Error('unknown query');
  }
}

/** A list is told as one text, its elements one after the other. */
function isList(column: ColumnName | undefined): boolean {
  return column === 'games' || column === 'abilities';
}

function textOf(value: unknown): string | null {
  return value === null ? null : String(value);
}

function figures(columns: readonly string[], values: Answers['summary']['values']): Row {
  return Object.fromEntries(columns.map((column, at) => [column, values[at]?.value ?? null]));
}
