import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chunkCells, shapeOf } from '../../src/main/engine/cells';
import { valueJson, valueText } from '../../src/preload/contract/value-text';
import { pick as pickFrom, seededRandom } from '../helpers/seeded-random';

/** What a value reads like everywhere, held against DuckDB's own text of the very same value. */

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

interface Read {
  text: string | null;
  json: string;
  /** DuckDB's own. */
  reference: string | null;
}

/** Each of the expressions, whatever its type. */
async function read(expressions: readonly string[], zone = 'UTC'): Promise<Read[]> {
  await connection.run(`SET TimeZone = '${zone}'`);
  const columns = expressions.flatMap((sql, n) => [`${sql} AS v${n}`, `v${n}::VARCHAR AS t${n}`]);
  const reads: Read[] = [];
  const result = await connection.stream(`SELECT ${columns.join(', ')}`);
  const chunk = await result.fetchChunk();
  if (chunk === null) throw new Error('no row');
  const cells = chunkCells(chunk, zone)(0);
  for (let column = 0; column < cells.length; column += 2) {
    const shape = shapeOf(result.columnType(column));
    // As it arrives at the other end of a line that speaks JSON.
    const cell = JSON.parse(JSON.stringify([cells[column], shape])) as [never, never];
    reads.push({
      text: valueText(...cell),
      json: valueJson(...cell),
      reference: cells[column + 1] as string | null,
    });
  }
  return reads;
}

async function texts(...expressions: string[]): Promise<(string | null)[]> {
  return (await read(expressions)).map(({ text }) => text);
}

test('what is not a finite number is told apart from null, in FLOAT and in DOUBLE', async () => {
  const values = ["'nan'", "'inf'", "'-inf'", 'NULL'];
  for (const type of ['FLOAT', 'DOUBLE']) {
    const found = await read(values.map((value) => `${value}::${type}`));
    expect(found.map(({ text }) => text)).toEqual(['NaN', 'Infinity', '-Infinity', null]);
    expect(found.map(({ json }) => json)).toEqual(['"NaN"', '"Infinity"', '"-Infinity"', 'null']);
  }
  expect(await texts("['nan'::DOUBLE, 1, NULL]")).toEqual(['[NaN, 1.0, NULL]']);
});

test('numbers keep the digits they have', async () => {
  const found = await read([
    '0.1::FLOAT',
    '1.10::DECIMAL(5,2)',
    '1.10::DECIMAL(18,2)',
    '0.05::DECIMAL(2,2)',
    '12345678901234.567890::DECIMAL(20,6)',
    '1::DOUBLE',
    '-0.0::DOUBLE',
    '9007199254740991',
    '9007199254740993',
    '170141183460469231731687303715884105727::HUGEINT',
    '340282366920938463463374607431768211455::UHUGEINT',
  ]);
  expect(found.map(({ text, json }) => [text, json])).toEqual([
    ['0.1', '0.1'],
    ['1.10', '1.10'],
    ['1.10', '1.10'],
    ['0.05', '0.05'],
    ['12345678901234.567890', '"12345678901234.567890"'],
    ['1.0', '1.0'],
    ['-0.0', '-0.0'],
    ['9007199254740991', '9007199254740991'],
    ['9007199254740993', '"9007199254740993"'],
    ['170141183460469231731687303715884105727', '"170141183460469231731687303715884105727"'],
    ['340282366920938463463374607431768211455', '"340282366920938463463374607431768211455"'],
  ]);
});

test('dates and times that never end say so, and old ones too', async () => {
  expect(
    await texts(
      "'infinity'::DATE",
      "'-infinity'::DATE",
      "'infinity'::TIMESTAMP_S",
      "'-infinity'::TIMESTAMP_MS",
      "'infinity'::TIMESTAMP",
      "'infinity'::TIMESTAMP_NS",
      "'-infinity'::TIMESTAMPTZ",
      "DATE '0044-03-15 (BC)'",
      "DATE '5881580-07-10'",
      "TIMESTAMP '0044-03-15 (BC) 01:02:03.5'",
    ),
  ).toEqual([
    'infinity',
    '-infinity',
    'infinity',
    '-infinity',
    'infinity',
    'infinity',
    '-infinity',
    '0044-03-15 (BC)',
    '5881580-07-10',
    '0044-03-15 (BC) 01:02:03.5',
  ]);
});

test('an instant has the offset its zone had then', async () => {
  const found = await read(
    ['2024-01-01 12:00:00+00', '2024-07-01 12:00:00+00'].map((text) => `TIMESTAMPTZ '${text}'`),
    'America/New_York',
  );
  expect(found.map(({ text }) => text)).toEqual([
    '2024-01-01 07:00:00-05',
    '2024-07-01 08:00:00-04',
  ]);
});

