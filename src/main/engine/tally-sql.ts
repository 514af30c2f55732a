import type { ChartQuery, ChartRow } from '../../preload/contract/chart-query';
import { STATS } from '../../preload/contract/dataset';
import { quotedName } from '../base/duckdb';
import { binEdges, binNumbers, binsOver, binSql } from './bins';
import { numberColumn } from './column-sql';
import { type Extents, GAME_LIST_KEY } from './extents';

/**
 * A question that one pass over the selection answers by aggregates alone. All such questions
 * of a selection share one statement: planning a statement takes longer than running it here.
 */
export interface Tally {
  /** Aggregates; what is not a name or a number of our own is bound with `bind`. */
  aggregates: string[];
  /** The answer, from the aggregates' values in order. */
  read(values: readonly unknown[]): ChartRow[];
}

type Bind = (value: string) => string;

/** DuckDB's `histogram`: how often each key came. Null stands for none at all. */
type Counts<Key> = readonly { key: Key; value: number }[] | null;

const SUMMARY_MEDIANS = ['height_m', 'weight_kg', 'bmi', 'base_experience', 'stat_total'] as const;
const MOST_VALUES = 1000;

/** Null for a question that needs a statement of its own. */
export function tallyOf(query: ChartQuery, extents: Extents, bind: Bind): Tally | null {
  switch (query.kind) {
    case 'ids':
      return { aggregates: [IDS], read: ([ids]) => [{ ids: ascending(ids) }] };
    case 'histogram':
      return histogram(query, extents);
    case 'missing':
      return {
        aggregates: [`(count(*) FILTER (${quotedName(query.column)} IS NULL))::INTEGER`],
        read: ([n]) => [{ n }],
      };
    case 'summary':
      return {
        aggregates: ['count(*)::INTEGER', ...SUMMARY_MEDIANS.map(medianSql)],
        read: ([n, ...medians]) => [{ n, total: extents.rows, ...named(SUMMARY_MEDIANS, medians) }],
      };
    case 'stat-medians':
      return { aggregates: STATS.map(medianSql), read: (medians) => [named(STATS, medians)] };
    case 'types':
      return { aggregates: [PAIRS], read: ([pairs]) => typeCounts(pairs as Counts<Pair>) };
    case 'type-pairs':
      return { aggregates: [PAIRS], read: ([pairs]) => pairCounts(pairs as Counts<Pair>) };
    case 'rows':
      return firstIds(query, extents);
    case 'values':
      if (query.column === 'games') return gameCounts(extents.gameLists);
      if (query.column !== 'type_1' && query.column !== 'type_2') return null;
      return { aggregates: [PAIRS], read: ([pairs]) => typeValues(pairs as Counts<Pair>) };
    case 'games':
      return gameSets(query.games, bind, extents.gameLists);
    default:
      return null;
  }
}

/** In no order that DuckDB promises; sorting them there costs a quarter of the statement. */
const IDS = 'list(id)';
/** Of a dataset with more rows, one page of ids is cheaper than all of them. */
const MOST_IDS = 10_000;

/** A page of ids alone, in their own order: a piece of the list that `ids` asks for. */
function firstIds(
  { columns, sort, offset, limit }: Extract<ChartQuery, { kind: 'rows' }>,
  extents: Extents,
): Tally | null {
  const idsAlone = columns?.every((column) => column === 'id') ?? false;
  if (!idsAlone || sort.length > 0 || extents.rows > MOST_IDS) return null;
  return {
    aggregates: [IDS],
    read: ([ids]) =>
      ascending(ids)
        .slice(offset, offset + limit)
        .map((id) => ({ id })),
  };
}

function ascending(ids: unknown): number[] {
  return ((ids as number[] | null) ?? []).toSorted((a, b) => a - b);
}

function medianSql(column: string): string {
  return `median(${quotedName(column)})`;
}

