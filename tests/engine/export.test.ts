import type { ExportFormat } from '../../src/preload/contract/export-formats';
import { execFileSync } from 'node:child_process';
import {
  chmod,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { Database, quotedText } from '../../src/main/base/duckdb';
import {
  exportFile,
  type ExportOptions,
  type ExportReport,
} from '../../src/main/engine/export-file';
import { formatOf } from '../../src/main/engine/export-options';
import { COLUMN_NAMES, DATASET_COLUMNS, DEFAULT_GAMES } from '../../src/preload/contract/dataset';
import type { AppError } from '../../src/preload/contract/errors';
import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';
import { fromFormat1 } from '../../src/main/shaping/view-format-1';
import type { View } from '../../src/main/shaping/format-1-view';
import type { NewView } from '../../src/preload/contract/view-format';
import { whenBusy } from '../helpers/busy-machine';
import { parquetColumns, parquetRows, queryRows } from '../helpers/parquet-rows';
import { canMount, smallDisk } from '../helpers/small-disk';
import { temporaryFolder } from '../helpers/temporary-folder';
import { waitUntil } from './processes';
import { pokemonRow, type PokemonRow, writeDataset } from './pokemon-rows';

const ROWS: PokemonRow[] = [
  pokemonRow({ id: 1, name: 'Bulbasaur', weight: 69, type_1: 'grass' }),
  pokemonRow({
    id: 4,
    name: `"Quoted", it's ; a\nname`,
    type_1: 'fire',
    type_2: null,
    bmi: null,
    hp: null,
    weight: 85,
    sprite_front_default: null,
    abilities: [],
    is_default: false,
  }),
  pokemonRow({
    id: 7,
    name: 'Squirtle ✨ 図鑑',
    type_1: 'water',
    type_2: null,
    weight: 90,
    order: -1,
  }),
];

const DATASET = pokemonDataset({ version: 1, rows: 3 });

interface Place {
  data: string;
  /** A folder to export to, outside the data folder. */
  folder: string;
}

async function place(rows: readonly PokemonRow[] = ROWS): Promise<Place> {
  const root = await temporaryFolder();
  const data = join(root, 'data');
  const folder = join(root, 'out');
  await mkdir(data);
  await mkdir(folder);
  await writeDataset(data, rows);
  return { data, folder };
}

async function exported(
  { data }: Place,
  options: Partial<ExportOptions> & { out: string },
  signal: AbortSignal = new AbortController().signal,
): Promise<ExportReport> {
  const database = await Database.open({ signal });
  try {
    const format = options.format ?? formatOf(options.out);
    return await exportFile(
      database,
      dataPaths(data),
      { dataset: DATASET, view: null, pseudonymisedFiles: null, ...options, format },
      signal,
    );
  } finally {
    database.close();
  }
}

function view(parts: Omit<Partial<Record<keyof View, unknown>>, 'pokeview'>): NewView {
  return fromFormat1({ pokeview: 1, ...parts }, DEFAULT_GAMES);
}

/** What a file of a format holds, read by DuckDB with the dataset's types. */
function readBack(path: string, format: ExportFormat): Promise<Record<string, unknown>[]> {
  if (format === 'parquet') return parquetRows(path);
  const types = DATASET_COLUMNS.map(({ name, type }) => `${quotedText(name)}: ${quotedText(type)}`);
  return format === 'csv'
    ? queryRows(`FROM read_csv($path, columns = {${types.join(', ')}}, header = true)`, { path })
    : queryRows(`FROM read_json($path, format = 'array', columns = {${types.join(', ')}})`, {
        path,
      });
}

describe('everything exported reads back as it was', () => {
  test.each(['parquet', 'csv', 'json'] as const)('%s', async (format) => {
    const where = await place();
    const out = join(where.folder, `all.${format}`);
    const report = await exported(where, { out });
    expect(await readBack(out, format)).toEqual(ROWS);
    expect(report).toEqual({
      out,
      format,
      rows: 3,
      columns: [...COLUMN_NAMES],
      bytes: (await stat(out)).size,
      pseudonymised: false,
    });
  });
});

test('a Parquet export has the dataset’s own columns and types', async () => {
  const where = await place();
  const out = join(where.folder, 'all.parquet');
  await exported(where, { out });
  expect(await parquetColumns(out)).toEqual(DATASET_COLUMNS.map(({ name, type }) => [name, type]));
});

test('a JSON export is one array that any JSON reader takes, also without rows', async () => {
  const where = await place();
  const out = join(where.folder, 'all.json');
  await exported(where, { out });
  expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(ROWS);
  const none = view({ filters: [{ kind: 'range', column: 'id', min: 99 }] });
  expect((await exported(where, { out, view: none })).rows).toBe(0);
  expect(JSON.parse(await readFile(out, 'utf8'))).toEqual([]);
});

test('a CSV export has a header, quotes what needs it, and tells null from nothing else', async () => {
  const where = await place();
  const out = join(where.folder, 'some.csv');
  await exported(where, { out, view: view({ columns: ['id', 'name', 'type_2', 'games'] }) });
  expect(await readFile(out, 'utf8')).toBe(
    [
      'id,name,type_2,games',
      '1,Bulbasaur,poison,"[red, blue]"',
      `4,"""Quoted"", it's ; a\nname",,"[red, blue]"`,
      '7,Squirtle ✨ 図鑑,,"[red, blue]"\n',
    ].join('\n'),
  );
});

test('a view’s filters, columns and order are what the file shows', async () => {
  const where = await place();
  const out = join(where.folder, 'view.json');
  const report = await exported(where, {
    out,
    view: view({
      filters: [{ kind: 'range', column: 'weight', min: 80 }],
      columns: ['weight', 'name'],
      sort: [{ column: 'weight', direction: 'desc' }],
    }),
  });
  expect(JSON.parse(await readFile(out, 'utf8'))).toEqual([
    { weight: 90, name: 'Squirtle ✨ 図鑑' },
    { weight: 85, name: `"Quoted", it's ; a\nname` },
  ]);
  expect(report).toMatchObject({ rows: 2, columns: ['weight', 'name'] });
});

test.each([
  `it's "here".csv`,
  'with space.csv',
  'ünï—cødé 図鑑 ✨.csv',
  '-dash.csv',
  'semi;colon & $HOME `x` %s.csv',
  '[a]*?{b}.csv',
  'new\nline.csv',
  '.hidden.csv',
  `${'long'.repeat(60)}.csv`,
])('a file may be called %j', async (name) => {
  const where = await place();
  const out = join(where.folder, name);
  await exported(where, { out });
  expect(await readdir(where.folder)).toEqual([name]);
  expect((await readFile(out, 'utf8')).split('\n')[1]).toMatch(/^1,Bulbasaur,/);
});

test('a folder may be called anything, also where the data lies', async () => {
  const root = join(await temporaryFolder(), `[a]'s "d*ta" 図`);
  const where = { data: join(root, 'data'), folder: join(root, 'out') };
  await mkdir(where.data, { recursive: true });
  await mkdir(where.folder);
  const { data } = await place();
  await link(join(data, 'pokemon.parquet'), join(where.data, 'pokemon.parquet'));
  const out = join(where.folder, 'all.json');
  expect((await exported(where, { out })).rows).toBe(3);
  expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(ROWS);
});

describe('a file that was there', () => {
  test('is replaced whole, keeps its permissions, and nothing lies beside it', async () => {
    const where = await place();
    const out = join(where.folder, 'all.csv');
    await writeFile(out, 'old '.repeat(100_000));
    await chmod(out, 0o600);
    await exported(where, { out });
    expect((await readFile(out, 'utf8')).startsWith('id,name,')).toBe(true);
    if (process.platform !== 'win32') expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(await readdir(where.folder)).toEqual(['all.csv']);
  });

  test('is read in full by who had it open', async () => {
    const where = await place();
    const out = join(where.folder, 'all.csv');
    await writeFile(out, 'old');
    await link(out, join(where.folder, 'other-name.csv'));
    await exported(where, { out });
    expect(await readFile(join(where.folder, 'other-name.csv'), 'utf8')).toBe('old');
  });

  test('and is reached by a link stays behind that link', async () => {
    const where = await place();
    const real = join(where.data, 'real.csv');
    const out = join(where.folder, 'link.csv');
    await writeFile(real, 'old');
    await symlink(real, out);
    await exported(where, { out });
    expect((await lstat(out)).isSymbolicLink()).toBe(true);
    expect(await readlink(out)).toBe(real);
    expect((await readFile(real, 'utf8')).startsWith('id,name,')).toBe(true);
  });

  test.runIf(canMount)('is intact when the disk is full, and no partial file is left', async () => {
    const { folder } = await smallDisk('size=2m');
    const where = await place(many(20_000));
    const out = join(folder, 'all.json');
    await writeFile(out, 'old');
    await expect(exported(where, { out })).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining(out) as string,
    });
    expect(await readFile(out, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['all.json']);
  });

  test.each(['parquet', 'csv', 'json'] as const)(
    'is intact when the export is cancelled at the start, while reading or while writing (%s)',
    async (format) => {
      const where = await place([]);
      await bigDataset(where.data);
      const out = join(where.folder, `all.${format}`);
      await writeFile(out, 'old');
      const writing = () => waitUntil(async () => (await readdir(where.folder)).length > 1, 30_000);
      for (const moment of [() => sleep(0), () => sleep(100), writing]) {
        const abort = new AbortController();
        const running = exported(where, { out }, abort.signal);
        running.catch(() => {});
        await moment();
        const started = performance.now();
        abort.abort();
        await expect(running).rejects.toMatchObject({ code: 'cancelled' });
        expect(performance.now() - started).toBeLessThan(whenBusy(5_000));
        expect(await readFile(out, 'utf8')).toBe('old');
        expect(await readdir(where.folder)).toEqual([basename(out)]);
      }
    },
  );
});

