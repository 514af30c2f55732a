import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DescribedTable, describedTable } from './described-table';

/** Rows with nulls, what is not a number, ties and odd text. */
const made = (rows: number) => `SELECT i::INTEGER AS id,
    CASE WHEN i % 11 = 0 THEN NULL ELSE ['b', 'a', 'É', '', '🦖', '\uFF5E'][1 + i % 6] END AS kind,
    CASE i % 97 WHEN 0 THEN NULL WHEN 1 THEN 'NaN'::DOUBLE WHEN 2 THEN 'Infinity'::DOUBLE
      ELSE (hash(i) % 10000) / 100 END AS x,
    ((hash(i + 7) % 2000) / 10)::FLOAT AS y,
    (hash(i + 9) % 3)::INTEGER AS few,
    DATE '2024-01-01' + (i % 700)::INTEGER AS day,
    'text ' || i AS own,
    i % 3 = 0 AS flag,
    [i % 4, 9] AS list
  FROM range(${rows}) every(i)`;

const QUESTIONS = [
  { kind: 'histogram', column: 'x', bins: 30 },
  { kind: 'histogram', column: 'y', bins: 7 },
  { kind: 'histogram', column: 'day', bins: 20 },
  { kind: 'counts', columns: ['kind'], most: 3 },
  { kind: 'counts', columns: ['kind'], most: 20 },
  { kind: 'counts', columns: ['few'], most: 20 },
  { kind: 'counts', columns: ['flag'], most: 20 },
  { kind: 'counts', columns: ['list'], most: 20 },
  { kind: 'counts', columns: ['kind', 'list'], most: 20 },
  { kind: 'counts', columns: ['list', 'kind', 'few'], most: 5 },
  { kind: 'summary', of: [] },
  { kind: 'counts', columns: ['own'], most: 2 },
  { kind: 'density', x: 'x', y: 'y', log: false, across: 40, up: 30 },
  { kind: 'density', x: 'x', y: 'y', log: true, across: 40, up: 30 },
] as const;

const circle = Array.from({ length: 12 }, (_, at) => [
  50 + 30 * Math.cos(at / 1.9),
  100 + 60 * Math.sin(at / 1.9),
]);
const FILTERS = [
  [],
  [{ kind: 'range', column: 'x', min: 10, max: 60 }],
  [
    { kind: 'range', column: 'x', min: 10.5, max: 60, below: true },
    { kind: 'one-of', columns: ['kind'], values: ['a', null], match: 'any' },
  ],
  [{ kind: 'area', x: 'x', y: 'y', log: false, outlines: [circle] }],
  [
    { kind: 'range', column: 'day', min: '2024-03-01' },
    {
      kind: 'tuples',
      columns: ['kind', 'few'],
      tuples: [
        ['b', 1],
        [null, 2],
      ],
    },
    { kind: 'one-of', columns: ['list'], values: [1, 2], match: 'any' },
  ],
  [{ kind: 'range', column: 'x', min: 1000 }],
];

const atEnd: (() => Promise<void>)[] = [];
/** Dots and combinations are counted one by one in the smaller ones. */
const SIZES = [700, 60_000, 101_000];
const tables = new Map<number, DescribedTable>();

beforeAll(async () => {
  for (const rows of SIZES) {
    const table = await describedTable(made(rows), { key: 'id' }, (work) => {
      atEnd.unshift(work);
    });
    tables.set(rows, table);
  }
}, 60_000);

function tableOf(rows: number): DescribedTable {
  const table = tables.get(rows);
  if (table === undefined) throw new Error(`no table of ${rows} rows`);
  return table;
}

afterAll(async () => {
  for (const work of atEnd) await work();
});

test.each(SIZES.flatMap((rows) => FILTERS.map((filters, at) => [rows, at, filters] as const)))(
  'what is counted by numbers is what SQL counts, %i rows, filters %i',
  async (rows, _, filters) => {
    const table = tableOf(rows);
    for (const question of QUESTIONS) {
      const [byNumbers, bySql] = [
        await table.ask(question, ...filters),
        await table.askBySql(question, ...filters),
      ];
      expect(byNumbers, JSON.stringify(question)).toEqual(bySql);
    }
  },
  60_000,
);

test('another filter is another answer, and the first one again is the first answer', async () => {
  const table = tableOf(101_000);
  const question = { kind: 'histogram', column: 'few', bins: 3 } as const;
  const counted = async (max: number) =>
    (await table.ask(question, { kind: 'range', column: 'id', min: 0, max })).counts.reduce(
      (sum, n) => sum + n,
    );
  // More of them than are kept: the oldest make room.
  for (let max = 0; max < 30; max += 1) expect(await counted(max)).toBe(max + 1);
  expect(await counted(0)).toBe(1);
});

test('dots of more charts than are kept are those of each chart', async () => {
  const table = await describedTable(made(20_000), { key: 'id' });
  const columns = ['x', 'y', 'few', 'id'];
  const pairs = columns.flatMap((x) => columns.filter((y) => y !== x).map((y) => [x, y] as const));
  const filter = FILTERS[1]?.[0];
  for (const [x, y] of [...pairs, ...pairs]) {
    const question = { kind: 'density', x, y, log: false, across: 10, up: 10 } as const;
    const [byNumbers, bySql] = [
      await table.ask(question, filter),
      await table.askBySql(question, filter),
    ];
    expect(byNumbers, `${x} and ${y}`).toEqual(bySql);
  }
}, 60_000);
