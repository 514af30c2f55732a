import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { version } from '../../package.json';
import type { GatherProgress } from '../../src/preload/contract/reports';
import { pokemonDocument, served, servedMany } from '../helpers/documents';
import { isListPath, sending } from '../helpers/faults';
import {
  asLanded,
  askedIds,
  everythingBelow,
  gatherInto,
  landedFiles,
  manifestLines,
  observe,
  serve,
} from '../helpers/gather-into';
import type { ServedDocument } from '../helpers/pokeapi-server';
import { seededRandom } from '../helpers/seeded-random';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Sound documents with whatever white space, order, escapes and sizes JSON allows. */
function oddlyWritten(): ServedDocument[] {
  const plain = (id: number) => pokemonDocument({ id });
  const reversed = Object.fromEntries(Object.entries(plain(2)).reverse());
  const texts = [
    `${JSON.stringify(plain(1), null, 2)}\r\n\r\n`,
    `\t ${JSON.stringify(reversed)}\n`,
    JSON.stringify(plain(3)).replace('mon-3', '\\u006don-3\\u2640\\ud83d\\ude00'),
    JSON.stringify(pokemonDocument({ id: 4, name: 'Flabébé ♀ 𝒫 \u2028' })),
    JSON.stringify(plain(5)).replace('"weight":69', '"weight":6.9e1, "weight_note":1E-7'),
    JSON.stringify({ ...plain(6), moves: Array.from({ length: 20_000 }, (_, at) => ({ at })) }),
    JSON.stringify(plain(7)).replace('"height"', '"hei\\u0067ht"'),
  ];
  return texts.map((text, index) => ({
    id: index + 1,
    name: `mon-${index + 1}`,
    body: Buffer.from(text),
  }));
}

