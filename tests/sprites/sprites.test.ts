import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fetchSprites, type SpriteEntry } from '../../src/main/sprites/fetch-sprites';
import { settingsSchema } from '../../src/preload/contract/settings';
import { served } from '../helpers/documents';
import { serve } from '../helpers/gather-into';
import type { Fault, PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

/** A PNG as the format's own description makes it; checksums are not looked at. */
function png(width: number, height: number, filler = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((width * 4 + 1) * Math.min(height, 100)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...[
      ['IHDR', header],
      ['IDAT', pixels],
      ['tEXt', Buffer.alloc(filler)],
      ['IEND', Buffer.alloc(0)],
    ].map(([name, data]) => chunk(String(name), Buffer.from(data as Buffer))),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)]);
}

const GOOD = png(96, 96);

/** Answers `/sprites/NAME` with what is said for that name. */
function pictures(bodies: Record<string, Buffer | string>): { fault: Fault; asked: string[] } {
  const asked: string[] = [];
  const fault: Fault = (path, { response }) => {
    const name = /^\/sprites\/(.+)$/.exec(path)?.[1];
    if (name === undefined) return false;
    asked.push(name);
    const body = bodies[name];
    if (typeof body === 'string') response.writeHead(302, { location: body }).end();
    else if (body === undefined) response.writeHead(404).end('no');
    else response.writeHead(200, { 'content-type': 'image/png' }).end(body);
    return true;
  };
  return { fault, asked };
}

function fetchFrom(
  server: PokeapiServer,
  folder: string,
  sprites: SpriteEntry[],
  signal?: AbortSignal,
) {
  const options = { folder, source: server.url, concurrency: 4 };
  return fetchSprites(sprites, options, signal ?? new AbortController().signal);
}

test('what is not a sprite of an allowed origin never reaches the cache, the rest does', async () => {
  const server = await serve([]);
  const foreign = await serve([]);
  const elsewhere = pictures({ '1.png': GOOD });
  foreign.fault = elsewhere.fault;
  const { fault } = pictures({
    'good.png': GOOD,
    'page.png': Buffer.from('<html>not a picture</html>'),
    'svg.png': Buffer.from('<svg onload="alert(1)"/>'),
    'cut.png': GOOD.subarray(0, 20),
    'huge-side.png': png(4000, 4),
    'no-side.png': png(0, 0),
    'too-long.png': png(96, 96, 600 * 1024),
    'away.png': `${foreign.origin}/sprites/1.png`,
  });
  server.fault = fault;
  const own = (name: string) => `${server.origin}/sprites/${name}`;
  const urls = [
    own('good.png'),
    own('page.png'),
    own('svg.png'),
    own('cut.png'),
    own('huge-side.png'),
    own('no-side.png'),
    own('too-long.png'),
    own('away.png'),
    own('missing.png'),
    `${foreign.origin}/sprites/1.png`,
    'file:///etc/passwd',
    'not a url',
    '',
    null,
    `blob:${server.origin}/sprites/good.png`,
  ];
  const folder = join(await temporaryFolder(), 'sprites');
  const report = await fetchFrom(
    server,
    folder,
    urls.map((url, index) => ({ id: index + 1, url })),
  );
  expect(report).toEqual({ fetched: 1, kept: 0, failed: 13 });
  expect((await readdir(folder)).sort()).toEqual(['1.png', 'index.json']);
  expect(await readFile(join(folder, '1.png'))).toEqual(GOOD);
  // The other origin was not even asked.
  expect(elsewhere.asked).toEqual([]);
});

test('a second run asks only for what is new or moved, and drops who left', async () => {
  const server = await serve([]);
  const { fault, asked } = pictures({ 'a.png': GOOD, 'b.png': png(48, 48), 'c.png': GOOD });
  server.fault = fault;
  const own = (name: string) => `${server.origin}/sprites/${name}`;
  const folder = join(await temporaryFolder(), 'sprites');
  await fetchFrom(server, folder, [
    { id: 1, url: own('a.png') },
    { id: 2, url: own('a.png') },
    { id: 3, url: own('c.png') },
  ]);
  asked.length = 0;
  const report = await fetchFrom(server, folder, [
    { id: 1, url: own('a.png') },
    { id: 2, url: own('b.png') },
  ]);
  expect(report).toEqual({ fetched: 1, kept: 1, failed: 0 });
  expect(asked).toEqual(['b.png']);
  expect((await readdir(folder)).sort()).toEqual(['1.png', '2.png', 'index.json']);
  expect(await readFile(join(folder, '2.png'))).toEqual(png(48, 48));
});

test('a cancelled run ends soon and keeps what came', async () => {
  const server = await serve([]);
  server.fault = (path, { response }) => {
    if (path === '/sprites/1.png') response.writeHead(200).end(GOOD);
    return true;
  };
  const folder = join(await temporaryFolder(), 'sprites');
  const abort = new AbortController();
  const sprites = [1, 2, 3, 4, 5].map((id) => ({ id, url: `${server.origin}/sprites/${id}.png` }));
  const running = fetchFrom(server, folder, sprites, abort.signal);
  await expect.poll(() => existsSync(join(folder, '1.png'))).toBe(true);
  abort.abort();
  expect((await running).fetched).toBe(1);
  expect(JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'))).toEqual({
    '1': `${server.origin}/sprites/1.png`,
  });
});

test('after a refresh the page is told and has the sprites; failures do not fail the refresh', async () => {
  const server = await serve([]);
  const { fault } = pictures({ '1.png': GOOD });
  server.fault = fault;
  server.documents = [1, 2].map((id) =>
    served({ id, sprites: { front_default: `${server.origin}/sprites/${id}.png` } }),
  );
  const data = await temporaryFolder();
  await runCli(['refresh', '--source', server.url, '--data', data]);
  const app = await serveReadyApp(data);
  const settings = settingsSchema.parse({ source: server.url });
  await app.call('settings.save', { settings: { ...settings, sprites: false } });
  expect((await app.refresh()).state).toBe('done');
  expect((await app.page('/sprites/1.png')).status).toBe(404);
  await app.call('settings.save', { settings });
  expect((await app.refresh()).state).toBe('done');
  expect((await app.event(({ name }) => name === 'sprites.changed')).payload).toEqual([1]);
  expect((await app.call('app.start', {})).sprites).toEqual([1]);
  const picture = await app.page('/sprites/1.png');
  expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/png']);
  expect(picture.body).toEqual(GOOD);
  expect((await app.page('/sprites/2.png')).status).toBe(404);
});
