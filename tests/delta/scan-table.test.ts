import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deltaVersions, isDeltaTable } from '../../src/main/delta/kept-versions';
import { deltaScan } from '../../src/main/delta/scan-table';
import {
  add,
  field,
  ForeignTable,
  lines,
  metaData,
  OLD_PROTOCOL,
  padded,
  protocol,
  remove,
  roaringBytes,
  struct,
  vectorFile,
} from '../helpers/foreign-delta';

const ONE_COLUMN = metaData([field('id', 'long')]);

/** Versions 0 to 3, each with one more file of one row; version 3 takes the first away. */
async function fourVersions(): Promise<ForeignTable> {
  const table = await ForeignTable.create();
  for (const id of [0, 1, 2, 3]) await table.parquet(`${id}.parquet`, `SELECT ${id}::BIGINT AS id`);
  await table.commit(0, OLD_PROTOCOL, ONE_COLUMN, add('0.parquet'));
  await table.commit(1, add('1.parquet'));
  await table.commit(2, add('2.parquet'));
  await table.commit(3, add('3.parquet'), remove('0.parquet'));
  return table;
}

const ids = (numbers: number[]) => numbers.map((id) => ({ id: BigInt(id) }));

test('every version that is kept has its own rows', async () => {
  const table = await fourVersions();
  expect(await table.rows()).toEqual(ids([1, 2, 3]));
  expect(await table.rows(0)).toEqual(ids([0]));
  expect(await table.rows(2)).toEqual(ids([0, 1, 2]));
});

test('a version that is not there is told with those that are', async () => {
  const table = await fourVersions();
  await expect(deltaScan(table.folder, 7)).rejects.toMatchObject({
    code: 'version-not-kept',
    message: 'The Delta table table has no version 7.',
    hint: 'Open one of those that are there: 0–3.',
  });
});

test('a version whose files VACUUM took is told with those that are left', async () => {
  const table = await fourVersions();
  await rm(join(table.folder, '0.parquet'));
  await expect(deltaScan(table.folder, 1)).rejects.toMatchObject({
    code: 'version-not-kept',
    hint: 'Open one of those that are there: 3.',
  });
  await rm(join(table.folder, '2.parquet'));
  await expect(deltaScan(table.folder)).rejects.toMatchObject({
    code: 'table-damaged',
    message: 'The Delta table table is damaged: its file 2.parquet is missing.',
  });
});

test('versions are listed with when they were made', async () => {
  const table = await ForeignTable.create();
  const info = { timestamp: 5, operation: 'WRITE' };
  await table.commit(0, { commitInfo: info }, OLD_PROTOCOL, ONE_COLUMN);
  await table.commit(1, { commitInfo: { ...info, inCommitTimestamp: 9 } });
  expect(await deltaVersions(table.folder)).toEqual([
    { version: 0, timestamp: 5, operation: 'WRITE' },
    { version: 1, timestamp: 9, operation: 'WRITE' },
  ]);
});

const ADD_TYPE =
  'STRUCT(path VARCHAR, "partitionValues" MAP(VARCHAR, VARCHAR), size BIGINT, "modificationTime" BIGINT, "dataChange" BOOLEAN)';
const addRow = (
  path: string,
) => `{'path': '${path}', 'partitionValues': MAP {}::MAP(VARCHAR, VARCHAR),
  'size': 1, 'modificationTime': 1, 'dataChange': false}::${ADD_TYPE}`;
const REST = `{'minReaderVersion': 1, 'minWriterVersion': 2} AS protocol,
  from_json('${JSON.stringify((ONE_COLUMN as { metaData: object }).metaData)}',
    '{"id":"VARCHAR","format":{"provider":"VARCHAR"},"schemaString":"VARCHAR","partitionColumns":["VARCHAR"],"configuration":"MAP(VARCHAR,VARCHAR)"}') AS "metaData"`;
const HEAD = `SELECT NULL::${ADD_TYPE} AS add, ${REST}`;
const files = (...paths: string[]) =>
  paths.map((path) => `SELECT ${addRow(path)} AS add, NULL AS protocol, NULL AS "metaData"`);

