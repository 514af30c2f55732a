import { chmod, mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import { whenBusy } from '../helpers/busy-machine';
import { processInto } from '../helpers/land-documents';
import { served, servedMany } from '../helpers/documents';
import { documentPath, faultOn, status } from '../helpers/faults';
import {
  asLanded,
  askedIds,
  gatherInto,
  landedFiles,
  manifestLines,
  observe,
  serve,
} from '../helpers/gather-into';
import type { ServedDocument } from '../helpers/pokeapi-server';
import { canMount, smallDisk } from '../helpers/small-disk';
import { temporaryFolder } from '../helpers/temporary-folder';

async function failure(run: Promise<unknown>): Promise<AppError> {
  const error: unknown = await run.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  return error;
}

/** Documents of 20 kB each. */
function large(count: number): ServedDocument[] {
  return servedMany(count).map((document) => ({
    ...document,
    body: Buffer.from(document.body.toString().padEnd(20_000, ' ')),
  }));
}

describe.skipIf(!canMount)('a full disk (needs root on Linux to mount one)', () => {
  test('is told as such, harms nothing that had landed, and is taken up when there is room', async () => {
    const { folder: data, change } = await smallDisk('size=256k');
    const before = servedMany(5);
    const server = await serve(before);
    await gatherInto(data, server);

    const after = large(40);
    server.documents = after;
    const error = await failure(gatherInto(data, server));
    expect(error).toMatchObject({ code: 'disk-full' });
    expect(error.message).toContain(data);
    expect(error.hint).toMatch(/Free some space/);
    const old = asLanded(before);
    const fresh = asLanded(after);
    const landed = await landedFiles(data);
    for (const name of old.keys()) expect(landed.has(name)).toBe(true);
    for (const [name, content] of landed) {
      expect(content === old.get(name) || content === fresh.get(name)).toBe(true);
    }

    change('size=8m');
    const paths = observe(server);
    const report = await gatherInto(data, server);
    expect(report).toMatchObject({ listed: 40, failed: [] });
    expect(report.resumed + report.fetched).toBe(40);
    expect(report.resumed).toBeGreaterThan(0);
    expect(askedIds(paths)).toHaveLength(report.fetched);
    expect(await landedFiles(data)).toEqual(fresh);
  });

  test.each([
    'size=4k',
    'size=12k',
    'size=28k',
    'size=64k',
    'size=100k',
    'size=200k',
    'nr_inodes=9',
  ])('ends the gather cleanly wherever it strikes: %s', async (options) => {
    const { folder: data, change } = await smallDisk(options);
    const documents = large(12);
    const server = await serve(documents);
    expect(await failure(gatherInto(data, server))).toMatchObject({ code: 'disk-full' });
    change('size=8m,nr_inodes=1000');
    expect(await gatherInto(data, server)).toMatchObject({ listed: 12, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
    expect((await manifestLines(data)).map((line) => line['id'])).toEqual(
      documents.map(({ id }) => id),
    );
  });
});

describe('a folder that cannot be written', () => {
  test.skipIf(!canMount)(
    'on a read-only disk is told as such, and read no worse (needs root on Linux to mount one)',
    async () => {
      const { folder: data, change } = await smallDisk('size=8m');
      const documents = servedMany(4);
      const server = await serve(documents);
      await gatherInto(data, server);
      server.documents = servedMany(6);
      change('ro');
      const error = await failure(gatherInto(data, server));
      expect(error).toMatchObject({ code: 'not-writable' });
      expect(error.message).toContain(data);
      expect(error.hint).toMatch(/--data DIR/);
      expect(await landedFiles(data)).toEqual(asLanded(documents));
      change('rw');
      expect(await gatherInto(data, server)).toMatchObject({ listed: 6, fetched: 2, failed: [] });
    },
  );

  test.skipIf(process.getuid === undefined || process.getuid() === 0)(
    'for want of permission is told as such (root may write anywhere)',
    async () => {
      const data = await temporaryFolder();
      await chmod(data, 0o555);
      const server = await serve(servedMany(2));
      expect(await failure(gatherInto(data, server))).toMatchObject({ code: 'not-writable' });
      await chmod(data, 0o755);
    },
  );

  test('because a folder is in a document’s place is told as such, naming it', async () => {
    const data = await temporaryFolder();
    const place = join(data, 'landing', 'pokemon', '2.json');
    await mkdir(place, { recursive: true });
    const documents = servedMany(3);
    const server = await serve(documents);
    const error = await failure(gatherInto(data, server));
    expect(error).toMatchObject({ code: 'not-writable' });
    expect(error.message).toContain(`has a folder where a file belongs: ${place}.`);
    await rmdir(place);
    expect(await gatherInto(data, server)).toMatchObject({ listed: 3, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('because a file is in its place is told as such', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, 'mine');
    const server = await serve(servedMany(2));
    const paths = observe(server);
    const error = await failure(gatherInto(join(file, 'data'), server));
    expect(error).toMatchObject({ code: 'not-writable' });
    expect(paths).toEqual([]);
  });
});

describe('a clock that is set', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Only what the program reads as the date; timers go on as they are. */
  const setClock = (date: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(date) });

  test.each(['2001-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])(
    'to %s between two gathers costs no body',
    async (date) => {
      const data = await temporaryFolder();
      const server = await serve(servedMany(5));
      await gatherInto(data, server);
      setClock(date);
      const again = await gatherInto(data, server);
      expect(again).toMatchObject({ fetched: 0, not_modified: 5, bytes: 0, failed: [] });
      vi.useRealTimers();
      expect(await gatherInto(data, server)).toMatchObject({ not_modified: 5, bytes: 0 });
    },
  );

  test('back by an hour does not lose what an unfinished gather landed', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(5));
    setClock('2026-03-01T12:00:00Z');
    observe(server, faultOn(3, status(404), Buffer.alloc(0)));
    await gatherInto(data, server);
    setClock('2026-03-01T11:00:00Z');
    const paths = observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ resumed: 4, fetched: 1, failed: [] });
    expect(askedIds(paths)).toEqual([3]);
  });

  test('back by a year has an unfinished gather revalidated, not trusted', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(5));
    setClock('2027-03-01T12:00:00Z');
    observe(server, faultOn(3, status(404), Buffer.alloc(0)));
    await gatherInto(data, server);
    setClock('2026-03-01T12:00:00Z');
    const documents = servedMany(5);
    documents[0] = served({ id: 1, weight: 4242 });
    server.documents = documents;
    observe(server);
    expect(await gatherInto(data, server)).toMatchObject({
      resumed: 0,
      fresh: 0,
      fetched: 2,
      not_modified: 3,
      failed: [],
    });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('back by an hour during a pause does not stretch the pause', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(5));
    const started = performance.now();
    observe(server, (path, exchange) => {
      if (path !== documentPath(2) || exchange.attempt > 1) return false;
      status(503, { 'retry-after': '1' })(exchange, Buffer.alloc(0));
      setTimeout(() => setClock(new Date(Date.now() - 3_600_000).toISOString()), 200);
      return true;
    });
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 5, failed: [] });
    expect(performance.now() - started).toBeLessThan(whenBusy(10_000));
  });
});

test('documents of the largest size allowed do not exhaust the memory', async () => {
  const data = await temporaryFolder();
  const filled = (id: number, moves: string) => {
    const { name, body } = served({ id });
    const text = body.toString().replace('"moves":[]', `"moves":${moves}`);
    return { id, name, body: Buffer.from(text) };
  };
  const documents = [
    ...[1, 2, 3, 4].map((id) => filled(id, `["${'x'.repeat(8_380_000)}"]`)),
    // Many small values: what costs a JSON parser the most memory for a byte.
    filled(5, `[${'0,'.repeat(4_190_000)}0]`),
    ...[6, 7, 8].map((id) => served({ id })),
  ];
  expect((await gatherInto(data, await serve(documents))).failed).toMatchObject([]);
  expect(await landedFiles(data)).toEqual(asLanded(documents));
  expect(await processInto(data)).toMatchObject({ documents: documents.length });
});
