import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MOST_OUTLIERS } from '../../src/preload/contract/questions';
import { type DescribedTable, describedTable } from './described-table';

/** Columns as strangers name them, values as their files hold them; no column is a key. */
const ODD = `SELECT * FROM (VALUES
  (1,  'a', 0.1::FLOAT, 1.10::DECIMAL(9,2), 9007199254740993, [1, 2], DATE '2024-01-15', TIMESTAMP '2024-01-15 10:00:00', TRUE, 5.0::DOUBLE),
  (2,  'b', 0.2::FLOAT, 1.00::DECIMAL(9,2), 9007199254740992, [2, 2, 3], DATE '2024-02-29', TIMESTAMP '2024-01-15 10:59:59.999', FALSE, 'NaN'::DOUBLE),
  (3,  'a', 'NaN'::FLOAT, 0.00::DECIMAL(9,2), 9223372036854775807, [], DATE '2024-02-01', TIMESTAMP '2024-01-15 11:00:00', NULL, 'Infinity'::DOUBLE),
  (4,  NULL, 'Infinity'::FLOAT, NULL, -9007199254740993, NULL, NULL, NULL, TRUE, '-Infinity'::DOUBLE),
  (5,  'É', '-Infinity'::FLOAT, 1.10::DECIMAL(9,2), NULL, [3], DATE '2024-12-31', TIMESTAMP '2024-01-15 15:30:00', TRUE, 7.0::DOUBLE),
  (6,  'b', NULL, 20.00::DECIMAL(9,2), 7, [1], DATE '2024-12-31', TIMESTAMP '2024-01-15 23:59:59', FALSE, NULL)
) t("rowid", "value", "#position", "say ""hi""", "🦖", "x", "Day", "at", "#value", "n")`;

const atEnd: (() => Promise<void>)[] = [];
let odd: DescribedTable;