test.each([
  [
    'classic',
    async (table: ForeignTable) => {
      const name = `_delta_log/${padded(2)}.checkpoint.parquet`;
      const rows = [HEAD, ...files('0.parquet', '1.parquet', '2.parquet')];
      await table.parquet(name, rows.join(' UNION ALL '));
    },
  ],
  [
    'in parts',
    async (table: ForeignTable) => {
      const part = (number: number) =>
        `_delta_log/${padded(2)}.checkpoint.000000000${number}.0000000002.parquet`;
      await table.parquet(part(1), [HEAD, ...files('0.parquet')].join(' UNION ALL '));
      await table.parquet(part(2), files('1.parquet', '2.parquet').join(' UNION ALL '));
    },
  ],
  [
    'V2 in JSON, with sidecars',
    async (table: ForeignTable) => {
      const rows = files('0.parquet', '1.parquet').map((row) => row.replace(/, NULL AS .*/s, ''));
      await table.parquet('_delta_log/_sidecars/a b.parquet', rows.join(' UNION ALL '));
      const actions = [
        { checkpointMetadata: { version: 2 } },
        OLD_PROTOCOL,
        ONE_COLUMN,
        add('2.parquet'),
        { sidecar: { path: 'a%20b.parquet', sizeInBytes: 1, modificationTime: 1 } },
      ];
      const name = `${padded(2)}.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json`;
      await writeFile(table.log(name), lines(actions));
    },
  ],
])('a checkpoint %s stands for what is gone before it', async (_, write) => {
  const table = await fourVersions();
  await write(table);
  for (const version of [0, 1, 2]) await rm(table.log(`${padded(version)}.json`));
  // A hint at a checkpoint that is not there.
  await writeFile(table.log('_last_checkpoint'), '{"version":9,"size":1}');
  expect(await table.rows()).toEqual(ids([1, 2, 3]));
  expect(await table.rows(2)).toEqual(ids([0, 1, 2]));
  await expect(deltaScan(table.folder, 1)).rejects.toMatchObject({
    hint: 'Open one of those that are there: 2–3.',
  });
});

test('a damaged checkpoint, and one in parts that lacks one, do not matter where the log is whole', async () => {
  const table = await fourVersions();
  await writeFile(table.log(`${padded(2)}.checkpoint.parquet`), 'PAR1');
  await table.parquet(
    `_delta_log/${padded(3)}.checkpoint.0000000001.0000000002.parquet`,
    [HEAD, ...files('0.parquet')].join(' UNION ALL '),
  );
  expect(await table.rows()).toEqual(ids([1, 2, 3]));
});

test('a checkpoint that is needed and damaged is named as what is wrong', async () => {
  const table = await fourVersions();
  await writeFile(table.log(`${padded(2)}.checkpoint.parquet`), 'PAR1');
  await rm(table.log(`${padded(0)}.json`));
  await expect(deltaScan(table.folder)).rejects.toMatchObject({
    code: 'table-damaged',
    message: expect.stringContaining('a checkpoint of its log cannot be read'),
  });
});

test('compacted entries and checksums are passed over', async () => {
  const table = await fourVersions();
  await writeFile(table.log(`${padded(1)}.${padded(2)}.compacted.json`), lines([add('9.parquet')]));
  await writeFile(table.log(`${padded(3)}.crc`), '{}');
  expect(await table.rows()).toEqual(ids([1, 2, 3]));
});

test.each([
  ['is empty', ''],
  ['is cut short or is not JSON', '{"add":{"path":"x","par'],
  ['has no valid add.path', '{"add":{"size":1}}'],
])('an entry that %s is named', async (what, text) => {
  const table = await fourVersions();
  await writeFile(table.log(`${padded(1)}.json`), text);
  await expect(deltaScan(table.folder)).rejects.toMatchObject({
    code: 'table-damaged',
    message: `The Delta table table is damaged: _delta_log/${padded(1)}.json ${what}.`,
  });
  expect(await table.rows(0)).toEqual(ids([0]));
});

test('an entry that is missing is named, and what is before it can be opened', async () => {
  const table = await fourVersions();
  await rm(table.log(`${padded(2)}.json`));
  await expect(deltaScan(table.folder)).rejects.toMatchObject({
    message: expect.stringContaining('no entry of version 2'),
    hint: expect.stringContaining('older versions: 0–1'),
  });
  expect(await table.rows(1)).toEqual(ids([0, 1]));
});