function many(count: number): PokemonRow[] {
  return Array.from({ length: count }, (_, index) =>
    pokemonRow({ id: index + 1, name: `Mon ${index}` }),
  );
}

/** Takes seconds to export. */
async function bigDataset(data: string): Promise<void> {
  const small = await place(many(1000));
  const source = quotedText(join(small.data, 'pokemon.parquet'));
  await queryRows(
    `COPY (SELECT p.* REPLACE (p.id + r.range::INTEGER * 1000 AS id)
     FROM read_parquet(${source}) p, range(400) r)
     TO ${quotedText(join(data, 'pokemon.parquet'))} (FORMAT parquet)`,
  );
}

describe('a place that takes no file is told in words, and left as it was', () => {
  async function refusal(where: Place, out: string, format: ExportFormat = 'csv') {
    const error: unknown = await exported(where, { out, format }).catch((e: unknown) => e);
    return error as AppError;
  }

  test('a folder that is missing', async () => {
    const where = await place();
    const out = join(where.folder, 'no', 'such', 'x.csv');
    expect(await refusal(where, out)).toMatchObject({
      code: 'not-writable',
      message: `The folder ${dirname(out)} does not exist.`,
      hint: 'Make it first, or choose another place.',
    });
    expect(await readdir(where.folder)).toEqual([]);
  });

  test('a folder instead of a file', async () => {
    const where = await place();
    expect(await refusal(where, where.folder)).toMatchObject({
      code: 'not-writable',
      message: `${where.folder} is a folder.`,
      hint: 'Give a file name in it.',
    });
  });

  test('a file instead of a folder', async () => {
    const where = await place();
    await writeFile(join(where.folder, 'file'), '');
    const error = await refusal(where, join(where.folder, 'file', 'x.csv'));
    expect(error.code).toBe('not-writable');
    expect(error.hint).toMatch(/choose another place/);
  });

  test('a folder that may only be read', async () => {
    const where = await place();
    // The superuser may write anywhere but here.
    const readOnly = process.getuid?.() === 0 ? '/sys' : where.folder;
    await chmod(where.folder, 0o555);
    onTestFinished(() => chmod(where.folder, 0o755));
    expect(await refusal(where, join(readOnly, 'x.csv'))).toMatchObject({
      code: 'not-writable',
      message: expect.stringContaining(`The file ${readOnly}/x.csv cannot be written`) as string,
      hint: expect.stringContaining('choose another place') as string,
    });
  });

  test('a name too long for the disk', async () => {
    const where = await place();
    const error = await refusal(where, join(where.folder, `${'x'.repeat(300)}.csv`));
    expect(error.code).toBe('not-writable');
    expect(await readdir(where.folder)).toEqual([]);
  });

  test.runIf(process.platform !== 'win32')(
    'a pipe, which would be torn out of its place',
    async () => {
      const where = await place();
      const pipe = join(where.folder, 'pipe.csv');
      execFileSync('mkfifo', [pipe]);
      expect(await refusal(where, pipe)).toMatchObject({
        code: 'not-writable',
        message: `${pipe} is not an ordinary file.`,
      });
      expect((await lstat(pipe)).isFIFO()).toBe(true);
      expect((await refusal(where, '/dev/null')).message).toBe(
        '/dev/null is not an ordinary file.',
      );
      expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true);
    },
  );

  test('the data folder’s own files', async () => {
    const where = await place();
    const paths = dataPaths(where.data);
    await mkdir(paths.documents, { recursive: true });
    const before = await readFile(paths.parquet);
    const linked = join(where.folder, 'link.parquet');
    await symlink(paths.parquet, linked);
    const folder = join(where.folder, 'folder');
    await symlink(where.data, folder);
    const hard = join(where.folder, 'hard.parquet');
    await link(paths.parquet, hard);
    for (const out of [
      paths.parquet,
      join(paths.documents, '1.json'),
      linked,
      hard,
      relative(process.cwd(), paths.parquet),
      join(folder, 'pokemon.parquet'),
      join(folder, 'tables', '..', 'Pokemon.Parquet'),
      ...['settings.json', 'SQL-History.json', 'writer.json', 'writer.lock'].map((name) =>
        join(where.data, name),
      ),
      ...['tables', 'sprites', 'log'].map((name) => join(where.data, name)),
    ]) {
      expect(await refusal(where, out, 'parquet')).toMatchObject({
        code: 'not-writable',
        message: `${out} belongs to the data folder.`,
      });
    }
    expect(await readFile(paths.parquet)).toEqual(before);
    // A file of the person's own may lie there all the same.
    expect((await exported(where, { out: join(where.data, 'mine.csv') })).rows).toBe(3);
  });

  test('a data folder without a dataset', async () => {
    const where = await place();
    await rm(dataPaths(where.data).parquet);
    expect(await refusal(where, join(where.folder, 'x.csv'))).toMatchObject({
      code: 'no-data',
      hint: 'Run refresh first.',
    });
    expect(await readdir(where.folder)).toEqual([]);
  });
});