function named(names: readonly string[], values: readonly unknown[]): ChartRow {
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

function histogram(
  { column, bins: about }: Extract<ChartQuery, { kind: 'histogram' }>,
  extents: Extents,
): Tally {
  const bins = binsOver(column, about, extents.extentOf(column));
  return {
    aggregates: [`histogram(${binSql(numberColumn(column), bins)})`],
    read([counted]) {
      if (bins === null) return [];
      const counts = new Map((counted as Counts<number>)?.map(({ key, value }) => [key, value]));
      return binNumbers(bins).map((bin) => {
        const [x0, x1] = binEdges(bin, bins);
        return { x0, x1, n: counts.get(bin) ?? 0 };
      });
    },
  };
}

interface Pair {
  first: string | null;
  second: string | null;
}

const PAIRS = 'histogram({first: type_1, second: type_2})';

function pairCounts(pairs: Counts<Pair>): ChartRow[] {
  return [...(pairs ?? [])]
    .sort(
      ({ key: a }, { key: b }) =>
        byText(a.first, b.first, 'last') || byText(a.second, b.second, 'first'),
    )
    .map(({ key, value }) => ({ type_1: key.first, type_2: key.second, n: value }));
}

function typeCounts(pairs: Counts<Pair>): ChartRow[] {
  const counts = new Map<string | null, { first: number; second: number }>();
  const add = (type: string | null, slot: 'first' | 'second', n: number) => {
    const count = counts.get(type) ?? { first: 0, second: 0 };
    count[slot] += n;
    counts.set(type, count);
  };
  for (const { key, value } of pairs ?? []) {
    add(key.first, 'first', value);
    if (key.second !== null) add(key.second, 'second', value);
  }
  return [...counts]
    .map(([type, count]) => ({ type, ...count }))
    .sort((a, b) => b.first + b.second - (a.first + a.second) || byText(a.type, b.type, 'last'));
}

/** Each type with the Pokémon that have it in either slot. */
function typeValues(pairs: Counts<Pair>): ChartRow[] {
  return typeCounts(pairs)
    .filter(({ type }) => type !== null)
    .map(({ type, first, second }) => ({ value: type, n: Number(first) + Number(second) }))
    .slice(0, MOST_VALUES);
}

const GAME_LISTS = `histogram(${GAME_LIST_KEY})`;

/** The Pokémon of each game. */
function gameCounts(lists: Extents['gameLists']): Tally | null {
  if (lists === null) return null;
  return {
    aggregates: [GAME_LISTS],
    read([counted]) {
      const counts = new Map<string, number>();
      for (const { key, value } of (counted as Counts<number>) ?? []) {
        for (const game of lists.get(key) ?? []) counts.set(game, (counts.get(game) ?? 0) + value);
      }
      return [...counts]
        .map(([value, n]) => ({ value, n }))
        .sort((a, b) => b.n - a.n || byText(a.value, b.value, 'last'))
        .slice(0, MOST_VALUES);
    },
  };
}

/** Which of the named games a Pokémon is in, as the bits of a number. */
function gameSets(games: readonly string[], bind: Bind, lists: Extents['gameLists']): Tally {
  if (lists !== null) {
    return {
      aggregates: [GAME_LISTS],
      read: ([counted]) =>
        setCounts(games, counted as Counts<number>, (key) => {
          const named = lists.get(key) ?? [];
          return games.reduce((bits, game, bit) => bits | (Number(named.includes(game)) << bit), 0);
        }),
    };
  }
  const bits = games.map(
    (game, bit) => `(coalesce(list_contains(games, ${bind(game)}), false)::INTEGER << ${bit})`,
  );
  return {
    aggregates: [`histogram(${bits.join(' | ')})`],
    read: ([counted]) => setCounts(games, counted as Counts<number>, (bits) => bits),
  };
}

function setCounts(
  games: readonly string[],
  counted: Counts<number>,
  bitsOf: (key: number) => number,
): ChartRow[] {
  const sets = new Map<number, number>();
  for (const { key, value } of counted ?? []) {
    const bits = bitsOf(key);
    sets.set(bits, (sets.get(bits) ?? 0) + value);
  }
  return [...sets]
    .map(([bits, n]) => ({ combination: games.filter((_, bit) => (bits & (1 << bit)) !== 0), n }))
    .sort((a, b) => b.n - a.n || byTexts(a.combination, b.combination));
}

/** As DuckDB orders lists: by the first element that differs, a shorter one before. */
function byTexts(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((text, index) => text !== b[index]);
  if (differs === -1) return a.length - b.length;
  return byText(a[differs] ?? null, b[differs] ?? null, 'first');
}

/** As DuckDB orders texts: by their bytes in UTF-8. */
function byText(a: string | null, b: string | null, nulls: 'first' | 'last'): number {
  if (a === b) return 0;
  if (a === null || b === null) return (a === null) === (nulls === 'first') ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