test('a folder without a table is told apart', async () => {
  const table = await ForeignTable.create();
  expect(await isDeltaTable(table.folder)).toBe(false);
  await expect(deltaScan(table.folder)).rejects.toMatchObject({ code: 'no-data' });
});

test.each([
  ['variantType', protocol('variantType', 'timestampNtz'), 'the feature variantType'],
  ['any other', protocol('a', 'deletionVectors', 'b'), 'the features a, b'],
  ['version 4', { protocol: { minReaderVersion: 4, minWriterVersion: 7 } }, 'reader version 4'],
])('a feature that readers have to know is refused by its name: %s', async (_, action, name) => {
  const table = await ForeignTable.create();
  await table.commit(0, action, ONE_COLUMN);
  await expect(deltaScan(table.folder)).rejects.toMatchObject({
    code: 'table-unsupported',
    message: `The Delta table table uses ${name}, which this app does not read.`,
  });
});

test('features that ask nothing of readers do not hinder', async () => {
  const table = await ForeignTable.create();
  await table.parquet('0.parquet', 'SELECT 0::BIGINT AS id');
  const readerFeatures = ['v2Checkpoint', 'vacuumProtocolCheck', 'typeWidening', 'rowTracking'];
  const writerFeatures = [...readerFeatures, 'clustering', 'inCommitTimestamp', 'one to come'];
  const versions = { minReaderVersion: 3, minWriterVersion: 7 };
  await table.commit(
    0,
    { protocol: { ...versions, readerFeatures, writerFeatures } },
    ONE_COLUMN,
    add('0.parquet'),
    { actionToCome: {} },
  );
  expect(await table.rows()).toEqual(ids([0]));
});

test('files are found by encoded and by absolute paths, and taken away by another spelling', async () => {
  const table = await ForeignTable.create();
  await table.parquet('a b/ü%23=[1]*.parquet', 'SELECT 1::BIGINT AS id');
  await table.parquet('2.parquet', 'SELECT 2::BIGINT AS id');
  await table.commit(
    0,
    OLD_PROTOCOL,
    ONE_COLUMN,
    add('a%20b/%C3%BC%2523=[1]*.parquet'),
    add(`file://${table.folder}/2.parquet`),
  );
  await table.commit(1, remove(`${table.folder}/2.parquet`));
  expect(await table.rows(0)).toEqual(ids([1, 2]));
  expect(await table.rows(1)).toEqual(ids([1]));
});

test('rows that a deletion vector marks are left out, whatever columns are called', async () => {
  const table = await ForeignTable.create();
  const query = 'SELECT range AS id, -range AS file_row_number FROM range(30)';
  await table.parquet('0.parquet', query);
  await table.parquet('1.parquet', query.replace('range(30)', 'range(30, 32)'));
  const vector = {
    storageType: 'i',
    pathOrInlineDv: 'wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L',
    sizeInBytes: 40,
    cardinality: 6,
  };
  const columns = metaData([field('id', 'long'), field('file_row_number', 'long')]);
  const marked = add('0.parquet', { deletionVector: vector });
  await table.commit(0, protocol('deletionVectors'), columns, add('0.parquet'), add('1.parquet'));
  await table.commit(1, remove('0.parquet'), marked);
  // The state without marks is gone already: to take it away once more changes nothing.
  await table.commit(2, remove('0.parquet'));
  const gone = [3, 4, 7, 11, 18, 29];
  const left = Array.from({ length: 32 }, (_, id) => id).filter((id) => !gone.includes(id));
  const rows = await table.rows();
  expect(rows.map((row) => Number(row['id']))).toEqual(left);
  expect(rows[3]).toEqual({ id: 5n, file_row_number: -5n });
  expect(await table.rows(0)).toHaveLength(32);
});

