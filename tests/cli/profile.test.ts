import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { queryRows } from '../helpers/parquet-rows';
import { runCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';
import { expectSentences, jsonOf } from './json-output';
import { publishedData } from './published-data';

const places = publishedData();

async function profile(...args: string[]) {
  return runCli(['profile', ...args, '--data', places.data]);
}

test('of the dataset: every column, by what the documents say', async () => {
  const found = jsonOf(await profile('--json')) as {
    rows: number;
    columns: Record<string, unknown>[];
  };
  expect(found.rows).toBe(3);
  const column = (name: string) => found.columns.find((each) => each['name'] === name);
  expect(column('weight')).toEqual({
    name: 'weight',
    type: 'INTEGER',
    nulls: 0,
    distinct: 3,
    distinct_exact: true,
    min: 69,
    max: 90,
    median: 85,
    top: [
      { value: 69, n: 1 },
      { value: 85, n: 1 },
      { value: 90, n: 1 },
    ],
  });
  expect(column('base_experience')).toMatchObject({ nulls: 1, distinct: 1, min: 64, max: 64 });
  expect(column('games')).toMatchObject({
    type: 'VARCHAR[]',
    min: null,
    max: null,
    median: null,
    top: [{ value: '[red]', n: 3 }],
  });
});

test('of a file: nulls, NaN and the infinities apart, exact values, the same as SQL gives', async () => {
  const path = join(await temporaryFolder(), 'odd.parquet');
  await queryRows(
    `COPY (FROM (VALUES
      (1.5::DOUBLE, 9007199254740993, 0.1::FLOAT, 1.50::DECIMAL(4,2), DATE '2024-02-29', true, 'b'),
      ('NaN', 1, 0.1, 2.25, DATE '2024-03-01', true, 'a'), ('inf', 2, NULL, NULL, NULL, false, 'a'),
      (NULL, NULL, NULL, NULL, NULL, NULL, NULL)) t(d, big, f, money, day, flag, t))
     TO '${path}' (FORMAT parquet)`,
  );
  const { rows, columns } = jsonOf(await profile(path, '--json')) as {
    rows: number;
    columns: unknown[];
  };
  expect(rows).toBe(4);
  expect(columns).toEqual([
    {
      ...{ name: 'd', type: 'DOUBLE', nulls: 1, nan: 1, distinct: 3, distinct_exact: true },
      ...{ min: 1.5, max: 'Infinity', median: 'Infinity' },
      top: [
        { value: 1.5, n: 1 },
        { value: 'Infinity', n: 1 },
        { value: 'NaN', n: 1 },
      ],
    },
    expect.objectContaining({ min: 1, max: '9007199254740993', median: 2, nulls: 1 }),
    expect.objectContaining({ min: 0.1, max: 0.1, top: [{ value: 0.1, n: 2 }], nulls: 2 }),
    expect.objectContaining({ type: 'DECIMAL(4,2)', min: 1.5, max: 2.25 }),
    expect.objectContaining({
      min: '2024-02-29',
      max: '2024-03-01',
      median: '2024-02-29 12:00:00',
    }),
    expect.objectContaining({
      top: [
        { value: true, n: 2 },
        { value: false, n: 1 },
      ],
      median: null,
    }),
    expect.objectContaining({
      min: 'a',
      max: 'b',
      median: null,
      top: [
        { value: 'a', n: 2 },
        { value: 'b', n: 1 },
      ],
    }),
  ]);
});

test.each(['value', 'n', 'v', 'times', 't', 'i', 'c0', 'min'])(
  'a column named %s: numbers stand in the order of numbers',
  async (name) => {
    const path = join(await temporaryFolder(), 'names.csv');
    await writeFile(path, `c1,${name}\n1,10\n2,9\n3,10\n4,100\n5,9\n`);
    const { columns } = jsonOf(await profile(path, '--json')) as { columns: unknown[] };
    expect(columns[1]).toMatchObject({
      ...{ name, type: 'BIGINT', min: 9, max: 100, median: 10, distinct: 3 },
      top: [
        { value: 9, n: 2 },
        { value: 10, n: 2 },
        { value: 100, n: 1 },
      ],
    });
  },
);

test('as a table, with what is to be known of the file beside it', async () => {
  const path = join(await temporaryFolder(), 'zips.csv');
  await writeFile(path, 'zip,n\n01067,1\n10115,2\n10115,3\n');
  const result = await profile(path);
  expect(result.code).toBe(0);
  expect(result.stderr).toBe(
    'zips.csv, column zip: 1 value begins with a zero, such as “01067”: kept as text.\n',
  );
  expect(result.stdout).toContain(
    '│ zip    │ VARCHAR │ 0     │ 2        │ 01067 │ –      │ 10115 │ 10115 (2), 01067 (1) │',
  );
  expect(result.stdout).toMatch(/\n3 rows, 2 columns\n$/);
});

test('what cannot be opened ends with 1 and a sentence; a pipe is not waited for', async () => {
  const folder = await temporaryFolder();
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const failed = await profile(pipe);
  expect(failed.code).toBe(1);
  expectSentences(failed, /^“pipe” cannot be opened: it is a pipe, not a file\.\nSave /);
  expect((await profile(join(folder, 'nothing.csv'))).code).toBe(1);
});
