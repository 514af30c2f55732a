import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-folder';
import { openAll } from './opened';

async function json(content: string | Buffer) {
  const path = join(await temporaryFolder(), 'data');
  await writeFile(path, content);
  return openAll(path);
}

const lines = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join('\n');

describe('where the rows are', () => {
  const rows = [{ a: 1, b: 'x' }, { a: 2 }];
  const expected = [
    { a: '1', b: 'x' },
    { a: '2', b: null },
  ];
  test.each([
    ['a list', JSON.stringify(rows)],
    ['a list over lines', JSON.stringify(rows, null, 2)],
    ['lines', lines(rows)],
    ['objects one behind the other', rows.map((row) => JSON.stringify(row, null, 1)).join(' ')],
    [
      'an object that holds them',
      JSON.stringify({ meta: { n: [1, 2] }, data: { 'the "rows"': rows } }),
    ],
    ['a mark before the list', `\uFEFF${JSON.stringify(rows)}`],
    ['UTF-16', Buffer.from(`\uFEFF${lines(rows)}`, 'utf16le')],
    ['a packed list', gzipSync(JSON.stringify(rows))],
  ])('%s', async (_, content) => {
    const opened = await json(content);
    expect(opened.format).toBe('json');
    expect(opened.rows).toEqual(expected);
  });

  test('of an object it is told which of its lists', async () => {
    const { told } = await json(JSON.stringify({ next: null, data: { results: rows } }));
    expect(told['']).toBe(
      'The rows are the list “data.results” of the file; what stands beside it is left out.',
    );
  });

  test('one object is one row', async () => {
    const { rows: found, types } = await json('{"a": 1, "b": {"c": [2]}}');
    expect(types).toEqual([
      ['a', 'BIGINT'],
      ['b', 'STRUCT(c BIGINT[])'],
    ]);
    expect(found).toEqual([{ a: '1', b: "{'c': [2]}" }]);
  });

  test('lists and single values are rows of one column', async () => {
    expect((await json('[[1,2],[3]]')).rows).toEqual([{ value: '[1, 2]' }, { value: '[3]' }]);
    expect((await json('["x","y"]')).rows).toEqual([{ value: 'x' }, { value: 'y' }]);
  });
});

test('integers are exact, decimals no more bent than JSON bends them, texts never numbers', async () => {
  const { types, rows, told } = await json(
    `[{"i":9007199254740993,"big":12345678901234567890123,"d":0.1,"t":"01","e":1,"late":1}
     ,{"i":-1,"big":1,"d":1e3,"t":"1","e":1e400,"late":1.5}]`,
  );
  expect(types).toEqual([
    ['i', 'BIGINT'],
    ['big', 'HUGEINT'],
    ['d', 'DOUBLE'],
    ['t', 'VARCHAR'],
    ['e', 'VARCHAR'],
    ['late', 'DOUBLE'],
  ]);
  expect(rows[0]).toMatchObject({ i: '9007199254740993', big: '12345678901234567890123', t: '01' });
  expect(rows[1]).toMatchObject({ d: '1000.0', e: '1e400', late: '1.5' });
  expect(told['big']).toBe(
    '1 value is beyond 64 bits, such as “12345678901234567890123”: kept as HUGEINT.',
  );
});

test('days and moments in texts are such; a mixed column says that it is JSON', async () => {
  const { types, told } = await json(
    lines([
      { day: '2024-01-01', at: '2024-01-01T10:00:00Z', mixed: 1, flag: true, none: null },
      { day: '2024-02-29', at: '2024-01-01T10:00:00.5Z', mixed: 'x', flag: null, none: null },
    ]),
  );
  expect(types).toEqual([
    ['day', 'DATE'],
    ['at', 'TIMESTAMP WITH TIME ZONE'],
    ['mixed', 'JSON'],
    ['flag', 'BOOLEAN'],
    ['none', 'VARCHAR'],
  ]);
  expect(told['mixed']).toBe('Its values have several types: kept as JSON.');
});

test('a key that comes after 30,000 rows is a column', async () => {
  const { types, rows } = await json(
    lines(Array.from({ length: 30_001 }, (_, a) => (a < 30_000 ? { a } : { a, late: [0.5] }))),
  );
  expect(types).toEqual([
    ['a', 'BIGINT'],
    ['late', 'DOUBLE[]'],
  ]);
  expect(rows[30_000]).toEqual({ a: '30000', late: '[0.5]' });
});