test.each([
  ['scattered', (row: number) => row % 3 === 0 || row === 4999],
  ['in one run', (row: number) => row >= 1000 && row < 3500],
  ['all of them', () => true],
])('many deleted rows, %s, are left out, also behind a filter', async (_, isDeleted) => {
  const table = await ForeignTable.create();
  await table.parquet('0.parquet', 'SELECT range AS id FROM range(5000)', undefined, 2048);
  const numbers = Array.from({ length: 5000 }, (_row, row) => row);
  const deleted = numbers.filter(isDeleted);
  const bytes = roaringBytes(deleted);
  await table.file('marks.bin', vectorFile(bytes));
  const deletionVector = {
    storageType: 'p',
    pathOrInlineDv: `file://${table.folder}/marks.bin`,
    offset: 1,
    sizeInBytes: bytes.length,
    cardinality: deleted.length,
  };
  const marked = add('0.parquet', { deletionVector });
  await table.commit(0, protocol('deletionVectors'), ONE_COLUMN, marked);
  const left = numbers.filter((row) => !isDeleted(row));
  expect(await table.rows()).toEqual(ids(left));
  expect(await table.rows(0, 'id >= 4096')).toEqual(ids(left.filter((id) => id >= 4096)));
});

const MAPPED = [
  field('new name', 'integer', 1, 'old'),
  field(
    's',
    struct(field('renamed', 'string', 3, 'f'), field('added', 'date', 9, 'later')),
    2,
    'col-2',
  ),
  field('l', { type: 'array', elementType: struct(field('k', 'long', 5)) }, 4),
  field('m', { type: 'map', keyType: 'string', valueType: struct(field('v', 'integer', 7)) }, 6),
  field('p', 'string', 8),
];

test.each(['name', 'id'])('columns are found by %s at every depth', async (mode) => {
  const table = await ForeignTable.create();
  // In the mode `id` the names in the file say nothing.
  const [a, b, c, d, e, f, g] =
    mode === 'name'
      ? ['old', 'col-2', 'f', 'col-4', 'col-5', 'col-6', 'col-7']
      : ['x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7'];
  await table.parquet(
    '0.parquet',
    `SELECT 1 AS "${a}", {'gone': 0, '${c}': 'one'} AS "${b}", [{'${e}': 2::BIGINT}, NULL] AS "${d}",
       MAP {'key': {'${g}': 3}} AS "${f}"
     UNION ALL SELECT 2, NULL, NULL, NULL`,
    `{${a}: 1, "${b}": {__duckdb_field_id: 2, gone: 99, ${c}: 3},
      "${d}": {__duckdb_field_id: 4, element: {__duckdb_field_id: 98, "${e}": 5}},
      "${f}": {__duckdb_field_id: 6, key: 97, value: {__duckdb_field_id: 96, "${g}": 7}}}`,
  );
  await table.commit(
    0,
    { protocol: { minReaderVersion: 2, minWriterVersion: 5 } },
    metaData(MAPPED, {
      partitionColumns: ['p'],
      configuration: { 'delta.columnMapping.mode': mode },
    }),
    add('0.parquet', { partitionValues: { 'col-8': 'part' } }),
  );
  expect(await table.texts()).toEqual([
    `{'new name': 1, 's': {'renamed': one, 'added': NULL}, 'l': [{'k': 2}, NULL], 'm': {key={'v': 3}}, 'p': part}`,
    `{'new name': 2, 's': NULL, 'l': NULL, 'm': NULL, 'p': part}`,
  ]);
});

test('a mapping that the protocol does not have is ignored', async () => {
  const table = await ForeignTable.create();
  await table.parquet('0.parquet', 'SELECT 1::BIGINT AS id, 2::BIGINT AS "col-1"');
  const configuration = { 'delta.columnMapping.mode': 'name' };
  const columns = metaData([field('id', 'long', 1)], { configuration });
  await table.commit(0, OLD_PROTOCOL, columns, add('0.parquet'));
  expect(await table.rows()).toEqual(ids([1]));
});

