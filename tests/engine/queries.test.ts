import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineClient } from '../../src/main/engine/engine-client';
import { builtEngine } from './built-engine';
import { asPokemon, pokemonRow, writeDataset } from './pokemon-rows';

const LIMITS = { maxRows: 1000, timeLimitMs: 10_000 };
let engine: EngineClient;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pokedex-queries-'));
  engine = builtEngine();
  await engine.open(
    asPokemon(
      await writeDataset(folder, [
        pokemonRow({ id: 1, name: 'Bulbasaur', weight: 69 }),
        pokemonRow({ id: 4, name: 'Charmander', type_1: 'fire', type_2: null, weight: 85 }),
        pokemonRow({ id: 7, name: 'Squirtle', type_1: 'water', type_2: null, weight: 90 }),
        pokemonRow({ id: 8, name: 'Wartortle', type_1: 'water', type_2: null, weight: 225 }),
      ]),
    ),
  );
});

afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function rows(sql: string): Promise<unknown[][]> {
  return (await engine.query(sql, LIMITS)).rows;
}

/** What a person may write in the console, with the rows worked out by hand. */
const LEGITIMATE: [sql: string, expected: unknown[][]][] = [
  [
    'SELECT name FROM pokemon WHERE weight > 80 ORDER BY weight',
    [['Charmander'], ['Squirtle'], ['Wartortle']],
  ],
  ['FROM pokemon SELECT name ORDER BY id LIMIT 1', [['Bulbasaur']]],
  ['SELECT name FROM pokemon ORDER BY id LIMIT 1 OFFSET 2;', [['Squirtle']]],
  ['-- the heavy ones\nSELECT name /* ; */ FROM pokemon WHERE weight = 225', [['Wartortle']]],
  [`SELECT ';' AS a, '--' AS b`, [[';', '--']]],
  [
    'SELECT a.name, b.name FROM pokemon a JOIN pokemon b ON b.id = a.id + 1',
    [['Squirtle', 'Wartortle']],
  ],
  ['SELECT count(*) FROM pokemon a CROSS JOIN pokemon b', [[16]]],
  ['SELECT a.id FROM pokemon a ANTI JOIN pokemon b ON b.id = a.id + 1 ORDER BY 1', [[1], [4], [8]]],
  [
    'SELECT a.id, b.id FROM pokemon a ASOF JOIN pokemon b ON a.id > b.id ORDER BY 1',
    [
      [4, 1],
      [7, 4],
      [8, 7],
    ],
  ],
  [
    'SELECT type_1, count(*) FROM pokemon GROUP BY ALL ORDER BY ALL',
    [
      ['fire', 1],
      ['grass', 1],
      ['water', 2],
    ],
  ],
  ['SELECT type_1 FROM pokemon GROUP BY type_1 HAVING count(*) > 1', [['water']]],
  [
    'SELECT name, rank() OVER (ORDER BY weight DESC) FROM pokemon QUALIFY rank() OVER (ORDER BY weight DESC) = 1',
    [['Wartortle', 1]],
  ],
  [
    'SELECT id, sum(weight) OVER (ORDER BY id) FROM pokemon ORDER BY id',
    [
      [1, 69],
      [4, 154],
      [7, 244],
      [8, 469],
    ],
  ],
  ['WITH heavy AS (FROM pokemon WHERE weight > 85) SELECT count(*) FROM heavy', [[2]]],
  [
    'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n * 2 FROM t WHERE n < 8) SELECT max(n) FROM t',
    [[8]],
  ],
  ['SELECT (SELECT max(weight) FROM pokemon) - min(weight) FROM pokemon', [[156]]],
  [
    'SELECT id FROM pokemon WHERE type_1 IN (SELECT type_1 FROM pokemon WHERE id = 7) ORDER BY 1',
    [[7], [8]],
  ],
  ['SELECT 1 UNION ALL SELECT 2 ORDER BY 1', [[1], [2]]],
  ['SELECT id FROM pokemon EXCEPT SELECT 1 ORDER BY 1', [[4], [7], [8]]],
  [
    'VALUES (1, NULL), (2, true)',
    [
      [1, null],
      [2, true],
    ],
  ],
  ['SELECT unnest(abilities) FROM pokemon WHERE id = 1', [['overgrow'], ['chlorophyll']]],
  [
    `SELECT list_filter([1, 2, 3], lambda x: x > 1), [x * 2 FOR x IN [1, 2]]`,
    [
      [
        [2, 3],
        [2, 4],
      ],
    ],
  ],
  [`SELECT list_contains(games, 'red'), len(games) FROM pokemon WHERE id = 1`, [[true, 2]]],
  ['SELECT * FROM range(3)', [[0], [1], [2]]],
  [`SELECT key, value FROM json_each('{"a": 1}')`, [['a', '1']]],
  [`SELECT {'a': 1, 'b': [NULL]}, MAP {'k': 2}`, [[[1, [null]], [['k', 2]]]]],
  ["SELECT COLUMNS('^(hp|speed)$') FROM pokemon WHERE id = 1", [[45, 45]]],
  ['SELECT * EXCLUDE (n) FROM (SELECT 1 AS m, 2 AS n)', [[1]]],
  [
    `PIVOT pokemon ON type_1 IN ('fire', 'water') USING count(*) GROUP BY is_default`,
    [[true, 1, 2]],
  ],
  [`FROM (SELECT type_1 FROM pokemon) PIVOT (count(*) FOR type_1 IN ('grass'))`, [[1]]],
  [
    'UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b',
    [
      ['a', 1],
      ['b', 2],
    ],
  ],
  [
    `DESCRIBE SELECT name, weight FROM pokemon`,
    [
      ['name', 'VARCHAR', 'YES', null, null, null],
      ['weight', 'INTEGER', 'YES', null, null, null],
    ],
  ],
  [
    `SELECT column_name, "min", "max" FROM (SUMMARIZE SELECT weight FROM pokemon)`,
    [['weight', '69', '225']],
  ],
  ['SHOW TABLES', [['pokemon']]],
  [`SELECT count(*) FROM information_schema.columns WHERE table_name = 'pokemon'`, [[23]]],
  [`SELECT median(weight), quantile_cont(weight, 0.5) FROM pokemon`, [[87.5, 87.5]]],
  [
    `SELECT regexp_extract(name, '^.'), upper(name), name[1:3] FROM pokemon WHERE id = 4`,
    [['C', 'CHARMANDER', 'Cha']],
  ],
  [`SELECT last_day(DATE '2024-02-10')`, [['2024-02-29']]],
  [`SELECT 'ä' COLLATE de < 'b' COLLATE de`, [[true]]],
  [`SELECT setseed(0.5) IS NULL, random() < 1`, [[true, true]]],
];