test('nested values hold the same texts, quoted where they could be misread', async () => {
  const found = await read([
    `['a', NULL, 'b, c', '', 'null', 'it''s', ' x']`,
    `{'k': 1.10::DECIMAL(5,2), 'b c': 'x y', 'at': TIMESTAMP '2024-02-29 01:02:03'}`,
    `MAP {'k': 'nan'::FLOAT, '1=2': 0.1::FLOAT}`,
    `union_value(k := 0.1::FLOAT)`,
    `row(1, 'a')`,
    `{'2': 1, '1': {'__proto__': DATE 'infinity'}}`,
    `{'a': ['x', 'y, z'], 'b': 9007199254740993}::VARIANT`,
  ]);
  expect(found.map(({ text }) => text)).toEqual([
    `[a, NULL, 'b, c', '', 'null', 'it\\'s', ' x']`,
    `{'k': 1.10, 'b c': x y, 'at': '2024-02-29 01:02:03'}`,
    `{k=NaN, '1=2'=0.1}`,
    '0.1',
    '(1, a)',
    `{'2': 1, '1': {'__proto__': infinity}}`,
    `{'a': [x, 'y, z'], 'b': 9007199254740993}`,
  ]);
  expect(found.map(({ json }) => json)).toEqual([
    `["a",null,"b, c","","null","it's"," x"]`,
    `{"k":1.10,"b c":"x y","at":"2024-02-29 01:02:03"}`,
    `{"k":"NaN","1=2":0.1}`,
    '0.1',
    '[1,"a"]',
    `{"2":1,"1":{"__proto__":"infinity"}}`,
    `{"a":["x","y, z"],"b":"9007199254740993"}`,
  ]);
  for (const { json } of found) expect(() => JSON.parse(json) as unknown).not.toThrow();
});

/** DuckDB's text with the two things that are told otherwise here. */
function told(reference: string | null): string | null {
  return (reference ?? 'NULL')
    .replace(/(?<![a-z])(-?)inf(?![a-z])/g, '$1Infinity')
    .replace(/(?<![a-z])nan(?![a-z])/g, 'NaN')
    .replace(/(?<![\d.])\.(?=\d)/g, '0.');
}

const random = seededRandom(3);
const int = (bits: number, signed: boolean) => {
  let value = 0n;
  for (let bit = 0; bit < bits - (signed ? 1 : 0); bit += 1) {
    value = value * 2n + (random() < 0.5 ? 1n : 0n);
  }
  value >>= BigInt(Math.floor(random() * bits));
  return signed && random() < 0.5 ? -value : value;
};
const pick = <T>(values: readonly T[]): T => pickFrom(random, values);
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const double = () => {
  const view = new DataView(new ArrayBuffer(8));
  if (random() < 0.5) return String(Number(int(40, true)) / 10 ** Math.floor(random() * 30));
  view.setBigUint64(0, int(64, false));
  return String(view.getFloat64(0)).replace('Infinity', 'inf');
};
const word = () =>
  Array.from({ length: Math.floor(random() * 5) }, () =>
    pick([...`ab 1,'"\\()[]{}=:;_\t\né图NULL`, 'null']),
  ).join('');

