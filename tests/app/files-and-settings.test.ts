import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../../src/main/base/duckdb';
import { safeFileName } from '../../src/main/app/file-calls';
import { settingsSchema } from '../../src/preload/contract/settings';
import type { SavedFile } from '../../src/preload/contract/calls';
import { served, servedMany } from '../helpers/documents';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

let app: ServedApp;
let data: string;
let source: string;
const documents = [...servedMany(20), served({ id: 99, name: 'mr-mime', weight: 545, height: 13 })];
const atEnd: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const server = await new PokeapiServer(documents).listen();
  source = server.url;
  data = await temporaryFolder((work) => void atEnd.unshift(work));
  await runCli(['refresh', '--source', source, '--data', data]);
  await server.close();
  app = await serveReadyApp(data, (work) => void atEnd.unshift(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

async function download(saved: SavedFile): Promise<Buffer> {
  if (saved.kind !== 'download') throw new Error(`no download but ${saved.kind}`);
  const answer = await app.page(saved.url);
  expect(answer.status).toBe(200);
  return answer.body;
}

test('one setting alone is enough of a save, and one of a wrong kind is none', async () => {
  const { settings } = await app.call('app.start', {});
  expect(await app.call('settings.save', { settings: { sprites: false } })).toEqual({
    settings: { ...settings, sprites: false },
    revision: expect.any(Number),
  });
  for (const wrong of [{ theme: 'pink' }, { later: 1 }, { games: [] }, { workspace: null }]) {
    expect(await app.answer('settings.save', { settings: wrong as never })).toMatchObject({
      ok: false,
      error: { code: 'usage' },
    });
  }
  await app.call('settings.save', { settings });
});

test('an export for spreadsheets has their mark, separator and decimals', async () => {
  const saved = await app.call('export.data', {
    format: 'csv',
    spreadsheet: 'comma',
    view: {
      pokeview: 2,
      columns: ['name', 'weight_kg'],
      selections: [{ source: 'id', filter: { kind: 'one-of', columns: ['id'], values: [99] } }],
    },
  });
  expect((await download(saved)).toString()).toBe('\uFEFFname;weight_kg\r\nMr-mime;54,5\r\n');
});

test('an export of a view of format 2 holds what it shows; one that does not fit is refused', async () => {
  const filter = { kind: 'range', column: 'id', min: 99 } as const;
  const saved = await app.call('export.data', {
    format: 'csv',
    view: { pokeview: 2, selections: [{ source: 'id', filter }], columns: ['name'] },
  });
  expect((await download(saved)).toString()).toBe('name\nMr-mime\n');
  const card = { id: 'a', title: 'Name', kind: 'histogram', column: 'name' } as const;
  await expect(
    app.call('export.data', { format: 'csv', view: { pokeview: 2, cards: [card] } }),
  ).rejects.toMatchObject({
    code: 'bad-view',
    message: 'The view file is wrong at cards.0: the column “name” holds no numbers.',
  });
});

test('an export holds exactly what the view shows: filters, columns, order', async () => {
  const saved = await app.call('export.data', {
    format: 'json',
    view: {
      pokeview: 2,
      selections: [{ source: 'id', filter: { kind: 'range', column: 'id', min: 18 } }],
      columns: ['name', 'weight_kg'],
      sort: [{ column: 'id', direction: 'desc' }],
    },
  });
  expect(saved).toMatchObject({ kind: 'download', rows: 4 });
  expect(JSON.parse((await download(saved)).toString('utf8'))).toEqual([
    { name: 'Mr-mime', weight_kg: 54.5 },
    { name: 'Mon-20', weight_kg: 6.9 },
    { name: 'Mon-19', weight_kg: 6.9 },
    { name: 'Mon-18', weight_kg: 6.9 },
  ]);
});

test('everything as CSV and Parquet has every Pokémon', async () => {
  const csv = (
    await download(await app.call('export.data', { format: 'csv', view: null }))
  ).toString();
  expect(csv.trimEnd().split('\n')).toHaveLength(22);
  expect(csv.split('\n')[0]).toMatch(/^id,name,base_experience,/);
  const file = join(await temporaryFolder(), 'all.parquet');
  await writeFile(
    file,
    await download(await app.call('export.data', { format: 'parquet', view: null })),
  );
  const database = await Database.open();
  const { n } = await database.row<{ n: number }>(
    'SELECT count(DISTINCT id)::INTEGER AS n FROM read_parquet($file)',
    { file },
  );
  database.close();
  expect(n).toBe(21);
});

test('a drawing is saved under a harmless name, a picture only if it is one', async () => {
  const svg = await app.call('file.save', { name: '../../evil', kind: 'svg', content: '<svg/>' });
  if (svg.kind !== 'download') throw new Error('no download');
  const answer = await app.page(svg.url);
  expect(answer.headers['content-disposition']).toContain('filename="evil.svg"');
  const png = await app.answer('file.save', { name: 'x', kind: 'png', content: 'aGVsbG8=' });
  expect(png).toMatchObject({ ok: false, error: { code: 'usage' } });
  const bytes = Buffer.from('89504e470d0a1a0a00', 'hex');
  const real = await app.call('file.save', {
    name: 'x',
    kind: 'png',
    content: bytes.toString('base64'),
  });
  expect(await download(real)).toEqual(bytes);
});

test.each([
  ['a/b\\c', 'a b c.csv'],
  ['..', 'pokemon.csv'],
  ['x.csv', 'x.csv'],
  ['CON\u0000:*?', 'CON.csv'],
  ['.hidden', 'hidden.csv'],
  ['é'.repeat(300), `${'é'.repeat(120)}.csv`],
])('the name %j becomes %j', (name, expected) => {
  expect(safeFileName(name, 'csv')).toBe(expected);
});

test('a row’s origin is told: URL, time, hash and the raw document', async () => {
  const origin = await app.call('explore.provenance', { id: 99 });
  const body = documents.at(-1)?.body ?? Buffer.alloc(0);
  expect(origin).toMatchObject({
    id: 99,
    url: `${source}/pokemon/99/`,
    source,
    sha256: createHash('sha256').update(body).digest('hex'),
    bytes: body.length,
    raw: body.toString('utf8'),
  });
  expect(Date.now() - Date.parse(origin.fetched_at ?? '')).toBeLessThan(600_000);
  expect(await app.call('explore.provenance', { id: 98 })).toEqual({
    id: 98,
    url: null,
    source: null,
    fetched_at: null,
    sha256: null,
    bytes: null,
    raw: null,
  });
});

test('the snapshot’s facts are told to be of PokéAPI and of the snapshot’s day', async () => {
  const bundled = await temporaryFolder();
  await runCli(['refresh', '--source', 'bundled', '--data', bundled]);
  const origin = await (await serveReadyApp(bundled)).call('explore.provenance', { id: 25 });
  expect(origin).toMatchObject({
    url: 'https://pokeapi.co/api/v2/pokemon/25/',
    source: 'bundled',
    fetched_at: '2026-08-08T00:00:00.000Z',
  });
  const landed = await readFile(join(bundled, 'landing', 'pokemon', '25.json'));
  expect(origin.sha256).toBe(createHash('sha256').update(landed).digest('hex'));
});

test('settings are kept on the disk, and a source nobody could use is refused', async () => {
  const settings = settingsSchema.parse({ concurrency: 3, theme: 'dark', games: 'all' });
  expect((await app.call('settings.save', { settings })).settings).toEqual(settings);
  expect(JSON.parse(await readFile(join(data, 'settings.json'), 'utf8'))).toEqual(settings);
  expect((await app.call('app.start', {})).settings).toEqual(settings);
  for (const bad of ['file:///etc/passwd', 'nonsense', 'http://me:secret@host/api']) {
    const answer = await app.answer('settings.save', { settings: { ...settings, source: bad } });
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-source' } });
  }
  expect((await app.call('app.start', {})).settings).toEqual(settings);
});