test('partition values are of the column’s type, and come from the log alone', async () => {
  const table = await ForeignTable.create();
  const types = {
    l: 'long',
    d: 'decimal(10,3)',
    f: 'double',
    b: 'boolean',
    day: 'date',
    ts: 'timestamp',
    tn: 'timestamp_ntz',
    s: 'string',
    by: 'binary',
  };
  const values: Record<string, string>[] = [
    {
      l: '9007199254740993',
      d: '-0.010',
      f: 'NaN',
      b: 'true',
      day: '0001-01-01',
      ts: '2020-01-01T10:11:12.123456Z',
      tn: '9999-12-31 23:59:59.999999',
      s: `__HIVE_DEFAULT_PARTITION__ 'a' `,
      by: '\\u0000\\u00FF',
    },
    { l: '', d: '', f: '', b: '', day: '', ts: '', tn: '', s: '', by: '' },
    { l: '-5', d: '1', f: '-Infinity', b: 'false', day: '2020-02-29', ts: '2020-01-01 10:11:12' },
  ];
  const fields = Object.entries(types).map(([name, type]) => field(name, type));
  const partitionColumns = Object.keys(types);
  const path = (index: number) => `l=${index}.parquet`;
  // A file that holds a partition’s column too, with other values.
  for (const index of values.keys()) {
    await table.parquet(path(index), `SELECT ${index} AS id, 7::BIGINT AS l`);
  }
  await table.commit(
    0,
    protocol('timestampNtz'),
    metaData([field('id', 'integer'), ...fields], { partitionColumns }),
    ...values.map((partitionValues, index) => add(encodeURI(path(index)), { partitionValues })),
  );
  const nulls = "'tn': NULL, 's': NULL, 'by': NULL";
  expect(await table.texts()).toEqual([
    `{'id': 0, 'l': 9007199254740993, 'd': -0.010, 'f': nan, 'b': true, 'day': 0001-01-01, 'ts': '2020-01-01 10:11:12.123456+00', 'tn': '9999-12-31 23:59:59.999999', 's': '__HIVE_DEFAULT_PARTITION__ \\'a\\' ', 'by': \\x00\\xFF}`,
    `{'id': 1, 'l': NULL, 'd': NULL, 'f': NULL, 'b': NULL, 'day': NULL, 'ts': NULL, ${nulls}}`,
    `{'id': 2, 'l': -5, 'd': 1.000, 'f': -inf, 'b': false, 'day': 2020-02-29, 'ts': '2020-01-01 10:11:12+00', ${nulls}}`,
  ]);
  expect((await deltaScan(table.folder)).notes).toEqual([
    { column: 'ts', count: 1, what: expect.stringContaining('time zone') },
  ]);
});

test.each([
  ['integer', '1.5'],
  ['byte', '300'],
  ['decimal(4,2)', '1.234'],
  ['decimal(10,2)', '0.-1'],
  ['date', '2020-01-01 10:00:00'],
  ['date', '2021-02-29'],
])('a partition of %s is not bent: %j', async (type, text) => {
  const table = await ForeignTable.create();
  await table.parquet('0.parquet', 'SELECT 1::BIGINT AS id');
  const columns = metaData([field('id', 'long'), field('p', type)], { partitionColumns: ['p'] });
  await table.commit(0, OLD_PROTOCOL, columns, add('0.parquet', { partitionValues: { p: text } }));
  await expect(deltaScan(table.folder)).rejects.toMatchObject({ code: 'table-damaged' });
});

test('files with narrower types and without later columns are read as the table is now', async () => {
  const table = await ForeignTable.create();
  await table.parquet(
    'old.parquet',
    `SELECT 1::TINYINT AS i, 0.5::FLOAT AS f, 1.25::DECIMAL(5, 2) AS d, DATE '2020-02-29' AS day,
       7 AS whole, {'x': 1} AS s, [1::SMALLINT, NULL] AS a, MAP {1: 2} AS m`,
  );
  await table.parquet(
    'new.parquet',
    `SELECT 5000000000::BIGINT AS i, 1e300 AS f, 12345678.1234::DECIMAL(12, 4) AS d,
       TIMESTAMP '2021-01-01 01:02:03' AS day, 0.5::DOUBLE AS whole,
       {'x': 5000000000::BIGINT, 'y': 'why'} AS s, [100000] AS a,
       MAP {5000000000::BIGINT: 0.5::DOUBLE} AS m, 'there' AS later`,
  );
  const wide = [
    field('i', 'long'),
    field('f', 'double'),
    field('d', 'decimal(12,4)'),
    field('day', 'timestamp_ntz'),
    field('whole', 'double'),
    field('s', struct(field('x', 'long'), field('y', 'string'))),
    field('a', { type: 'array', elementType: 'integer' }),
    field('m', { type: 'map', keyType: 'long', valueType: 'double' }),
    field('later', 'string'),
    field('nothing', 'void'),
  ];
  const features = protocol('typeWidening', 'timestampNtz');
  await table.commit(0, features, metaData(wide), add('old.parquet'), add('new.parquet'));
  expect(await table.texts()).toEqual([
    `{'i': 1, 'f': 0.5, 'd': 1.2500, 'day': '2020-02-29 00:00:00', 'whole': 7.0, 's': {'x': 1, 'y': NULL}, 'a': [1, NULL], 'm': {1=2.0}, 'later': NULL}`,
    `{'i': 5000000000, 'f': 1e+300, 'd': 12345678.1234, 'day': '2021-01-01 01:02:03', 'whole': 0.5, 's': {'x': 5000000000, 'y': why}, 'a': [100000], 'm': {5000000000=0.5}, 'later': there}`,
  ]);
});