/** How to write a value of each type at random, from which nested ones are made. */
const SCALARS: Record<string, () => string> = {
  BOOLEAN: () => pick(['true', 'false']),
  TINYINT: () => `(${int(8, true)})::TINYINT`,
  UINTEGER: () => `(${int(32, false)})::UINTEGER`,
  BIGINT: () => `(${int(64, true)})::BIGINT`,
  HUGEINT: () => `(${int(127, true)})::HUGEINT`,
  UHUGEINT: () => `(${int(128, false)})::UHUGEINT`,
  FLOAT: () => `coalesce(try_cast('${double()}' AS FLOAT), 'nan')`,
  'FLOAT of 2': () => `(2::DOUBLE ^ ${Math.floor(random() * 277) - 149})::FLOAT`,
  DOUBLE: () => `'${double()}'::DOUBLE`,
  DECIMAL: () => `(${int(30, true)} / 1000)::DECIMAL(18,4)`,
  'DECIMAL of 38': () => `(${int(110, true)})::DECIMAL(38,0)`,
  'DECIMAL below 1': () => `(${int(9, true)} / 1000)::DECIMAL(3,3)`,
  DATE: () => `(DATE '1970-01-01' + (${int(30, true)})::INTEGER)`,
  TIME: () => `(TIME '00:00:00' + to_microseconds(${int(36, false)}))`,
  TIMETZ: () =>
    `'01:02:0${pick(['3', '3.25'])}${pick(['+', '-'])}0${pick(['5', '5:30', '5:45:07'])}'::TIMETZ`,
  TIMESTAMP: () => `make_timestamp(${int(62, true)})`,
  TIMESTAMP_S: () => `make_timestamp(${int(60, true)})::TIMESTAMP_S`,
  TIMESTAMP_MS: () => `make_timestamp(${int(60, true)})::TIMESTAMP_MS`,
  TIMESTAMP_NS: () => `make_timestamp_ns(${int(63, true)})`,
  TIMESTAMPTZ: () => `make_timestamptz(${int(62, true)})`,
  'TIMESTAMPTZ of our time': () => `make_timestamptz(${int(52, true)})`,
  INTERVAL: () =>
    `(to_months(${int(12, true)}::INTEGER) + to_days(${int(12, true)}::INTEGER) + to_microseconds(${int(50, true)}))`,
  UUID: () => `md5('${random()}')::UUID`,
  VARCHAR: () => quoted(word()),
  BLOB: () => `unhex('${int(64, false).toString(16).padStart(16, '0')}')`,
  BIT: () => `'${int(20, false).toString(2)}'::BIT`,
  ENUM: () => `${pick([`'a, b'`, `'null'`, `'plain'`])}::ENUM('a, b', 'null', 'plain')`,
  BIGNUM: () => `'${int(128, true)}${int(60, false)}'::BIGNUM`,
  SMALLINT: () => `(${int(16, true)})::SMALLINT`,
  INTEGER: () => `(${int(32, true)})::INTEGER`,
  UTINYINT: () => `(${int(8, false)})::UTINYINT`,
  USMALLINT: () => `(${int(16, false)})::USMALLINT`,
  UBIGINT: () => `(${int(64, false)})::UBIGINT`,
  TIME_NS: () =>
    `'0${int(3, false)}:0${int(3, false)}:59.${String(int(29, false)).padStart(9, '0')}'::TIME_NS`,
  JSON: () => `'${pick(['{"a": [1, null, "x y"]}', '"a, b"', 'null', '1', '""'])}'::JSON`,
  GEOMETRY: () => `'${geometry()}'::GEOMETRY`,
};

function geometry(): string {
  const dimensions = pick(['', ' Z', ' M', ' ZM']);
  const place = () => {
    const ordinate = () =>
      pick(['0', '-0.0', '1', '-2.5', '1e300', '1e-7', '123456789.125', '5e15']);
    return Array.from({ length: 2 + dimensions.trim().length }, ordinate).join(' ');
  };
  const some = (part: () => string) =>
    pick([() => `(${part()})`, () => `(${part()}, ${part()})`, () => 'EMPTY'])();
  const point = () => pick([`(${place()})`, 'EMPTY']);
  const line = () => some(place);
  const ring = () => `(${place()}, ${place()})`;
  const shapes: Record<string, () => string> = {
    POINT: point,
    LINESTRING: line,
    POLYGON: () => some(ring),
    MULTIPOINT: () => some(point),
    MULTILINESTRING: () => some(ring),
    MULTIPOLYGON: () => some(() => `(${ring()})`),
  };
  const plain = () => {
    const name = pick(Object.keys(shapes));
    return `${name}${dimensions} ${shapes[name]?.()}`;
  };
  return pick([plain, plain, () => `GEOMETRYCOLLECTION${dimensions} ${some(plain)}`])();
}

function nested(): string {
  const of = SCALARS[pick(Object.keys(SCALARS))] as () => string;
  const list = () => `[${[of(), 'NULL', of()].join(', ')}]`;
  return pick([
    list,
    () => `[${list()}, NULL, []]`,
    () => `{${quoted(`k${word()}`)}: ${of()}, 'other': ${list()}, 'none': NULL}`,
    () => `[{'k': ${of()}}, NULL]`,
    () => `row(${of()}, ${quoted(word())}, NULL)`,
    () => `MAP {${quoted(word())}: ${of()}, 'other': NULL}`,
    () => `MAP {'k': ${list()}}`,
    () => `union_value(k := ${of()})`,
    () => `array_value(${of()}, ${of()})`,
    () => `[[array_value(row(${of()}, 1), NULL)], NULL]`,
    () => `array_value([${of()}], NULL)`,
    () => `MAP {row(${of()}, ${quoted(word())}): row(row(${of()}), NULL)}`,
    () => `union_value(k := row(${of()}, {'2': ${of()}, '1': 1, '__proto__': 2}))`,
    () => `MAP {'k': union_value(k := [${of()}, NULL])}`,
    () => `[union_value(k := MAP {${of()}: row(1)}), NULL]`,
  ])();
}

