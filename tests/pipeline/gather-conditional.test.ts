import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { served, servedMany } from '../helpers/documents';
import { isListPath } from '../helpers/faults';
import {
  asLanded,
  askedIds,
  gatherInto,
  landedFiles,
  manifestLines,
  observe,
  serve,
} from '../helpers/gather-into';
import { temporaryFolder } from '../helpers/temporary-folder';

describe('a second gather', () => {
  test('of an unchanged source transfers no body, list pages included', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(25);
    const server = await serve(documents);
    server.pageSize = 10;
    await gatherInto(data, server);
    server.clearLog();
    const report = await gatherInto(data, server);
    expect(report).toMatchObject({ listed: 25, fetched: 0, not_modified: 25, bytes: 0 });
    expect(server.log).toHaveLength(28);
    expect(server.log.filter(({ path }) => isListPath(path))).toHaveLength(3);
    for (const { status, bytes, conditional } of server.log) {
      expect({ status, bytes, conditional }).toEqual({ status: 304, bytes: 0, conditional: true });
    }
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('transfers what changed and nothing else', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(10));
    await gatherInto(data, server);
    const before = await manifestLines(data);
    const documents = servedMany(10);
    documents[3] = served({ id: 4, weight: 1234 });
    server.documents = documents;
    server.clearLog();
    const report = await gatherInto(data, server);
    expect(report).toMatchObject({ fetched: 1, not_modified: 9 });
    expect(report.bytes).toBe(documents[3].body.length);
    expect(server.bodiesSent()).toBe(1);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
    const after = await manifestLines(data);
    expect(after[3]?.['etag']).not.toBe(before[3]?.['etag']);
    expect(after[3]?.['bytes']).toBe(documents[3].body.length);
    expect(after[4]?.['fetched_at']).toBe(before[4]?.['fetched_at']);
  });

  test('with --force asks for everything unconditionally', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(6);
    const server = await serve(documents);
    await gatherInto(data, server);
    const landedAt = async () =>
      (await stat(join(data, 'landing', 'pokemon', '3.json'), { bigint: true })).mtimeNs;
    const before = await landedAt();
    server.clearLog();
    const report = await gatherInto(data, server, { force: true });
    // The same bytes leave the file as it is, so that process need not read it again.
    expect(await landedAt()).toBe(before);
    expect(report).toMatchObject({ fetched: 6, not_modified: 0, resumed: 0, failed: [] });
    expect(server.log).toHaveLength(7);
    expect(server.log.filter(({ conditional }) => conditional)).toEqual([]);
    expect(report.bytes).toBe(server.log.reduce((sum, { bytes }) => sum + bytes, 0));
  });

  test('of a source without validators transfers everything, and lands it', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(6));
    server.withEtags = false;
    await gatherInto(data, server);
    expect((await manifestLines(data)).map((line) => line['etag'])).toEqual(Array(6).fill(null));
    const documents = servedMany(6);
    documents[0] = served({ id: 1, height: 99 });
    server.documents = documents;
    server.clearLog();
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 6, not_modified: 0 });
    expect(server.log.filter(({ conditional }) => conditional)).toEqual([]);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('goes by Last-Modified where a source has no ETags', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(4);
    const server = await serve(documents);
    const stamp = 'Sat, 08 Aug 2026 10:00:00 GMT';
    const asked: unknown[] = [];
    const dated = () =>
      observe(server, (path, { request, response }) => {
        const body = documents.find(({ id }) => id === askedIds([path])[0])?.body;
        if (body === undefined) return false;
        asked.push(request.headers['if-modified-since']);
        const unchanged = request.headers['if-modified-since'] === stamp;
        response.writeHead(unchanged ? 304 : 200, { 'last-modified': stamp });
        response.end(unchanged ? undefined : body);
        return true;
      });
    dated();
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 4 });
    dated();
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 0, not_modified: 4 });
    expect(asked).toEqual([
      ...Array<undefined>(4).fill(undefined),
      ...Array<string>(4).fill(stamp),
    ]);
  });

  test.each([
    ['with signs beyond ASCII', Buffer.from('"Flabébé-♀"').toString('latin1')],
    ['without quotes', 'abc'],
    ['of a kilobyte', `"${'x'.repeat(1024)}"`],
    ['that is empty', ''],
    ['that reads like another header', '"a", If-Match: *; \\r\\nx: y'],
  ])('is not thrown off by an ETag %s', async (_name, etag) => {
    const data = await temporaryFolder();
    const documents = servedMany(2);
    const server = await serve(documents);
    const tagged = () =>
      observe(server, (path, { request, response }) => {
        const body = documents.find(({ id }) => id === askedIds([path])[0])?.body;
        if (body === undefined) return false;
        const unchanged = etag !== '' && request.headers['if-none-match'] === etag;
        response.writeHead(unchanged ? 304 : 200, { etag });
        response.end(unchanged ? undefined : body);
        return true;
      });
    tagged();
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 2, failed: [], retries: 0 });
    tagged();
    const again = await gatherInto(data, server);
    expect(again).toMatchObject({ failed: [], retries: 0 });
    expect(again.not_modified).toBe(etag === '' ? 0 : 2);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('of a document that moved to another URL asks for it whole', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(2);
    const server = await serve(documents);
    await gatherInto(data, server);
    server.entries = () =>
      documents.map(({ id, name }) => ({ name, url: `${server.url}/pokemon/${id}` }));
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 2, not_modified: 0 });
    expect((await manifestLines(data)).map((line) => line['url'])).toEqual([
      `${server.url}/pokemon/1`,
      `${server.url}/pokemon/2`,
    ]);
  });

  test('notices a landed file that other hands changed, at whatever size, and lands it again', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(5);
    const server = await serve(documents);
    await gatherInto(data, server);
    await gatherInto(data, server);
    const path = join(data, 'landing', 'pokemon', '3.json');
    const sound = await readFile(path, 'utf8');
    await writeFile(path, sound.replace('"weight":69', '"weight":96'));
    expect((await stat(path)).size).toBe(sound.length);
    const paths = observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 1, not_modified: 4 });
    expect(askedIds(paths)).toEqual([1, 2, 3, 4, 5]);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test.each([
    ['in whole seconds', false, 1_700_000_000],
    ['to the millisecond, with --force', true, 1_700_000_000.123],
  ])('knows a landed file by its content where times are kept %s', async (_, force, time) => {
    const data = await temporaryFolder();
    const documents = servedMany(3);
    const server = await serve(documents);
    await gatherInto(data, server);
    const path = join(data, 'landing', 'pokemon', '3.json');
    await utimes(path, time, time);
    await gatherInto(data, server);
    const sound = await readFile(path, 'utf8');
    await writeFile(path, sound.replace('"weight":69', '"weight":96'));
    await utimes(path, time, time);
    await gatherInto(data, server, { force });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('of files whose times alone changed (a copied folder) transfers no body', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(5));
    await gatherInto(data, server);
    for (let id = 1; id <= 5; id += 1) {
      await utimes(join(data, 'landing', 'pokemon', `${id}.json`), 1_000_000, 1_000_000 + id);
    }
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 0, not_modified: 5, bytes: 0 });
    const times = (await manifestLines(data)).map((line) => line['mtime_ms']);
    expect(times).toEqual([1, 2, 3, 4, 5].map((id) => (1_000_000 + id) * 1000));
  });

  test('goes by a URL however it is spelt', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(2));
    const first = await gatherInto(data, server);
    const again = await gatherInto(data, `${server.url}/`);
    expect(first.source).toBe(server.url);
    expect(again).toMatchObject({ source: server.url, not_modified: 2 });
  });

  test('after a first one that found a document broken asks for that one whole', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(3));
    await gatherInto(data, server);
    const broken = servedMany(3);
    broken[1] = { id: 2, name: 'mon-2', body: Buffer.from('{"id": 2}') };
    server.documents = broken;
    expect(await gatherInto(data, server)).toMatchObject({ failed: [{ id: 2 }] });
    // Refused documents leave no validator behind: a 304 must never make them pass.
    expect(await gatherInto(data, server)).toMatchObject({ failed: [{ id: 2 }], not_modified: 0 });
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(3)));
  });
});