beforeAll(async () => {
  odd = await describedTable(ODD, {}, (work) => void atEnd.unshift(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

async function idsOf(...filters: unknown[]): Promise<string[]> {
  const page = { kind: 'rows', columns: ['rowid'], from: 0, count: 100 } as const;
  return (await odd.ask(page, ...filters)).rows.map(({ id }) => id);
}

describe('rows', () => {
  test('are named by their position where there is no key, also beside a column of that name', async () => {
    const { columns, rows } = await odd.ask({
      kind: 'rows',
      columns: ['🦖', 'say "hi"', '#position'],
      from: 1,
      count: 2,
    });
    expect(columns).toEqual(['🦖', 'say "hi"', '#position']);
    expect(rows).toEqual([
      { id: '#1', cells: ['9007199254740992', '1.00', 0.2] },
      { id: '#2', cells: ['9223372036854775807', '0.00', 'NaN'] },
    ]);
  });

  test('are sorted with nulls last either way, ties by position', async () => {
    const sorted = async (column: string, direction: string) =>
      (
        await odd.ask({
          kind: 'rows',
          columns: [],
          sort: [{ column, direction }],
          from: 0,
          count: 10,
        })
      ).rows.map(({ id }) => id);
    expect(await sorted('value', 'asc')).toEqual(['#0', '#2', '#1', '#5', '#4', '#3']);
    expect(await sorted('Day', 'desc')).toEqual(['#4', '#5', '#1', '#2', '#0', '#3']);
    expect(await sorted('rowid', 'desc')).toEqual(['#5', '#4', '#3', '#2', '#1', '#0']);
  });

  test('by id come whole, whatever is selected', async () => {
    const asked = { kind: 'byId', ids: ['#3', '#99'] } as const;
    const { columns, rows } = await odd.ask(asked, { kind: 'range', column: 'rowid', max: 1 });
    expect(columns).toEqual(odd.dataset.columns.map(({ name }) => name));
    expect(rows).toEqual([
      {
        id: '#3',
        cells: [
          4,
          null,
          'Infinity',
          null,
          '-9007199254740993',
          null,
          null,
          null,
          true,
          '-Infinity',
        ],
      },
    ]);
  });

  test('know their place and their neighbours by position', async () => {
    const asked = { kind: 'neighbours', sort: [] } as const;
    expect(await odd.ask({ ...asked, id: '#0' })).toEqual({
      position: 1,
      previous: null,
      next: '#1',
    });
    const some = { kind: 'one-of', columns: ['value'], values: ['b', null] };
    expect(await odd.ask({ ...asked, id: '#3' }, some)).toEqual({
      position: 2,
      previous: '#1',
      next: '#5',
    });
    expect(await odd.ask({ ...asked, id: '#0' }, some)).toBeNull();
    const down = [{ column: 'rowid', direction: 'desc' }];
    expect(await odd.ask({ ...asked, sort: down, id: '#5' })).toMatchObject({ next: '#4' });
  });
});

describe('filters', () => {
  test.each([
    [
      'a range of a FLOAT takes in its ends',
      { kind: 'range', column: '#position', min: 0.1, max: 0.2 },
      ['#0', '#1'],
    ],
    [
      'and leaves the upper one out',
      { kind: 'range', column: '#position', min: 0.1, max: 0.2, below: true },
      ['#0'],
    ],
    ['NaN and the infinities are in no range', { kind: 'range', column: 'n' }, ['#0', '#4']],
    ['nor in one that is open above', { kind: 'range', column: 'n', min: 6 }, ['#4']],
    ['NaN as a value', { kind: 'one-of', columns: ['n'], values: ['NaN'] }, ['#1']],
    [
      'infinities as values',
      { kind: 'one-of', columns: ['n'], values: ['Infinity', '-Infinity'] },
      ['#2', '#3'],
    ],
    [
      'infinities of a FLOAT',
      { kind: 'one-of', columns: ['#position'], values: ['-Infinity', 'NaN'] },
      ['#2', '#4'],
    ],
    ['null is not NaN', { kind: 'one-of', columns: ['n'], values: [null] }, ['#5']],
    [
      'a FLOAT as a person writes it',
      { kind: 'one-of', columns: ['#position'], values: [0.1] },
      ['#0'],
    ],
    [
      'a DECIMAL without its zeros',
      { kind: 'one-of', columns: ['say "hi"'], values: [1.1, 20] },
      ['#0', '#4', '#5'],
    ],
    ['the DECIMAL zero', { kind: 'one-of', columns: ['say "hi"'], values: [0] }, ['#2']],
    [
      'an integer beyond 2^53',
      { kind: 'one-of', columns: ['🦖'], values: ['9007199254740993'] },
      ['#0'],
    ],
    ['2^53 itself', { kind: 'one-of', columns: ['🦖'], values: ['9007199254740992'] }, ['#1']],
    [
      'the largest BIGINT',
      { kind: 'one-of', columns: ['🦖'], values: ['9223372036854775807', 7] },
      ['#2', '#5'],
    ],
    [
      'an element of a list of integers',
      { kind: 'one-of', columns: ['x'], values: ['3'] },
      ['#1', '#4'],
    ],
    ['an element given as a number', { kind: 'one-of', columns: ['x'], values: [3] }, ['#1', '#4']],
    [
      'all of some elements',
      { kind: 'one-of', columns: ['x'], values: ['1', '2'], match: 'all' },
      ['#0'],
    ],
    ['nothing in a list', { kind: 'one-of', columns: ['x'], values: [null] }, ['#2', '#3']],
    [
      'a truth value',
      { kind: 'one-of', columns: ['#value'], values: [false, null] },
      ['#1', '#2', '#5'],
    ],
    [
      'a date as its text',
      { kind: 'one-of', columns: ['Day'], values: ['2024-12-31'] },
      ['#4', '#5'],
    ],
    [
      'a tuple with a null and numbers',
      {
        kind: 'tuples',
        columns: ['value', 'say "hi"', 'n'],
        tuples: [
          ['a', 1.1, 5],
          ['b', 20, null],
          [null, null, '-Infinity'],
          ['b', 1, 'NaN'],
        ],
      },
      ['#0', '#1', '#3', '#5'],
    ],
    [
      'tuples of integers beyond 2^53',
      {
        kind: 'tuples',
        columns: ['🦖', 'rowid'],
        tuples: [
          ['9007199254740993', 1],
          ['9007199254740993', 2],
          [null, 5],
        ],
      },
      ['#0', '#4'],
    ],
    [
      'tuples of truth values',
      {
        kind: 'tuples',
        columns: ['#value', 'rowid'],
        tuples: [
          [true, 1],
          [null, 3],
          [false, 1],
        ],
      },
      ['#0', '#2'],
    ],
    [
      'tuples of a FLOAT',
      { kind: 'tuples', columns: ['#position'], tuples: [[0.1], ['NaN']] },
      ['#0', '#2'],
    ],
    [
      'sets of a list of integers',
      { kind: 'sets', column: 'x', members: ['1', '2'], sets: [['2'], []] },
      ['#1', '#2', '#3', '#4'],
    ],
    [
      'a range of days takes in both',
      { kind: 'range', column: 'Day', min: '2024-02-01', max: '2024-02-29' },
      ['#1', '#2'],
    ],
    [
      'a range of moments',
      {
        kind: 'range',
        column: 'at',
        min: '2024-01-15T10:00:00',
        max: '2024-01-15T11:00:00Z',
        below: true,
      },
      ['#0', '#1'],
    ],
    [
      'a range of moments in milliseconds',
      { kind: 'range', column: 'at', min: Date.UTC(2024, 0, 15, 11) },
      ['#2', '#4', '#5'],
    ],
    [
      'an area over a time column',
      {
        kind: 'area',
        x: 'Day',
        y: 'rowid',
        outlines: [
          [
            [Date.UTC(2024, 0, 31), 0.5],
            [Date.UTC(2024, 5, 1), 0.5],
            [Date.UTC(2024, 5, 1), 3.5],
            [Date.UTC(2024, 0, 31), 3.5],
          ],
        ],
      },
      ['#1', '#2'],
    ],
    [
      'an area leaves what is not finite out',
      {
        kind: 'area',
        x: 'n',
        y: 'rowid',
        outlines: [
          [
            [-1e300, -1],
            [1e300, -1],
            [1e300, 9],
            [-1e300, 9],
          ],
        ],
      },
      ['#0', '#4'],
    ],
    ['words without accents', { kind: 'search', columns: ['value'], text: 'e' }, ['#4']],
    [
      'words in a column of lists',
      { kind: 'search', columns: ['value', 'x'], text: '3' },
      ['#1', '#4'],
    ],
    [
      'a number in a column of integers',
      { kind: 'search', columns: ['value', 'rowid'], text: '#4' },
      ['#3'],
    ],
  ])('%s', async (_, filter, ids) => {
    expect(await idsOf(filter)).toEqual(ids);
  });
});

describe('counts', () => {
  test('tell each value, most frequent first, null last among equals', async () => {
    expect(await odd.ask({ kind: 'counts', columns: ['value'], most: 10 })).toEqual({
      values: [
        { value: 'a', n: [2], rows: 2 },
        { value: 'b', n: [2], rows: 2 },
        { value: 'É', n: [1], rows: 1 },
        { value: null, n: [1], rows: 1 },
      ],
      others: 0,
    });
  });

  test('keep integers beyond 2^53 and what is not a number apart', async () => {
    const of = async (column: string) =>
      (await odd.ask({ kind: 'counts', columns: [column], most: 10 })).values.map(
        ({ value }) => value,
      );
    expect(new Set(await of('🦖'))).toEqual(
      new Set([
        '9007199254740993',
        '9007199254740992',
        '9223372036854775807',
        '-9007199254740993',
        7,
        null,
      ]),
    );
    expect(new Set(await of('n'))).toEqual(new Set([5, 7, 'NaN', 'Infinity', '-Infinity', null]));
    expect(new Set(await of('#position'))).toEqual(
      new Set([0.1, 0.2, 'NaN', 'Infinity', '-Infinity', null]),
    );
    expect(await of('say "hi"')).toEqual([1.1, 0, 1, 20, null]);
    expect(await of('#value')).toEqual([true, false, null]);
  });

  test('count a row once for an element it has twice; an empty list is nothing', async () => {
    expect(await odd.ask({ kind: 'counts', columns: ['x'], most: 10 })).toEqual({
      values: [
        { value: '1', n: [2], rows: 2 },
        { value: '2', n: [2], rows: 2 },
        { value: '3', n: [2], rows: 2 },
        { value: null, n: [2], rows: 2 },
      ],
      others: 0,
    });
  });

  test('tell how many values were cut off', async () => {
    const { values, others } = await odd.ask({ kind: 'counts', columns: ['value'], most: 1 });
    expect([values.length, others]).toEqual([1, 3]);
    expect(
      await odd.ask(
        { kind: 'counts', columns: ['value'], most: 1 },
        { kind: 'range', column: 'rowid', min: 99 },
      ),
    ).toEqual({ values: [], others: 0 });
  });

  test('of columns that share a vocabulary count rows once, and each column by itself', async () => {
    const slots = await describedTable(`SELECT * FROM (VALUES
      (1, 'red', 'blue'), (2, 'red', 'red'), (3, NULL, 'red'), (4, NULL, NULL)) t(id, "one", "value")`);
    expect(await slots.ask({ kind: 'counts', columns: ['one', 'value'], most: 5 })).toEqual({
      values: [
        { value: 'red', n: [2, 2], rows: 3 },
        { value: 'blue', n: [0, 1], rows: 1 },
        // A row stands for nothing where it has nothing in all of the columns.
        { value: null, n: [1, 1], rows: 1 },
      ],
      others: 0,
    });
  });
});

describe('figures and bins', () => {
  test('a summary counts rows and leaves what is not finite out of its figures', async () => {
    const of = [
      { column: 'n', as: 'mean' },
      { column: 'n', as: 'count' },
      { column: '#position', as: 'max' },
      { column: 'say "hi"', as: 'sum' },
      { column: 'rowid', as: 'median' },
    ];
    const { n, total, values } = await odd.ask({ kind: 'summary', of });
    expect([n, total]).toEqual([6, 6]);
    const [mean, finite, most, sum, middle] = values.map((each) => each?.value);
    expect([mean, finite, middle]).toEqual([6, 2, 3.5]);
    expect(most).toBeCloseTo(0.2, 6);
    expect(sum).toBeCloseTo(23.2, 9);
    const none = await odd.ask({ kind: 'summary', of }, { kind: 'range', column: 'rowid', min: 9 });
    expect([none.n, none.values[0]]).toEqual([0, null]);
  });

  test('a histogram tells what has no place and spans the whole table', async () => {
    const asked = { kind: 'histogram', column: 'n', bins: 2 } as const;
    expect(await odd.ask(asked)).toEqual({ edges: [5, 6, 7, 8], counts: [1, 0, 1], leftOut: 4 });
    const some = { kind: 'range', column: 'rowid', max: 2 };
    expect(await odd.ask(asked, some)).toEqual({
      edges: [5, 6, 7, 8],
      counts: [1, 0, 0],
      leftOut: 1,
    });
  });

  test.each(['log', 'clipped'] as const)(
    'bins of a %s axis hold what a filter of their edges finds, also of a FLOAT',
    async (axis) => {
      const table = await describedTable(
        `SELECT (CASE WHEN i < 3 THEN -i WHEN i = 500 THEN 40000 ELSE i / 10 END)::FLOAT AS f,
          (i * i)::INTEGER AS n FROM range(0, 1000) t(i)`,
      );
      for (const column of ['f', 'n']) {
        const asked = { kind: 'histogram', column, bins: 20, axis } as const;
        const { edges, counts, leftOut } = await table.ask(asked);
        for (const [at, min] of edges.slice(0, -1).entries()) {
          const bin = { kind: 'range', column, min, max: edges[at + 1], below: true };
          const { n } = await table.ask({ kind: 'summary' }, bin);
          expect([column, min, counts[at]]).toEqual([column, min, n]);
        }
        expect(counts.reduce((sum, n) => sum + n, leftOut)).toBe(1000);
        if (axis === 'clipped') expect(leftOut).toBe(0);
        // 0, −1 and −2 of f; 0 of n.
        else expect(leftOut).toBe(column === 'f' ? 3 : 1);
      }
      const { edges } = await table.ask({ kind: 'histogram', column: 'f', bins: 20, axis });
      if (axis === 'log') {
        for (const power of [1, 10, 100, 1000, 10_000]) expect(edges).toContain(power);
      } else {
        // Tukey’s far fence is near 75 + 3 × 50; bins of 5 end where all but 40,000 end.
        expect(edges.slice(-3)).toEqual([95, 100, 40_005]);
      }
    },
  );

  test('a histogram of a FLOAT counts 0.1 in the bin that begins there', async () => {
    const table = await describedTable(`SELECT (i / 10)::FLOAT AS f FROM range(0, 11) t(i)`);
    const { edges, counts } = await table.ask({ kind: 'histogram', column: 'f', bins: 10 });
    expect(edges.slice(0, 4)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(counts).toEqual(Array(11).fill(1));
    for (const [at, min] of edges.slice(0, -1).entries()) {
      const bin = { kind: 'range', column: 'f', min, max: edges[at + 1], below: true };
      expect((await table.ask({ kind: 'summary' }, bin)).n, String(min)).toBe(1);
    }
  });

  test('columns of time have bins of a calendar’s width, whose ranges find the same rows', async () => {
    const utc = (month: number) => Date.UTC(2024, month, 1);
    const asked = { kind: 'histogram', column: 'Day', bins: 12 } as const;
    const { edges, counts, leftOut } = await odd.ask(asked);
    expect(edges).toEqual(Array.from({ length: 13 }, (_, month) => utc(month)));
    expect(counts).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(leftOut).toBe(1);
    const february = {
      kind: 'range',
      column: 'Day',
      min: new Date(utc(1)).toISOString(),
      max: new Date(utc(2)).toISOString(),
      below: true,
    };
    expect((await odd.ask({ kind: 'summary' }, february)).n).toBe(2);
    const hours = await odd.ask({ kind: 'histogram', column: 'at', bins: 14 });
    expect(hours.edges[1]).toBe(Date.UTC(2024, 0, 15, 11));
    expect(hours.counts).toEqual([2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test.each(['TIMESTAMP', 'TIMESTAMPTZ'])(
    'a %s a microsecond before 1970 is not in it, and not lost',
    async (type) => {
      const moments = ['1969-12-31 23:59:59.999999', '1970-01-01 00:00:00', '2024-01-01 00:00:00'];
      const table = await describedTable(
        `SELECT unnest([${moments.map((moment) => `'${moment}${type === 'TIMESTAMPTZ' ? '+00' : ''}'`).join(', ')}])::${type} AS at`,
      );
      const { edges, counts, leftOut } = await table.ask({
        kind: 'histogram',
        column: 'at',
        bins: 50,
      });
      expect(leftOut).toBe(0);
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(3);
      const of1970 = edges.indexOf(0);
      expect([counts[of1970 - 1], counts[of1970]]).toEqual([1, 1]);
    },
  );

  test.each([
    ['week', '2024-01-03', '2024-03-01', 8, Date.UTC(2024, 0, 1), 7 * 86_400_000],
    ['day', '1969-12-28', '1970-01-04', 7, Date.UTC(1969, 11, 28), 86_400_000],
    ['quarter', '2023-02-01', '2024-11-01', 8, Date.UTC(2023, 0, 1), 90 * 86_400_000],
    ['year', '1815-06-18', '1825-01-01', 10, Date.UTC(1815, 0, 1), 365 * 86_400_000],
    ['decade', '1799-01-01', '1901-01-01', 10, Date.UTC(1790, 0, 1), 3652 * 86_400_000],
    ['century', '1000-01-01', '2020-01-01', 10, Date.UTC(1000, 0, 1), 36_524 * 86_400_000],
  ])('every day is in the %s that it is in', async (_, from, to, bins, first, width) => {
    const table = await describedTable(
      `SELECT unnest(range(DATE '${from}', DATE '${to}', INTERVAL 1 DAY))::DATE AS "value"`,
    );
    const { edges, counts } = await table.ask({ kind: 'histogram', column: 'value', bins });
    expect(edges[0]).toBe(first);
    expect((edges[1] ?? 0) - (edges[0] ?? 0)).toBe(width);
    const days = table.dataset.rows;
    const start = Date.parse(from);
    const expected = counts.map((__, at) => {
      const [low = 0, high = 0] = edges.slice(at, at + 2);
      let n = 0;
      for (let day = 0; day < days; day += 1) {
        const moment = start + day * 86_400_000;
        if (moment >= low && moment < high) n += 1;
      }
      return n;
    });
    expect(counts).toEqual(expected);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(days);
  });

  test('edges of very small and very large numbers are as round as any', async () => {
    const table = await describedTable(
      `SELECT i * 1e-14 AS small, 1234567890120000 + i AS large FROM range(10) t(i)`,
    );
    const small = await table.ask({ kind: 'histogram', column: 'small', bins: 10 });
    expect(small.edges.slice(0, 4)).toEqual([0, 1e-14, 2e-14, 3e-14]);
    expect(small.counts).toEqual(Array(10).fill(1));
    const large = await table.ask({ kind: 'histogram', column: 'large', bins: 10 });
    expect(large.edges.slice(0, 2)).toEqual([1234567890120000, 1234567890120001]);
    expect(large.counts).toEqual(Array(10).fill(1));
  });

  test('one value is one bin, no value is none', async () => {
    const table = await describedTable(`SELECT 5 AS a, NULL::DOUBLE AS b FROM range(3)`);
    expect(await table.ask({ kind: 'histogram', column: 'a', bins: 9 })).toEqual({
      edges: [5, 5],
      counts: [3],
      leftOut: 0,
    });
    expect(await table.ask({ kind: 'histogram', column: 'b', bins: 9 })).toEqual({
      edges: [],
      counts: [],
      leftOut: 3,
    });
  });
});

describe('pairs, sets and groups', () => {
  test('pairs of a value and a list’s elements', async () => {
    const { pairs } = await odd.ask({ kind: 'pairs', x: 'value', y: 'x' });
    expect(new Set(pairs.map(({ x, y, n }) => `${x} ${y} ${n}`))).toEqual(
      new Set(['a 1 1', 'a 2 1', 'b 2 1', 'b 3 1', 'b 1 1', 'a null 1', 'null null 1', 'É 3 1']),
    );
  });

  test('sets of a list’s members, each of which its filter finds again', async () => {
    const members = ['1', '2'];
    const { sets } = await odd.ask({ kind: 'sets', column: 'x', members });
    expect(sets).toEqual([
      { set: [], n: 3 },
      { set: ['1'], n: 1 },
      { set: ['1', '2'], n: 1 },
      { set: ['2'], n: 1 },
    ]);
    for (const { set, n } of sets)
      expect(await idsOf({ kind: 'sets', column: 'x', members, sets: [set] })).toHaveLength(n);
  });

  test('groups of text by months, with what has no place told', async () => {
    const asked = { kind: 'group', x: 'Day', aggregate: 'sum', y: 'rowid', bins: 12 } as const;
    const { groups, leftOut } = await odd.ask(asked);
    expect(groups.map(({ x, y }) => [new Date(Number(x)).getUTCMonth(), y])).toEqual([
      [0, 1],
      [1, 5],
      [11, 11],
    ]);
    expect(leftOut).toBe(1);
    const colored = await odd.ask({ ...asked, x: 'value', color: '#value', aggregate: 'count' });
    expect(colored.groups).toEqual([
      { x: 'a', color: true, y: 1 },
      { x: 'a', color: null, y: 1 },
      { x: 'b', color: false, y: 2 },
      { x: 'É', color: true, y: 1 },
      { x: null, color: true, y: 1 },
    ]);
  });

  test('a mean over nothing finite is none', async () => {
    const asked = { kind: 'group', x: 'value', y: 'n', aggregate: 'mean', bins: 5 } as const;
    expect((await odd.ask(asked)).groups).toEqual([
      { x: 'a', color: null, y: 5 },
      { x: 'b', color: null, y: null },
      { x: 'É', color: null, y: 7 },
      { x: null, color: null, y: null },
    ]);
  });
});

/** By linear interpolation between the two nearest values. */
function quantile(values: readonly number[], part: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  const place = (ordered.length - 1) * part;
  const [low = NaN, high = low] = ordered.slice(Math.floor(place), Math.floor(place) + 2);
  return low + (high - low) * (place - Math.floor(place));
}

test('whiskers and outliers are Tukey’s, worked out again in JavaScript', async () => {
  const table = await describedTable(
    `SELECT i AS "position", 'row ' || i AS title, ['a', 'b', NULL][1 + i % 3] AS "value",
       CASE WHEN i % 50 = 0 THEN 'NaN'::DOUBLE WHEN i % 31 = 0 THEN NULL
         ELSE ((i * 7919) % 1000) ^ 5 / 1e12 END AS m
     FROM range(900) t(i)`,
    { key: 'position', title: 'title' },
  );
  const rows = (await table.query('SELECT "position", "value", m FROM pokemon ORDER BY 1')).map(
    ([id, value, m]) => ({ id: String(id), value, m: Number(m ?? NaN) }),
  );
  const { groups, leftOut } = await table.ask({ kind: 'spread', column: 'm', by: ['value'] });
  expect(leftOut).toBe(rows.filter(({ m }) => !Number.isFinite(m)).length);
  expect(groups).toHaveLength(3);
  for (const group of groups) {
    const own = rows.filter(({ value, m }) => value === group.value && Number.isFinite(m));
    const values = own.map(({ m }) => m);
    const [q1, q3] = [quantile(values, 0.25), quantile(values, 0.75)];
    const [lower, upper] = [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)];
    const beyond = own.filter(({ m }) => m < lower || m > upper);
    expect(beyond.length).toBeGreaterThan(5);
    const { outliers, ...figures } = group;
    expect(figures).toEqual({
      value: group.value,
      n: values.length,
      least: Math.min(...values),
      low: Math.min(...values.filter((m) => m >= lower)),
      q1: expect.closeTo(q1, 9) as number,
      median: expect.closeTo(quantile(values, 0.5), 9) as number,
      q3: expect.closeTo(q3, 9) as number,
      high: Math.max(...values.filter((m) => m <= upper)),
      most: Math.max(...values),
      outlying: beyond.length,
    });
    expect(outliers).toEqual(
      beyond.slice(0, MOST_OUTLIERS).map(({ id, m }) => ({ id, title: `row ${id}`, value: m })),
    );
  }
});

describe('density', () => {
  test('few rows are dots; what has no place is told', async () => {
    const asked = { kind: 'density', x: 'Day', y: 'n', log: false, across: 8, up: 8 } as const;
    expect(await odd.ask({ ...asked, color: '🦖' })).toEqual({
      drawn: 'points',
      points: [
        { id: '#0', title: '#0', x: Date.UTC(2024, 0, 15), y: 5, color: '9007199254740993' },
        { id: '#4', title: '#4', x: Date.UTC(2024, 11, 31), y: 7, color: null },
      ],
      leftOut: 4,
    });
  });

  test('above 20,000 rows cells are counted, and every row is in one or told', async () => {
    const table = await describedTable(
      `SELECT (i % 500) / 5.0 AS x, CASE WHEN i % 100 = 0 THEN NULL ELSE (i * 31) % 700 END AS y
       FROM range(30000) t(i)`,
    );
    const asked = { kind: 'density', x: 'x', y: 'y', log: false, across: 20, up: 10 } as const;
    const answer = await table.ask(asked);
    if (answer.drawn !== 'cells') throw new Error('not drawn as cells');
    const sum = answer.counts.reduce((all, n) => all + n, 0);
    expect([answer.counts.length, answer.leftOut, sum]).toEqual([200, 300, 29_700]);
    expect(answer.most).toBe(Math.max(...answer.counts));
    expect([answer.x, answer.y]).toEqual([
      [0, 99.8],
      [1, 699],
    ]);
    // One cell counted by hand: they are 4.99 wide and 69.8 high.
    const [[n] = []] = await table.query(
      'SELECT count(*) FROM pokemon WHERE x >= 4.99 * 3 AND x < 4.99 * 4 AND y >= 1 + 69.8 * 2 AND y < 1 + 69.8 * 3',
    );
    expect(answer.counts[2 * 20 + 3]).toBe(Number(n));
    const log = await table.ask({ ...asked, log: true });
    if (log.drawn !== 'cells') throw new Error('not drawn as cells');
    const [[placed] = []] = await table.query('SELECT count(*) FROM pokemon WHERE x > 0 AND y > 0');
    expect(log.counts.reduce((all, each) => all + each, 0)).toBe(Number(placed));
    expect(log.leftOut).toBe(30_000 - Number(placed));
    const few = await table.ask(asked, { kind: 'range', column: 'x', max: 1 });
    expect(few.drawn).toBe('points');
  });
});

describe('names', () => {
  test('that differ in case only, or are those the engine uses itself, stay apart', async () => {
    const table = await describedTable(`SELECT * FROM (VALUES
      (1, 2, 'p', 'q', 10.0, 'v'), (3, 4, 'p', 'r', 20.0, 'w'))
      t("a", "A_", "#POSITION", "n", "groups", "#values of x")`);
    const page = { kind: 'rows', columns: ['a', 'A_', '#POSITION'], from: 0, count: 9 } as const;
    expect((await table.ask(page)).rows).toEqual([
      { id: '#0', cells: [1, 2, 'p'] },
      { id: '#1', cells: [3, 4, 'p'] },
    ]);
    const counted = await table.ask({ kind: 'counts', columns: ['#POSITION', 'n'], most: 9 });
    expect(counted.values.map(({ value, n }) => [value, ...n])).toEqual([
      ['p', 2, 0],
      ['q', 0, 1],
      ['r', 0, 1],
    ]);
    const by = { kind: 'group', x: '#values of x', color: 'n', y: 'groups', bins: 5 } as const;
    expect((await table.ask({ ...by, aggregate: 'max' })).groups).toEqual([
      { x: 'v', color: 'q', y: 10 },
      { x: 'w', color: 'r', y: 20 },
    ]);
    const spread = await table.ask({ kind: 'spread', column: 'groups', by: ['n', '#POSITION'] });
    expect(spread.groups.map(({ value, n }) => [value, n])).toEqual([
      ['r', 1],
      ['p', 2],
      ['q', 1],
    ]);
  });

  test('as DuckDB tells two apart that differ in case only', async () => {
    const table = await describedTable(`SELECT * FROM (SELECT 1 AS "a", 2 AS "A")`);
    const names = table.dataset.columns.map(({ name }) => name);
    const { rows } = await table.ask({ kind: 'rows', columns: names, from: 0, count: 1 });
    expect([new Set(names.map((name) => name.toLowerCase())).size, rows[0]?.cells]).toEqual([
      2,
      [1, 2],
    ]);
    const found = await table.ask({ kind: 'summary' }, { kind: 'range', column: names[1], min: 2 });
    expect(found.n).toBe(1);
  });
});