describe('what lands', () => {
  test('is byte for byte what was served', async () => {
    const data = await temporaryFolder();
    const documents = oddlyWritten();
    const report = await gatherInto(data, await serve(documents));
    expect(report).toMatchObject({ listed: 7, fetched: 7, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('is the decoded document where it came as %s', async (encoding, compress) => {
    const data = await temporaryFolder();
    const documents = servedMany(3);
    const server = await serve(documents);
    let transferred = 0;
    observe(server, (path, exchange) => {
      const body = documents.find(({ id }) => askedIds([path])[0] === id)?.body;
      if (body === undefined) return false;
      const packed = compress(body);
      transferred += packed.length;
      sending(packed, { 'content-encoding': encoding, 'content-length': `${packed.length}` })(
        exchange,
        body,
      );
      return true;
    });
    const report = await gatherInto(data, server);
    expect(report).toMatchObject({ fetched: 3, failed: [] });
    expect(report.bytes).toBe(transferred + (server.log[0]?.bytes ?? 0));
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('is what came after early hints', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(3);
    const server = await serve(documents);
    observe(server, (_path, { response, normal }) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      normal();
      return true;
    });
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 3, retries: 0, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('is told by the manifest: number, name, URL, ETag, hash, size, time, source', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(3);
    const server = await serve(documents);
    const before = Date.now();
    await gatherInto(data, server);
    const lines = await manifestLines(data);
    expect(lines).toHaveLength(3);
    for (const [index, { id, name, body }] of documents.entries()) {
      const sha1 = createHash('sha1').update(body).digest('hex');
      expect(lines[index]).toMatchObject({
        id,
        name,
        url: `${server.origin}/api/v2/pokemon/${id}/`,
        etag: `W/"${sha1.slice(0, 16)}"`,
        sha256: createHash('sha256').update(body).digest('hex'),
        bytes: body.length,
        source: server.url,
      });
      const fetchedAt = Date.parse(String(lines[index]?.['fetched_at']));
      expect(fetchedAt).toBeGreaterThanOrEqual(before - 1);
      expect(fetchedAt).toBeLessThanOrEqual(Date.now());
    }
  });

  test('is told by the report, to the byte', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(5);
    const server = await serve(documents);
    const progress: GatherProgress[] = [];
    const report = await gatherInto(data, server, { onProgress: (at) => progress.push(at) });
    const sent = server.log.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(report).toEqual({
      source: server.url,
      origin: null,
      gathered_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      listed: 5,
      fetched: 5,
      not_modified: 0,
      resumed: 0,
      fresh: 0,
      removed: 0,
      failed: [],
      refusal: null,
      can_do_without: false,
      missing: [],
      retries: 0,
      bytes: sent,
      duration_ms: expect.any(Number) as number,
    });
    expect(progress[0]).toMatchObject({ phase: 'gather', done: 0, total: 5 });
    expect(progress.at(-1)).toMatchObject({ done: 5, total: 5, bytes: sent, failed: 0 });
  });

  test('lands in a folder whose name is full of signs', async () => {
    const data = join(await temporaryFolder(), `it's [a-z] {x} * ? "é" %20 ; $HOME`);
    await mkdir(data);
    const documents = servedMany(3);
    await gatherInto(data, await serve(documents));
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });
});

describe('names', () => {
  const NAMES = [
    '../../../escape',
    '..\\..\\escape',
    '/etc/passwd',
    'C:\\escape',
    'nul\0byte',
    'a'.repeat(300),
    'é'.repeat(150),
    '.',
    '..',
    'CON',
    'line\nbreak\r\n',
    '\u001b[2J\u0007',
    '%2e%2e%2fescape',
    "'; DROP TABLE landing; --",
    '__proto__',
    'constructor',
    '\u202egnp.exe',
    '<img src=x onerror=alert(1)>',
  ];

  test('never reach a path, as names of the list or of documents', async () => {
    const outer = await temporaryFolder();
    const data = join(outer, 'inner', 'data');
    const documents = NAMES.map((name, index) => served({ id: index + 1, name }));
    const report = await gatherInto(data, await serve(documents));
    expect(report).toMatchObject({ listed: NAMES.length, fetched: NAMES.length, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
    expect((await manifestLines(data)).map((line) => line['name'])).toEqual(NAMES);
    expect(await everythingBelow(outer)).toEqual(
      [
        'inner',
        'inner/data',
        'inner/data/landing',
        'inner/data/landing/incoming',
        'inner/data/landing/list.json',
        'inner/data/landing/manifest.ndjson',
        'inner/data/landing/pokemon',
        'inner/data/landing/run.json',
        ...documents.map(({ id }) => `inner/data/landing/pokemon/${id}.json`),
      ].sort(),
    );
  });

  test('that are hostile are told as they are where a document fails', async () => {
    const data = await temporaryFolder();
    const documents = NAMES.map((name, index) => served({ id: index + 1, name }));
    const server = await serve(documents);
    observe(server, (path, { response }) => {
      if (isListPath(path)) return false;
      response.writeHead(404).end();
      return true;
    });
    const report = await gatherInto(data, server);
    const byId = [...report.failed].sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
    expect(byId).toMatchObject(
      NAMES.map((name, index) => ({ id: index + 1, name, reason: 'answered 404' })),
    );
    expect(await landedFiles(data)).toEqual(new Map());
    expect((await everythingBelow(data)).filter((path) => path.includes('escape'))).toEqual([]);
  });
});

describe('the source is asked politely', () => {
  test.each([1, 4, 16])('with at most %i requests in flight', async (concurrency) => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(60));
    const random = seededRandom(concurrency);
    let held: (() => void)[] = [];
    observe(server, (path, { normal }) => {
      if (isListPath(path)) return false;
      held.push(() => setTimeout(normal, 2 + random() * 8));
      // All that may come at once have to come before the first is answered.
      if (server.mostInFlight < concurrency) return true;
      for (const answer of held) answer();
      held = [];
      return true;
    });
    const report = await gatherInto(data, server, { concurrency });
    expect(report).toMatchObject({ fetched: 60, failed: [] });
    expect(server.mostInFlight).toBe(concurrency);
  });

  test('over few connections that are kept alive', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(80));
    const sockets = new Set<unknown>();
    observe(server, (_path, { socket }) => {
      sockets.add(socket);
      return false;
    });
    await gatherInto(data, server, { concurrency: 4 });
    expect(sockets.size).toBeLessThanOrEqual(4);
  });

  test('by a client that says who it is and what it takes', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(2));
    const seen: unknown[] = [];
    observe(server, (_path, { request }) => {
      seen.push([request.method, request.headers['user-agent'], request.headers['accept']]);
      return false;
    });
    await gatherInto(data, server);
    const expected = ['GET', `Pokedex-Explorer/${version}`, 'application/json'];
    expect(seen).toEqual([expected, expected, expected]);
  });

  test('with a query of our own', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(1));
    const paths = observe(server);
    await gatherInto(data, server);
    expect(paths).toEqual(['/api/v2/pokemon?limit=500&offset=0', '/api/v2/pokemon/1/']);
  });
});
