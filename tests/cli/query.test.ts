import { DATASET_COLUMNS } from '../../src/preload/contract/dataset';
import { spawn } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { served } from '../helpers/documents';
import { gatherInto, serve } from '../helpers/gather-into';
import { processInto } from '../helpers/land-documents';
import { CLI, runCli } from '../helpers/run-cli';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';
import { expectSentences, jsonOf } from './json-output';
import { DOCUMENTS, publishedData, TYPES_OF_BULBASAUR } from './published-data';

const places = publishedData();

function query(sql: string, ...flags: string[]) {
  return runCli(['query', sql, '--data', places.data, ...flags]);
}

/** The fields of a CSV's only row. */
function parseCsv(text: string): string[] {
  const [, row = ''] = text.split('\n');
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

/** Every value that a format could get wrong, in one row. */
const ODD = `SELECT NULL AS nothing, '' AS empty, 'a "b", c' AS quoted, E'x\\x1b[31m\\ny' AS steering,
  ['p', NULL, 'q;r'] AS list, {'k': 1.5} AS struct, 9007199254740993 AS big, 12::BIGINT AS small,
  'NaN'::DOUBLE AS nan, DATE '2024-02-29' AS day, 1 AS twice, 2 AS twice, 'ü図✨' AS text, true AS yes`;

describe('the same answer in every format', () => {
  test('a table for reading, with a line that counts the rows', async () => {
    const result = await query('SELECT id, name, base_experience, games FROM pokemon ORDER BY id');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toBe(
      [
        '┌────┬────────────┬─────────────────┬───────┐',
        '│ id │ name       │ base_experience │ games │',
        '├────┼────────────┼─────────────────┼───────┤',
        '│ 1  │ Bulbasaur  │ 64              │ [red] │',
        '│ 4  │ Charmander │ –               │ [red] │',
        '│ 7  │ Squirtle   │ 64              │ [red] │',
        '└────┴────────────┴─────────────────┴───────┘',
        '3 rows',
        '',
      ].join('\n'),
    );
  });

  test('a table with odd values loses none and lets none steer the terminal', async () => {
    const { code, stdout } = await query(ODD);
    expect(code).toBe(0);
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    const cells = stdout
      .split('\n')[3]
      ?.split('│')
      .slice(1, -1)
      .map((cell) => cell.trim());
    expect(cells).toEqual([
      ...[
        '–',
        '',
        'a "b", c',
        'x�[31m�y',
        '[p, NULL, q;r]',
        "{'k': 1.5}",
        '9007199254740993',
        '12',
      ],
      ...['NaN', '2024-02-29', '1', '2', 'ü図✨', 'true'],
    ]);
    expect(stdout).toMatch(/\n1 row\n$/);
  });

  test('every type has the text that DuckDB gives it, whatever the format', async () => {
    const values = [
      `true`,
      `(-128)::TINYINT`,
      `255::UTINYINT`,
      `18446744073709551615::UBIGINT`,
      `170141183460469231731687303715884105727::HUGEINT`,
      `340282366920938463463374607431768211455::UHUGEINT`,
      `'${'9'.repeat(60)}'::BIGNUM`,
      `0.1::FLOAT`,
      `1e300`,
      `1.10::DECIMAL(38,2)`,
      `DATE '2024-02-29'`,
      `TIME '01:02:03.000004'`,
      `'01:02:03.000000004'::TIME_NS`,
      `'01:02:03+05:45'::TIMETZ`,
      `TIMESTAMP '2024-02-29 01:02:03.5'`,
      `TIMESTAMP_NS '2024-02-29 01:02:03.000000004'`,
      `TIMESTAMPTZ '2024-02-29 01:02:03+00'`,
      `INTERVAL '1 year 2 days 03:04:05'`,
      `'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID`,
      `'b'::ENUM('a', 'b')`,
      `'10101'::BIT`,
      `'\\xAA'::BLOB`,
      `'{"a": 1}'::JSON`,
      `['{"a": 1}'::JSON]`,
      `'LINESTRING (0 0, 1.5 2)'::GEOMETRY`,
      `['x', NULL, 'a, b']`,
      `array_value(1, NULL)`,
      `{'k': DATE '2024-02-29', 'l': [row(1, 'a')]}`,
      `MAP {'k': row(1, NULL)}`,
      `union_value(k := row('a', 2))`,
      `{'2': 'x y', '1': [1, NULL]}::VARIANT`,
    ];
    const sql = `SELECT ${values.map((value, n) => `${value} AS v${n}`)} ${values.map((_, n) => `, v${n}::VARCHAR AS t${n}`).join('')}`;
    const csv = parseCsv((await query(sql, '--format', 'csv')).stdout);
    const table = (await query(sql)).stdout.split('\n')[3]?.split('│').slice(1, -1);
    for (const cells of [csv, table?.map((cell) => cell.trim())]) {
      expect(cells?.length).toBe(2 * values.length);
      expect(cells?.slice(0, values.length)).toEqual(cells?.slice(values.length));
    }
    const [row] = jsonOf(await query(sql, '--json')) as Record<string, unknown>[];
    for (const [n, value] of values.entries()) {
      const own = row?.[`v${n}`];
      if (typeof own === 'object') continue;
      const text = typeof own === 'number' ? [own, Number(row?.[`t${n}`])] : [own, row?.[`t${n}`]];
      expect(`${text[0]}`, value).toBe(`${text[1]}`);
    }
  });

  test('a type that cannot be read is said to be one, with what to do', async () => {
    const { code, stderr } = await query(`SELECT [get_type(1)]`);
    expect(code).toBe(1);
    expect(stderr).toContain('of a type that cannot be shown');
    expect(stderr).toContain('CAST(… AS VARCHAR)');
  });

  test('column names cannot steer the terminal either', async () => {
    const { stdout } = await query(`SELECT 1 AS "a\u001b[31mb"`);
    expect(stdout).toContain('a�[31mb');
    expect(stdout).not.toContain('\u001b');
  });

  test.each([['--json'], ['--format', 'json'], ['--format', 'csv', '--json']])(
    'JSON with %s %s %s: one array, an object a row, no value lost',
    async (...flags) => {
      const result = await query(ODD, ...flags.filter((flag) => typeof flag === 'string'));
      expect(result.code).toBe(0);
      expect(jsonOf(result)).toEqual([
        {
          nothing: null,
          empty: '',
          quoted: 'a "b", c',
          steering: 'x\u001b[31m\ny',
          list: ['p', null, 'q;r'],
          struct: { k: 1.5 },
          // Beyond what JSON's readers hold as a number, so it is a text; within, a number.
          big: '9007199254740993',
          small: 12,
          nan: 'NaN',
          day: '2024-02-29',
          twice: 1,
          twice_1: 2,
          text: 'ü図✨',
          yes: true,
        },
      ]);
    },
  );

  test('CSV that any reader takes, an empty text apart from null', async () => {
    const result = await query(ODD, '--format', 'csv');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toBe(
      [
        'nothing,empty,quoted,steering,list,struct,big,small,nan,day,twice,twice,text,yes',
        `,"","a ""b"", c","x\u001b[31m\ny","[p, NULL, q;r]",{'k': 1.5},9007199254740993,12,NaN,2024-02-29,1,2,ü図✨,true`,
        '',
      ].join('\n'),
    );
  });

  test('no rows: an empty table with its head, an empty array, a lone header', async () => {
    const sql = 'SELECT id, name FROM pokemon WHERE false';
    const [table, json, csv] = await Promise.all([
      query(sql),
      query(sql, '--json'),
      query(sql, '--format', 'csv'),
    ]);
    expect(table.stdout).toMatch(/│ id │ name │[^]*\n0 rows\n$/);
    expect(jsonOf(json)).toEqual([]);
    expect(csv.stdout).toBe('id,name\n');
  });
});

test('an instant is shown in the zone that TZ names, with the offset it had then', async () => {
  const sql = `SELECT TIMESTAMPTZ '2024-01-01 12:00:00+00' AS winter,
    TIMESTAMPTZ '2024-07-01 12:00:00+00' AS summer, NULL::TIMESTAMPTZ AS never`;
  const asked = (zone: string, format: string) =>
    runCli(['query', sql, '--data', places.data, '--format', format], { TZ: zone });
  const [york, table] = await Promise.all([
    asked('America/New_York', 'csv'),
    asked('Asia/Kathmandu', 'table'),
  ]);
  expect(york.stdout).toBe('winter,summer,never\n2024-01-01 07:00:00-05,2024-07-01 08:00:00-04,\n');
  expect(table.stdout).toContain('│ 2024-01-01 17:45:00+05:45 │ 2024-07-01 17:45:00+05:45 │ –');
  expect(table.stdout).toMatch(/\n1 row, times in Asia\/Kathmandu\n$/);
});

test('the examples of the help can be run as they stand', async () => {
  const { stdout } = await runCli(['query', '--help']);
  const examples = [...stdout.matchAll(/^ {2}\$ pokedex query "(.*)"(.*)$/gm)];
  expect(examples.length).toBeGreaterThan(1);
  for (const [, sql = '', flags = ''] of examples) {
    const result = await query(sql, ...flags.split(' ').filter(Boolean));
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout.split('\n').length).toBeGreaterThan(3);
  }
});