test.each(LEGITIMATE)('a person can ask: %s', async (sql, expected) => {
  expect(await rows(sql)).toEqual(expected);
});

test('every kind of value arrives as it is, none lost in translation', async () => {
  const { columns, rows: values } = await engine.query(
    `SELECT 9223372036854775807 AS "big", 170141183460469231731687303715884105727 AS huge,
       1.5 AS "dec", 123456789012345678.12::DECIMAL(20, 2) AS long_dec, 'NaN'::DOUBLE AS nan,
       '-Infinity'::DOUBLE AS inf, DATE '2024-02-29' AS d, TIMESTAMP '2024-02-29 01:02:03.456789' AS ts,
       'infinity'::TIMESTAMP AS ts_inf, TIME '10:00:01.5' AS t, INTERVAL '1 month 2 days' AS i,
       '\\xAB'::BLOB AS b, 'é\u0001' AS s, NULL AS n, ''::VARCHAR AS empty,
       '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'::UUID AS u, 'x'::ENUM('x', 'y') AS e,
       [[1], NULL] AS l, {'a b': [2]} AS p`,
    LIMITS,
  );
  expect(Object.fromEntries(columns.map(({ name }, index) => [name, values[0]?.[index]]))).toEqual({
    big: '9223372036854775807',
    huge: '170141183460469231731687303715884105727',
    dec: '1.5',
    long_dec: '123456789012345678.12',
    nan: 'NaN',
    inf: '-Infinity',
    d: '2024-02-29',
    ts: '2024-02-29 01:02:03.456789',
    ts_inf: 'infinity',
    t: '10:00:01.5',
    i: '1 month 2 days',
    b: '\\xAB',
    s: 'é\u0001',
    n: null,
    empty: '',
    u: '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd',
    e: 'x',
    l: [[1], null],
    p: [[2]],
  });
  expect(columns.slice(0, 3).map(({ type }) => type)).toEqual([
    'BIGINT',
    'HUGEINT',
    'DECIMAL(2,1)',
  ]);
});