test.each(Object.keys(SCALARS))('%s reads as DuckDB writes it', async (type) => {
  const sql = Array.from({ length: 150 }, () => (SCALARS[type] as () => string)());
  for (const zone of /TIMESTAMPTZ/.test(type)
    ? ['America/New_York', 'Asia/Kathmandu', 'Europe/Dublin', 'Etc/GMT+7']
    : ['UTC']) {
    const found = await read(sql, zone);
    const wrong = found.flatMap(({ text, reference }, index) =>
      text === told(reference) ? [] : [{ sql: sql[index], zone, text, reference }],
    );
    expect(wrong).toEqual([]);
    for (const { json } of found) expect(() => JSON.parse(json) as unknown).not.toThrow();
  }
});

test('FLOATs of every size read as DuckDB writes them', async () => {
  const sizes = ['1e6', '1e9', '1e12', '1e-3', '10', '2^20'];
  const sql = sizes.map((size) => `(random() - 0.5) * ${size}`);
  await connection.run('SELECT setseed(0.3)');
  const floats = await connection.stream(
    `SELECT v, v::VARCHAR FROM (SELECT unnest([${sql.join(', ')}])::FLOAT AS v FROM range(3000))`,
  );
  const wrong: unknown[] = [];
  for (;;) {
    const chunk = await floats.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const cells = chunkCells(chunk, 'UTC');
    for (let row = 0; row < chunk.rowCount; row += 1) {
      const [value = null, reference] = cells(row);
      const text = valueText(value, { kind: 'float' });
      if (text !== reference) wrong.push({ text, reference });
    }
  }
  expect(wrong).toEqual([]);
});

/** What in the list of types is not a scalar of its own. */
const OTHERWISE_TRIED = {
  nested: ['ARRAY', 'LIST', 'MAP', 'STRUCT', 'UNION'],
  variant: ['VARIANT'],
  none: ['NULL', 'TYPE'],
};

test('every type that DuckDB has is tried', async () => {
  const reader = await connection.runAndReadAll(
    `SELECT DISTINCT logical_type FROM duckdb_types() WHERE database_name = 'system'`,
  );
  const spelt: Record<string, string> = {
    'TIME WITH TIME ZONE': 'TIMETZ',
    'TIMESTAMP WITH TIME ZONE': 'TIMESTAMPTZ',
  };
  const types = reader.getRows().map(([type]) => spelt[String(type)] ?? String(type));
  expect(types.length).toBeGreaterThan(35);
  const tried = [...Object.keys(SCALARS), ...Object.values(OTHERWISE_TRIED).flat()];
  expect(types.filter((type) => !tried.includes(type))).toEqual([]);
});

test('a VARIANT reads as DuckDB writes it, whatever stands in it', async () => {
  const of = Object.entries(SCALARS).filter(([type]) => type !== 'JSON' && type !== 'ENUM');
  const scalars = of.flatMap(([, one]) => [one(), one(), one()]);
  const sql = scalars.flatMap((one) => [
    `${one}::VARIANT`,
    `[${one}, NULL]::VARIANT`,
    `{'2': ${one}, '1': [${one}], '__proto__': NULL, 'constructor': {'x y': ${one}}}::VARIANT`,
    `[[${one}::VARIANT, 'a, b'::VARIANT, NULL], NULL]`,
    `MAP {'k': {'10': ${one}, '9': 1}::VARIANT}`,
  ]);
  const found = await read([...sql, 'NULL::VARIANT', '[]::VARIANT'], 'Asia/Kathmandu');
  const wrong = found.flatMap(({ text, reference }, index) =>
    (text ?? 'NULL') === told(reference) ? [] : [{ sql: sql[index], text, reference }],
  );
  expect(wrong).toEqual([]);
  for (const { json } of found) expect(() => JSON.parse(json) as unknown).not.toThrow();
});

test('fields of a ROW keep their values wherever it stands', async () => {
  const found = await read([
    `MAP {'k': row(1, 'a')}`,
    `union_value(k := row(1, 'a'))`,
    `array_value(row(1, 'a'), row(2, NULL))`,
    `{'2': 1, '1': 2, '__proto__': 3}::VARIANT`,
  ]);
  expect(found.map(({ text, json }) => [text, json])).toEqual([
    ['{k=(1, a)}', '{"k":[1,"a"]}'],
    ['(1, a)', '[1,"a"]'],
    ['[(1, a), (2, NULL)]', '[[1,"a"],[2,null]]'],
    [`{'2': 1, '1': 2, '__proto__': 3}`, '{"2":1,"1":2,"__proto__":3}'],
  ]);
});

test('nested values read as DuckDB writes them', async () => {
  const sql = Array.from({ length: 400 }, nested);
  const found = await read(sql, 'Europe/Berlin');
  const wrong = found.flatMap(({ text, reference }, index) =>
    text === told(reference) ? [] : [{ sql: sql[index], text, reference }],
  );
  expect(wrong).toEqual([]);
  for (const { json } of found) expect(() => JSON.parse(json) as unknown).not.toThrow();
});