test('a name that is also a key of every object is a column like any other', async () => {
  const { stdout } = await query(
    `SELECT 1 AS "__proto__", 2 AS "constructor", 3 AS a_1, 4 AS a, 5 AS a`,
    '--json',
  );
  expect(stdout.replace(/\s/g, '')).toBe('[{"__proto__":1,"constructor":2,"a_1":3,"a":4,"a_2":5}]');
});

test('a result of more rows than can be shown is cut, and says so beside the result', async () => {
  const [csv, json] = await Promise.all([
    query('SELECT range AS n FROM range(100001)', '--format', 'csv'),
    query('SELECT range AS n FROM range(100001)', '--json'),
  ]);
  const short = await query('FROM range(1001)');
  expect(short.stdout).toMatch(/│ 999 +│\n└─+┘\n1,000 rows\n$/);
  expect(short.stderr).toBe(
    'Only the first 1,000 rows are shown. --format csv shows up to 100,000.\n',
  );
  const note = 'Only the first 100,000 rows are shown.\n';
  expect([csv.code, csv.stderr, json.code, json.stderr]).toEqual([0, note, 0, note]);
  expect(csv.stdout.split('\n').length).toBe(100_002);
  const rows: unknown = JSON.parse(json.stdout);
  expect(rows).toHaveLength(100_000);
  expect(rows).toHaveProperty([99_999, 'n'], 99_999);
  expect((await query('SELECT range AS n FROM range(100000)', '--format', 'csv')).stderr).toBe('');
});

