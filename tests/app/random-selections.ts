import type { ChartQuery } from './chart-queries';
import { COLUMN_NAMES, type ColumnName } from '../../src/preload/contract/dataset';
import type { Filter } from '../../src/main/shaping/format-1-filters';
import { pick } from '../helpers/seeded-random';
import type { Cell, DataRow } from './chart-oracle';

type Random = () => number;

const NUMBERS: ColumnName[] = [
  'id',
  'base_experience',
  'weight',
  'height',
  'order',
  'bmi',
  'weight_kg',
  'height_m',
  'hp',
  'attack',
  'defense',
  'special_attack',
  'special_defense',
  'speed',
  'stat_total',
];
const WORDS: ColumnName[] = [
  'name',
  'type_1',
  'type_2',
  'games',
  'abilities',
  'species',
  'is_default',
];
const GAMES = ['red', 'blue', 'leafgreen', 'white', 'no-such-game'];

/** One to four filters of any kinds, with values that occur in the data. */
export function randomFilters(random: Random, rows: readonly DataRow[]): Filter[] {
  const count = 1 + Math.floor(random() * 4);
  return Array.from({ length: count }, () => randomFilter(random, rows));
}

function randomFilter(random: Random, rows: readonly DataRow[]): Filter {
  const row = () => pick(random, rows);
  const type = () => String(row().type_1);
  switch (
    pick(random, [
      'range',
      'range',
      'one-of',
      'types',
      'games',
      'game-sets',
      'pairs',
      'lasso',
      'search',
    ])
  ) {
    case 'range': {
      const column = pick(random, NUMBERS);
      // Ends that are values of the data: whether they are included shows.
      const ends = [numberOf(row()[column]), numberOf(row()[column])].sort((a, b) => a - b);
      const [min = 0, max = 0] = ends;
      const kind = 'range' as const;
      return pick(random, [
        { kind, column, min, max },
        { kind, column, min },
        { kind, column, max },
      ]);
    }
    case 'one-of': {
      const column = pick(random, [...WORDS, 'id', 'height_m', 'bmi'] as ColumnName[]);
      const values = Array.from({ length: 1 + Math.floor(random() * 30) }, () =>
        elementOf(random, row()[column]),
      );
      return { kind: 'one-of', column, values };
    }
    case 'types':
      return {
        kind: 'types',
        values: Array.from({ length: 1 + Math.floor(random() * 3) }, type),
        match: pick(random, ['any', 'any', 'all']),
      };
    case 'games':
      return {
        kind: 'games',
        values: Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, GAMES)),
        match: pick(random, ['any', 'all']),
      };
    case 'game-sets': {
      const games = GAMES.slice(0, 2 + Math.floor(random() * 4));
      return {
        kind: 'game-sets',
        games,
        sets: Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
          const own = row().games as string[];
          return games.filter((game) => own.includes(game));
        }),
      };
    }
    case 'pairs':
      return {
        kind: 'type-pairs',
        pairs: Array.from({ length: 1 + Math.floor(random() * 12) }, () => {
          const { type_1, type_2 } = row();
          return { type_1: String(type_1), type_2: type_2 === null ? null : String(type_2) };
        }),
      };
    case 'lasso':
      return randomLasso(random, rows);
    default: {
      const { name, abilities } = row();
      const word = pick(random, [String(name), ...(abilities as string[])]);
      const start = Math.floor(random() * Math.max(1, word.length - 3));
      const part = word.slice(start, start + 1 + Math.floor(random() * 4)).trim() || 'a';
      return { kind: 'search', text: random() < 0.3 ? `${part.toUpperCase()} ${type()}` : part };
    }
  }
}

/** A rough ring around a point of the data, with corners off every value's own place. */
function randomLasso(random: Random, rows: readonly DataRow[]): Filter {
  const x = pick(random, NUMBERS);
  const y = pick(random, NUMBERS);
  const log = random() < 0.5;
  const middle = pick(random, rows);
  const [mx, my] = [numberOf(middle[x]), numberOf(middle[y])];
  const corners = 3 + Math.floor(random() * 20);
  const ring = () =>
    Array.from({ length: corners }, (_, index): [number, number] => {
      const angle = ((index + random() * 0.5) / corners) * 2 * Math.PI;
      const reach = 0.2 + random() * 1.5;
      if (log) {
        return [
          Math.max(Math.abs(mx), 0.1) * 10 ** (Math.cos(angle) * reach),
          Math.max(Math.abs(my), 0.1) * 10 ** (Math.sin(angle) * reach),
        ];
      }
      return [
        mx + Math.cos(angle) * reach * (Math.abs(mx) + 1) + random() * 1e-3,
        my + Math.sin(angle) * reach * (Math.abs(my) + 1) + random() * 1e-3,
      ];
    });
  const more = Array.from({ length: random() < 0.3 ? 2 : 0 }, ring);
  return { kind: 'lasso', x, y, log, points: ring(), ...(more.length > 0 ? { more } : {}) };
}

/** One question of every kind. */
export function randomQueries(random: Random, rows: readonly DataRow[]): ChartQuery[] {
  const numeric = () => pick(random, NUMBERS);
  const grouping = pick(random, [...WORDS, ...NUMBERS]);
  return [
    { kind: 'points', x: numeric(), y: numeric(), color: pick(random, [...WORDS, ...NUMBERS]) },
    { kind: 'histogram', column: numeric(), bins: 2 + Math.floor(random() * 40) },
    { kind: 'types' },
    { kind: 'type-pairs' },
    { kind: 'box', column: numeric() },
    { kind: 'games', games: ['red', 'blue', 'leafgreen', 'white'] },
    { kind: 'summary' },
    { kind: 'stat-medians' },
    {
      kind: 'group',
      x: grouping,
      y: numeric(),
      ...(random() < 0.7 ? { color: pick(random, [...WORDS, ...NUMBERS]) } : {}),
      aggregate: pick(random, ['count', 'mean', 'median', 'min', 'max', 'sum'] as const),
      bins: 2 + Math.floor(random() * 20),
    },
    {
      kind: 'rows',
      columns:
        random() < 0.5 ? ['id', pick(random, NUMBERS), pick(random, WORDS)] : [...COLUMN_NAMES],
      sort: Array.from({ length: Math.floor(random() * 3) }, () => ({
        column: pick(random, [...NUMBERS, ...WORDS]),
        direction: pick(random, ['asc', 'desc'] as const),
      })),
      offset: Math.floor(random() * 50),
      limit: 1 + Math.floor(random() * 60),
    },
    { kind: 'by-id', ids: [Number(pick(random, rows).id), 99_999] },
    { kind: 'values', column: pick(random, WORDS) },
  ];
}

function elementOf(random: Random, cell: Cell): string | number | boolean | null {
  if (!Array.isArray(cell)) return cell;
  return cell.length === 0 ? 'nothing' : pick(random, cell);
}

function numberOf(cell: Cell): number {
  return typeof cell === 'number' ? cell : 0;
}
