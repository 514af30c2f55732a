import type { ChartRow } from '../../preload/contract/chart-query';
import { type ColumnName, DATASET_COLUMNS, isNumberColumn } from '../../preload/contract/dataset';
import { quotedName } from '../base/duckdb';
import type { PlainStatement } from './statements';

/** The least and the greatest value of a column; null where it has none. */
export type Extent = readonly [low: number, high: number] | null;

/** What stays the same under every filter, and so is asked once a dataset. */
export interface Extents {
  /** Pokémon of the whole dataset. */
  rows: number;
  extentOf(column: ColumnName): Extent;
  /** The lists of games there are, by `GAME_LIST_KEY`; null until they are known, or too many. */
  gameLists: ReadonlyMap<number, readonly string[]> | null;
}

const NUMBER_COLUMNS = DATASET_COLUMNS.map(({ name }) => name).filter(isNumberColumn);

/** Asks for what `readExtents` reads. */
export const EXTENTS_STATEMENT: PlainStatement = {
  sql: `SELECT count(*)::INTEGER AS rows, ${NUMBER_COLUMNS.map((name) => {
    const column = quotedName(name);
    return `[min(${column})::DOUBLE, max(${column})::DOUBLE] AS ${column}`;
  }).join(', ')} FROM pokemon`,
  values: {},
};

export function readExtents([row]: readonly ChartRow[]): Extents {
  return {
    rows: Number(row?.['rows'] ?? 0),
    extentOf(column) {
      const [low, high] = (row?.[column] ?? []) as (number | null)[];
      return typeof low === 'number' && typeof high === 'number' ? [low, high] : null;
    },
    gameLists: null,
  };
}

/**
 * A number for a list of games, of as many bits as JavaScript's numbers hold: counting numbers
 * is much cheaper than counting lists, and there are few lists.
 */
export const GAME_LIST_KEY = '(hash(games) >> 12)::BIGINT';
const MOST_LISTS = 1000;

/** Asks for what `readGameLists` reads. */
export const GAME_LISTS_STATEMENT: PlainStatement = {
  sql: `SELECT ${GAME_LIST_KEY} AS key, games FROM pokemon GROUP BY games LIMIT ${MOST_LISTS + 1}`,
  values: {},
};

/** Null where there are too many, or two lists have one key. */
export function readGameLists(rows: readonly ChartRow[]): Extents['gameLists'] {
  const lists = new Map(rows.map(({ key, games }) => [Number(key), namesIn(games)]));
  return rows.length <= MOST_LISTS && lists.size === rows.length ? lists : null;
}

function namesIn(games: unknown): string[] {
  return Array.isArray(games) ? games.filter((game) => typeof game === 'string') : [];
}