test.each(['-- the heavy ones\nSELECT 1 AS n', '--heavy\nSELECT 1 AS n'])(
  'a statement may begin with a comment: %j',
  async (sql) => {
    const result = await query(sql, '--json');
    expect(result.code).toBe(0);
    expect(jsonOf(result)).toEqual([{ n: 1 }]);
  },
);

describe('what cannot be answered ends with 1 and a sentence', () => {
  test.each([
    ['SELEC 1', /^Syntax error at or near "SELEC"\.\n/],
    ['DROP TABLE dataset', /^Only SELECT can be run here\.\n/],
    ['', /^There is no statement in the query\.\n/],
    ['SELECT 1 INTO x', /^SELECT INTO not supported!\n/],
    [`SELECT * FROM read_text('/etc/passwd')`, /^The function read_text cannot be used here\.\n/],
  ])('%s', async (sql, sentence) => {
    const result = await query(sql);
    expect(result.code).toBe(1);
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(sentence);
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(result.stderr).not.toMatch(/\n\s+at |root:/);
  });

  test('with --json as one document', async () => {
    const result = await query('DROP TABLE dataset', '--json');
    expect(result.code).toBe(1);
    expect(jsonOf(result)).toEqual({
      error: {
        code: 'query-refused',
        message: 'Only SELECT can be run here.',
        hint: expect.any(String) as string,
      },
    });
  });

  test('also where pokemon.parquet is damaged', async () => {
    const data = join(places.folder, 'damaged');
    await cp(places.data, data, { recursive: true });
    await writeFile(join(data, 'pokemon.parquet'), 'PAR1 nothing PAR1');
    const result = await runCli(['query', 'SELECT 1', '--data', data]);
    expect(result.code).toBe(1);
    expectSentences(result, /^The dataset cannot be read: [^]*\nRun refresh/);
  });
});