test('a file’s column of a type that does not fit is an error, not another value', async () => {
  const table = await ForeignTable.create();
  await table.parquet('0.parquet', `SELECT '12' AS id`);
  await table.commit(0, OLD_PROTOCOL, ONE_COLUMN, add('0.parquet'));
  await expect(deltaScan(table.folder)).rejects.toMatchObject({
    message:
      'The Delta table table is damaged: its column id is of type BIGINT, but VARCHAR in its file 0.parquet.',
  });
});

test('moments without a mark of UTC are UTC, whatever the session’s zone', async () => {
  const table = await ForeignTable.create();
  await table.parquet('0.parquet', `SELECT [TIMESTAMP '2020-07-01 12:00:00'] AS t`);
  const type = { type: 'array', elementType: 'timestamp' };
  await table.commit(0, OLD_PROTOCOL, metaData([field('t', type)]), add('0.parquet'));
  const [row] = await table.rows();
  expect(row).toEqual({ t: [new Date('2020-07-01T12:00:00Z')] });
});

test('names that DuckDB cannot have are replaced and told, others stay', async () => {
  const table = await ForeignTable.create();
  const names = ['', 'a', 'A', '__proto__', `q"'`, '😀', 'rowid', 'filename'];
  const selected = names
    .map((name, index) => `${index} AS "${name === '' ? 'e' : name.replace('"', '""')}"`)
    .join(', ');
  await table.parquet('0.parquet', `SELECT ${selected}`);
  await table.commit(
    0,
    OLD_PROTOCOL,
    metaData(names.map((name) => field(name, 'integer'))),
    add('0.parquet'),
  );
  const { columns, notes } = await deltaScan(table.folder);
  expect(columns.map(({ name }) => name)).toEqual([
    'column1',
    'a',
    'A_1',
    '__proto__',
    `q"'`,
    '😀',
    'rowid',
    'filename',
  ]);
  expect(notes.map(({ column }) => column)).toEqual(['column1', 'A_1']);
});

test('a data file that is not Parquet, or is a pipe, is named', async () => {
  const table = await fourVersions();
  const { length } = await readFile(join(table.folder, '1.parquet'));
  await table.file('1.parquet', Buffer.alloc(length, 'x'));
  await expect(deltaScan(table.folder)).rejects.toMatchObject({
    message: 'The Delta table table is damaged: its file 1.parquet cannot be read.',
  });
  await rm(join(table.folder, '1.parquet'));
  if (process.platform === 'win32') return;
  execFileSync('mkfifo', [join(table.folder, '1.parquet')]);
  await expect(deltaScan(table.folder)).rejects.toMatchObject({
    message: 'The Delta table table is damaged: 1.parquet is not an ordinary file.',
  });
});

test('the newest version’s stamps tell a commit of another program, a fixed one’s do not', async () => {
  const table = await fourVersions();
  const log = join(table.folder, '_delta_log');
  const paths = async (version?: number) =>
    (await deltaScan(table.folder, version)).files.map(({ path }) => path);
  expect(await paths()).toContain(log);
  expect(await paths(3)).not.toContain(log);
});