test('columns keep their names, also twice the same and with any character', async () => {
  const { columns } = await engine.query(
    `SELECT 1 AS a, 2 AS a, 3 AS "x ""y' é", 4 AS "__proto__"`,
    LIMITS,
  );
  expect(columns.map(({ name }) => name)).toEqual(['a', 'a', `x "y' é`, '__proto__']);
});

test('an empty result still tells its columns', async () => {
  const result = await engine.query('SELECT id, name FROM pokemon WHERE false', LIMITS);
  expect(result).toMatchObject({
    columns: [
      { name: 'id', type: 'INTEGER' },
      { name: 'name', type: 'VARCHAR' },
    ],
    rows: [],
    truncated: false,
  });
});

test('a result is cut at the row limit and says so, not one row early or late', async () => {
  const ask = async (count: number) => {
    const limits = { maxRows: 2500, timeLimitMs: 10_000 };
    const result = await engine.query(`SELECT range FROM range(${count})`, limits);
    return [result.rows.length, result.rows.at(-1), result.truncated];
  };
  expect(await ask(2499)).toEqual([2499, [2498], false]);
  expect(await ask(2500)).toEqual([2500, [2499], false]);
  expect(await ask(2501)).toEqual([2500, [2499], true]);
  expect(await ask(1_000_000)).toEqual([2500, [2499], true]);
});

test('an error in the query is told in DuckDB’s words with what to do next', async () => {
  await expect(rows('SELECT nam FROM pokemon')).rejects.toMatchObject({
    code: 'bad-query',
    message: expect.stringContaining('"nam" not found') as string,
    hint: expect.stringContaining('"name"') as string,
  });
  await expect(rows('SELECT name\nFROM pokemon\nWHERE heigth_m > 1')).rejects.toMatchObject({
    message: expect.stringMatching(/"heigth_m" not found .*\(line 3\)$/) as string,
    hint: expect.stringMatching(/^Is it .*"height_m".*\?$/) as string,
  });
  await expect(rows('SELECT meen(weight) FROM pokemon')).rejects.toMatchObject({
    hint: 'Is it "mean"?',
  });
  await expect(rows('SELECT * FROM somewhere')).rejects.toMatchObject({
    code: 'bad-query',
    hint: expect.stringContaining('The view is named pokemon') as string,
  });
  await expect(rows("SELECT 'x'::INTEGER")).rejects.toMatchObject({
    code: 'bad-query',
    hint: 'Correct the query and run it again.',
  });
  await expect(rows('SELEC 1')).rejects.toMatchObject({
    code: 'bad-query',
    message: 'Syntax error at or near "SELEC".',
  });
});

test('a PIVOT without its values is told how to name them', async () => {
  await expect(rows('PIVOT pokemon ON type_1 USING count(*)')).rejects.toMatchObject({
    code: 'query-refused',
    hint: expect.stringContaining('IN (') as string,
  });
});