describe('a pseudonymised export', () => {
  const KEYS = ['f0', 'a1', '77'].map((start) => start.padEnd(32, '0'));

  /** A file of tables/pokemon, as the dataset's working columns under keys. */
  async function tableFile({ data, folder }: Place): Promise<string> {
    const working = DATASET_COLUMNS.filter((column) => !column.identity);
    const path = join(dirname(folder), 'part.parquet');
    const keys = ROWS.map((row, index) => `WHEN ${String(row.id)} THEN '${KEYS[index]}'`).join(' ');
    await queryRows(
      `COPY (SELECT CASE id ${keys} END AS pokemon_key, ${working.map(({ name }) => name).join(', ')}
       FROM read_parquet(${quotedText(join(data, 'pokemon.parquet'))}))
       TO ${quotedText(path)} (FORMAT parquet)`,
    );
    return path;
  }

  test.each(['parquet', 'csv', 'json'] as const)(
    'has the key, every working column, no identity, and not the order of the ids (%s)',
    async (format) => {
      const where = await place();
      const out = join(where.folder, `shared.${format}`);
      const report = await exported(where, { out, pseudonymisedFiles: [await tableFile(where)] });
      const expected = [
        'pokemon_key',
        ...['base_experience', 'weight', 'height', 'type_1', 'type_2', 'bmi', 'weight_kg'],
        ...['height_m', 'games', 'hp', 'attack', 'defense', 'special_attack', 'special_defense'],
        ...['speed', 'stat_total', 'abilities', 'is_default'],
      ];
      expect(report).toMatchObject({ columns: expected, rows: 3, pseudonymised: true });
      const text = (await readFile(out)).toString('latin1');
      for (const identity of ['Bulbasaur', 'bulbasaur', 'Squirtle', 'example.test', 'species']) {
        expect(text).not.toContain(identity);
      }
      const rows = await queryRows(`FROM ${quotedText(out)}`);
      expect(Object.keys(rows[0] ?? {})).toEqual(expected);
      // In the order of keys nobody can choose: ids 7, 4, 1 here.
      expect(rows.map((row) => row['pokemon_key'])).toEqual([KEYS[2], KEYS[1], KEYS[0]]);
      expect(rows.map((row) => Number(row['weight']))).toEqual([90, 85, 69]);
    },
  );

  test('leaves the identity columns out of a view too', async () => {
    const where = await place();
    const out = join(where.folder, 'shared.json');
    const report = await exported(where, {
      out,
      pseudonymisedFiles: [await tableFile(where)],
      view: view({
        columns: ['id', 'name', 'weight', 'order', 'species', 'sprite_front_default'],
        filters: [{ kind: 'types', values: ['fire', 'water'] }],
        sort: [{ column: 'weight' }],
      }),
    });
    expect(report.columns).toEqual(['pokemon_key', 'weight']);
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual([
      { pokemon_key: KEYS[1], weight: 85 },
      { pokemon_key: KEYS[2], weight: 90 },
    ]);
  });

  test.each<[string, object]>([
    ['name', { filters: [{ kind: 'search', text: 'bulba' }] }],
    ['id', { filters: [{ kind: 'range', column: 'id', min: 1, max: 1 }] }],
    ['species', { filters: [{ kind: 'one-of', column: 'species', values: ['x'] }] }],
    ['order', { sort: [{ column: 'order' }] }],
    [
      'id',
      {
        filters: [
          {
            kind: 'lasso',
            x: 'hp',
            y: 'id',
            points: [
              [0, 0],
              [1, 1],
              [2, 0],
            ],
          },
        ],
      },
    ],
  ])('refuses a view that picks subjects by %s', async (column, parts) => {
    const where = await place();
    const out = join(where.folder, 'shared.json');
    await expect(
      exported(where, { out, pseudonymisedFiles: [await tableFile(where)], view: view(parts) }),
    ).rejects.toMatchObject({
      code: 'bad-view',
      message: expect.stringContaining(` ${column},`) as string,
    });
    expect(await readdir(where.folder)).toEqual([]);
  });

  test('of a version without rows is an empty file with the same columns', async () => {
    const where = await place();
    const out = join(where.folder, 'shared.parquet');
    expect((await exported(where, { out, pseudonymisedFiles: [] })).rows).toBe(0);
    expect(await parquetColumns(out)).toContainEqual(['games', 'VARCHAR[]']);
    expect((await parquetColumns(out))[0]).toEqual(['pokemon_key', 'VARCHAR']);
  });
});

test('the format comes from the ending, whatever its case, and is asked for where it tells none', () => {
  const known = ['a.csv', 'b.CSV', 'c.d.Json', '/x.csv/y.parquet', 'a.csv.gz', 'a.JSON.ZST'];
  expect(known.map(formatOf)).toEqual(['csv', 'csv', 'json', 'parquet', 'csv', 'json']);
  for (const out of ['a', 'a.txt', 'csv', '.csv', 'a.gz', 'a.csv.xz', 'a.']) {
    expect(() => formatOf(out), out).toThrow(/tells no format/);
  }
});

test('a path with links in it leads to the real place', async () => {
  const where = await place();
  const linked = join(dirname(where.folder), 'linked');
  await symlink(where.folder, linked);
  await exported(where, { out: join(linked, 'all.csv') });
  expect(await readdir(await realpath(linked))).toEqual(['all.csv']);
});