test('300 keys are 300 columns with exact integers, not a map of rounded ones', async () => {
  const row = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, index]));
  const { types, rows } = await json(
    lines([row, { ...row, k7: '?' }]).replace('"?"', '9007199254740993'),
  );
  expect(types).toHaveLength(300);
  expect(types[299]).toEqual(['k299', 'BIGINT']);
  expect(rows[1]?.['k7']).toBe('9007199254740993');
});

test('a key that stands twice in a row is told, whatever the others', async () => {
  const { rows, told } = await json('{"a":1,"b":2,"a":3}\n{"a":4,"b":5}\n');
  expect(rows).toEqual([
    { a: '1', b: '2' },
    { a: '4', b: '5' },
  ]);
  expect(told['a']).toBe('1 row names a value twice, such as “a”: the first is kept.');
});

test('keys that DuckDB could not tell apart, empty ones and those of every object', async () => {
  const { types, rows, told } = await json(
    '[{"A":1,"a":2,"":3,"__proto__":4,"q\\"x":5,"a.b":6,"/c":7}]',
  );
  expect(types.map(([name]) => name)).toEqual([
    'A',
    'a_1',
    'column2',
    '__proto__',
    'q"x',
    'a.b',
    '/c',
  ]);
  expect(Object.values(rows[0] ?? {})).toEqual(
    expect.arrayContaining(['1', '2', '3', '5', '6', '7']),
  );
  expect(told['']).toMatch(/^2 columns are renamed/);
});

test('within nested values too nothing is rounded', async () => {
  const { types, rows, told } = await json(
    '[{"n":{"id":9007199254740993},"m":[{"x":1},{"x":null,"y":"z"}],"big":{"x":123456789012345678901234}}]',
  );
  expect(types).toEqual([
    ['n', 'STRUCT(id BIGINT)'],
    ['m', 'STRUCT(x BIGINT, y VARCHAR)[]'],
    ['big', 'JSON'],
  ]);
  expect(rows[0]).toEqual({
    n: "{'id': 9007199254740993}",
    m: "[{'x': 1, 'y': NULL}, {'x': NULL, 'y': z}]",
    big: '{"x":123456789012345678901234}',
  });
  expect(told['big']).toMatch(/more digits/);
});

test('numbers with more decimals than a DOUBLE are counted; ones that a DOUBLE holds, and texts, are not', async () => {
  const { told } = await json(
    '{"a":0.12345678901234568,"b":1}\n{"a":0.1234567890123456789,"b":{"c":[1.00000000000000000001]}}\n{"a":1.5,"b":"0.1234567890123456789"}\n{"a":2.50000000000000000000}',
  );
  expect(told['']).toBe(
    '1 row has a number with more digits than a DOUBLE holds, such as 0.1234567890123456789: rounded.',
  );
});

test('lines that are not JSON are counted, values that are not objects too', async () => {
  const { rows, told } = await json('{"a":1}\n{"a":\n{"a":3}\n{"a":4}\n');
  expect(rows.map(({ a }) => a)).toEqual(['1', '3', '4']);
  expect(told['']).toBe('1 line is not JSON and left out.');
  const mixed = await json('[{"a":1}, 5, {"a":2}]');
  expect(mixed.told['']).toBe('1 value is not an object with named values: left out.');
});

test.each([
  ['cut off', '[{"a":1},{"a":2', /is not valid JSON, or cut off \(value 3, byte 7\)\.$/],
  ['without rows', '[]', /it holds no rows\.$/],
  ['empty objects', '[{},{}]', /it holds no columns\.$/],
])('%s: one sentence', async (_, content, sentence) => {
  await expect(json(content)).rejects.toMatchObject({
    code: 'not-readable',
    message: expect.stringMatching(sentence) as string,
  });
});

test('a folder whose files hold their rows in different ways is one table', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'a.json'), '[{"a":1},{"a":2}]');
  await writeFile(join(folder, 'b.json'), '{"a":3}\n{"a":4}\n');
  await writeFile(join(folder, 'c.json'), '{"meta":{"n":2},"rows":[{"a":5},{"a":6}]}');
  const { rows } = await openAll(folder);
  expect(rows.map(({ a }) => a).sort()).toEqual(['1', '2', '3', '4', '5', '6']);
});