test('a reader that has seen enough (| head) ends the command quietly', async () => {
  const shell = spawn(
    '/bin/sh',
    [
      '-c',
      `"$0" "$1" query 'SELECT range FROM range(90000)' --data "$2" --format csv | head -n 2`,
      process.execPath,
      CLI,
      places.data,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  shell.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  shell.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await new Promise((resolve) => shell.on('close', resolve));
  expect({ stdout, stderr }).toEqual({ stdout: 'range\n0\n', stderr: '' });
});

describe('as of an earlier version', () => {
  const atEnd = atSuiteEnd();
  /** Version 1 has three Pokémon; in version 2 one is heavier, and one has left. */
  let data: string;

  beforeAll(async () => {
    data = join(await temporaryFolder(atEnd), 'data');
    const server = await serve(DOCUMENTS, atEnd);
    await gatherInto(data, server);
    await processInto(data);
    const [, charmander, squirtle] = DOCUMENTS;
    if (charmander === undefined || squirtle === undefined) throw new Error('three documents');
    server.documents = [
      served({ id: 1, name: 'bulbasaur', weight: 75, types: TYPES_OF_BULBASAUR }),
      charmander,
    ];
    await gatherInto(data, server);
    await processInto(data);
  });

  test('query and export show the version that is asked for, and changes what came between', async () => {
    const rows = async (sql: string, ...flags: string[]) =>
      jsonOf(await runCli(['query', sql, '--data', data, '--json', ...flags])) as unknown[];
    const weights = 'SELECT name, weight_kg FROM pokemon ORDER BY id';
    expect(await rows(weights, '--version', '1')).toEqual([
      { name: 'Bulbasaur', weight_kg: 6.9 },
      { name: 'Charmander', weight_kg: 8.5 },
      { name: 'Squirtle', weight_kg: 9 },
    ]);
    expect(await rows(weights)).toEqual(await rows(weights, '--version', '2'));
    // Neither keys nor salts, and in the same order as what is published.
    expect(await rows('FROM pokemon')).toEqual(await rows('FROM pokemon', '--version', '2'));
    const [first = {}] = (await rows('FROM pokemon', '--version', '1')) as object[];
    expect(Object.keys(first)).toEqual(DATASET_COLUMNS.map(({ name }) => name));
    const out = join(data, '..', 'before.csv');
    expect((await runCli(['export', '--out', out, '--version', '1', '--data', data])).code).toBe(0);
    // A view that was saved of a version shows that version.
    const view = join(data, '..', 'before.pokeview.json');
    const dataset = { kind: 'published', version: 1 };
    await writeFile(view, JSON.stringify({ pokeview: 2, dataset, columns: ['name'] }));
    const seen = join(data, '..', 'seen.csv');
    await runCli(['export', '--out', seen, '--view', view, '--data', data]);
    expect(await readFile(seen, 'utf8')).toBe('name\nBulbasaur\nCharmander\nSquirtle\n');
    const { stdout: all } = await runCli([
      'query',
      'FROM pokemon',
      '--data',
      data,
      '--version',
      '1',
      '--format',
      'csv',
    ]);
    expect((await readFile(out, 'utf8')).split('\n')).toHaveLength(all.split('\n').length);

    const told = jsonOf(await runCli(['changes', '--data', data, '--json'])) as Record<
      string,
      unknown
    >[];
    const asked = (await rows('SELECT * FROM changes')) as Record<string, unknown>[];
    expect(asked.map(({ version, change, id, column }) => [version, change, id, column])).toEqual(
      told.map(({ version, change, id, column }) => [version, change, id, column]),
    );
    expect(asked.filter(({ column }) => column === 'weight_kg')).toMatchObject([
      { version: 2, change: 'update', name: 'Bulbasaur', before: '6.9', after: '7.5' },
    ]);
    const asOf = 'SELECT DISTINCT version FROM changes ORDER BY ALL';
    expect(await rows(asOf, '--version', '1')).toEqual([{ version: 1 }]);
    expect(await rows(asOf, '--version', '2')).toEqual([{ version: 1 }, { version: 2 }]);
    const [{ delta } = {}] = (await rows(
      `SELECT delta FROM changes WHERE "column" = 'weight_kg'`,
    )) as Record<string, number>[];
    expect(delta).toBeCloseTo(0.6);
  });

  test.each(['3', '99'])(
    'version %s there never was is said, with those there are',
    async (version) => {
      const { code, stderr } = await runCli([
        'query',
        'FROM pokemon',
        '--data',
        data,
        '--version',
        version,
      ]);
      expect(code).toBe(1);
      expect(stderr).toBe(`There is no version ${version}.\nVersions go from 1 to 2.\n`);
    },
  );
});
