import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import { whenBusy } from '../helpers/busy-machine';
import { served, servedMany } from '../helpers/documents';
import {
  type Answer,
  drips,
  faultOnList,
  isListPath,
  neverAnswers,
  status,
} from '../helpers/faults';
import {
  asLanded,
  askedIds,
  everythingBelow,
  halfLanded,
  gatherInto,
  landedFiles,
  manifestLines,
  observe,
  QUICK_RETRIES,
  serve,
} from '../helpers/gather-into';
import { PokeapiServer, type Fault } from '../helpers/pokeapi-server';
import { temporaryFolder } from '../helpers/temporary-folder';

const manifestOf = (data: string) => join(data, 'landing', 'manifest.ndjson');
const documentOf = (data: string, id: number) => join(data, 'landing', 'pokemon', `${id}.json`);

/** Answers documents beyond `id` in the given way. */
function beyond(id: number, answer: Answer): Fault {
  return (path, exchange) => {
    const asked = Number(/\/pokemon\/(\d+)\/?$/.exec(path)?.[1] ?? '0');
    if (asked <= id) return false;
    answer(exchange, Buffer.alloc(2000, 0x20));
    return true;
  };
}

/** Rejects as cancelled; returns how long that took after the abort. */
async function cancelling(run: Promise<unknown>, abort: AbortController | null): Promise<number> {
  const asked = performance.now();
  abort?.abort();
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'cancelled' });
  return performance.now() - asked;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}

describe('cancelling', () => {
  // The contract says a second; the rest is for a busy machine.
  const PROMPT_MS = 3000;

  const moments: { name: string; fault: Fault; when: (paths: string[]) => boolean }[] = [
    {
      name: 'while the list is awaited',
      fault: faultOnList(neverAnswers),
      when: (paths) => paths.length > 0,
    },
    {
      name: 'while the list is asked to be left alone for a minute',
      fault: faultOnList(status(429, { 'retry-after': '60' })),
      when: (paths) => paths.length > 0,
    },
    {
      name: 'while documents stall',
      fault: beyond(20, neverAnswers),
      when: (paths) => askedIds(paths).length >= 26,
    },
    {
      name: 'while documents drip',
      fault: beyond(20, drips(200)),
      when: (paths) => askedIds(paths).length >= 26,
    },
    {
      name: 'while documents wait out a back-off',
      fault: beyond(20, status(503)),
      when: (paths) => askedIds(paths).length >= 30,
    },
    {
      name: 'while a pause is kept',
      fault: beyond(20, status(503, { 'retry-after': '60' })),
      when: (paths) => askedIds(paths).length >= 22,
    },
  ];

  test.each(moments)('$name ends at once, keeps what landed', async ({ fault, when }) => {
    const data = await temporaryFolder();
    const documents = servedMany(40);
    const server = await serve(documents);
    const paths = observe(server, fault);
    const abort = new AbortController();
    const run = gatherInto(data, server, {
      signal: abort.signal,
      retryPolicy: { baseMs: 30_000, capMs: 30_000 },
    });
    await Promise.race([until(() => when(paths)), run]);
    expect(await cancelling(run, abort)).toBeLessThan(whenBusy(PROMPT_MS));

    const landed = await landedFiles(data);
    for (const [name, content] of landed) expect(asLanded(documents).get(name)).toBe(content);
    const kept = [...landed.keys()].map((name) => Number.parseInt(name, 10));
    const rest = documents.map(({ id }) => id).filter((id) => !kept.includes(id));
    const again = observe(server);
    expect(await gatherInto(data, server)).toMatchObject({
      resumed: kept.length,
      fetched: rest.length,
      failed: [],
    });
    expect(askedIds(again)).toEqual(rest);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('leaves nothing running that could still write', async () => {
    const data = await temporaryFolder();
    const large = servedMany(120).map((document) => ({
      ...document,
      body: Buffer.from(document.body.toString().padEnd(200_000, ' ')),
    }));
    const server = await serve(large);
    for (let round = 0; round < 4; round += 1) {
      const abort = new AbortController();
      const paths = observe(server);
      const run = gatherInto(data, server, { signal: abort.signal, force: true, concurrency: 16 });
      await until(() => paths.length > 30 + round * 10);
      await cancelling(run, abort);
      const state = async () => [
        await everythingBelow(data),
        await readFile(manifestOf(data), 'utf8'),
      ];
      const ended = await state();
      await sleep(150);
      expect(await state()).toEqual(ended);
    }
  });

  test('before the start asks nothing', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(2));
    const paths = observe(server);
    const abort = new AbortController();
    abort.abort();
    await cancelling(gatherInto(data, server, { signal: abort.signal }), abort);
    expect(paths).toEqual([]);
  });

  test('where only landed documents are left is not told as success', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(30));
    observe(server, beyond(29, status(404)));
    await gatherInto(data, server);
    // Without the thirtieth no document is asked for, so the abort meets no request.
    server.documents = servedMany(29);
    const abort = new AbortController();
    const onProgress = ({ total }: { total: number | null }) => {
      if (total !== null) abort.abort();
    };
    await cancelling(gatherInto(data, server, { signal: abort.signal, onProgress }), null);
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(29)));
  });
});

describe('a source that dies midway', () => {
  test('is not asked for ever, keeps what landed, and is taken up when it is back', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(60);
    const server = await new PokeapiServer(documents).listen();
    const { url } = server;
    const port = Number(new URL(url).port);
    let dying: Promise<void> | null = null;
    observe(server, (path) => {
      if (askedIds([path])[0] === 25) dying ??= server.close();
      return dying !== null;
    });
    const report = await gatherInto(data, url);
    await dying;
    const landed = [...(await landedFiles(data)).keys()].map((name) => Number.parseInt(name, 10));
    const lost = documents.map(({ id }) => id).filter((id) => !landed.includes(id));
    expect(lost.length).toBeGreaterThanOrEqual(35);
    expect(report.failed.map(({ id }) => id ?? 0).sort((a, b) => a - b)).toEqual(lost);
    const reasons = report.failed.map(({ reason }) => reason);
    expect(reasons).toContain('refused the connection (after 5 retries)');
    expect(reasons).toContain('was not asked for: the source stopped answering');
    for (const reason of reasons)
      expect(reason).toMatch(/refused the conn|closed the conn|stopped answering/);

    const back = await new PokeapiServer(documents).listen(port);
    onTestFinished(() => back.close());
    const paths = observe(back);
    expect(await gatherInto(data, url)).toMatchObject({
      fetched: lost.length,
      resumed: landed.length,
      failed: [],
    });
    expect(askedIds(paths)).toEqual(lost);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('by falling silent is given up after a few documents, not after all of them', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(200));
    const paths = observe(server, beyond(0, neverAnswers));
    const report = await gatherInto(data, server, {
      concurrency: 16,
      limits: { headersMs: 200 },
      retryPolicy: { ...QUICK_RETRIES, timeoutRetries: 0 },
    });
    expect(report.failed).toHaveLength(200);
    // One wave of requests is on its way when the eighth document is given up.
    expect(askedIds(paths).length).toBeLessThan(40);
    const reasons = report.failed.map(({ reason }) => reason);
    expect([...new Set(reasons)].sort()).toEqual([
      'sent no answer in time',
      'was not asked for: the source stopped answering',
    ]);
  });
});

test('many documents waiting at once raise no warning on the terminal', async () => {
  const data = await temporaryFolder();
  const server = await serve(servedMany(40));
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on('warning', listen);
  onTestFinished(() => void process.off('warning', listen));
  observe(server, (path, exchange) => {
    if (isListPath(path) || exchange.attempt > 2) return false;
    status(503)(exchange, Buffer.alloc(0));
    return true;
  });
  const retryPolicy = { ...QUICK_RETRIES, baseMs: 200, capMs: 200 };
  expect(await gatherInto(data, server, { retryPolicy })).toMatchObject({ fetched: 40 });
  await sleep(0);
  expect(warnings).toEqual([]);
});

describe('a rerun', () => {
  test('after failures asks for the failed ones alone', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(30);
    const server = await serve(documents);
    observe(server, beyond(25, status(404)));
    const broken = await gatherInto(data, server);
    expect(broken.failed.map(({ id }) => id)).toEqual([26, 27, 28, 29, 30]);
    const paths = observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 5, resumed: 25, failed: [] });
    expect(askedIds(paths)).toEqual([26, 27, 28, 29, 30]);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('with --force takes up nothing: every document is transferred', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(10));
    observe(server, beyond(9, status(404)));
    await gatherInto(data, server);
    observe(server);
    const forced = await gatherInto(data, server, { force: true });
    expect(forced).toMatchObject({ fetched: 10, resumed: 0, not_modified: 0 });
  });

  test('against another source takes up nothing of the first', async () => {
    const data = await temporaryFolder();
    const first = await serve(servedMany(5));
    observe(first, beyond(4, status(404)));
    await gatherInto(data, first);
    const documents = [1, 2, 3, 4, 5].map((id) => served({ id, weight: 1000 + id }));
    const second = await serve(documents);
    const paths = observe(second);
    expect(await gatherInto(data, second)).toMatchObject({ fetched: 5, resumed: 0, failed: [] });
    expect(askedIds(paths)).toEqual([1, 2, 3, 4, 5]);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('fetches a landed file that was deleted or cut short by hand', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(6);
    const server = await serve(documents);
    await gatherInto(data, server);
    await rm(documentOf(data, 2));
    await truncate(documentOf(data, 3), 100);
    await writeFile(documentOf(data, 4), '');
    const report = await gatherInto(data, server);
    expect(report).toMatchObject({ fetched: 3, not_modified: 3, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('after a torn manifest line asks again for that document alone', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(6);
    const server = await serve(documents);
    await gatherInto(data, server);
    const text = await readFile(manifestOf(data), 'utf8');
    await truncate(manifestOf(data), Buffer.byteLength(text) - 40);
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 1, not_modified: 5 });
    expect((await manifestLines(data)).map((line) => line['id'])).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('outlives a manifest, list and run record full of rubbish', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(6);
    const server = await serve(documents);
    await gatherInto(data, server);
    const lines = (await readFile(manifestOf(data), 'utf8')).split('\n');
    lines[1] = '{"id": 2, "name": null}';
    lines[2] = '\0\0\0\0\0\0';
    lines[3] = '{"__proto__": {"id": 4}}';
    await writeFile(manifestOf(data), lines.join('\n'));
    await appendFile(manifestOf(data), '[1, 2');
    await writeFile(join(data, 'landing', 'list.json'), '{"truncated": ');
    await writeFile(join(data, 'landing', 'run.json'), '\0\0\0');
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 3, not_modified: 3 });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
    expect((await manifestLines(data)).map((line) => line['id'])).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('clears away what a killed run left half-way', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(3));
    await gatherInto(data, server);
    await writeFile(join(data, 'landing', 'incoming', '1.json'), '{"id": 1, "na');
    await writeFile(join(data, 'landing', 'incoming', '9999.json'), 'x');
    server.documents = servedMany(4);
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 1, not_modified: 3 });
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(4)));
    expect(await halfLanded(data)).toEqual([]);
  });
});

describe('documents that left the list', () => {
  test('go with the next complete gather, and are told', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(5));
    await gatherInto(data, server);
    server.documents = servedMany(5).filter(({ id }) => id !== 2 && id !== 4);
    expect(await gatherInto(data, server)).toMatchObject({ listed: 3, removed: 2, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(server.documents));
    expect((await manifestLines(data)).map((line) => line['id'])).toEqual([1, 3, 5]);
  });

  test('stay while a gather is incomplete', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(5);
    const server = await serve(documents);
    await gatherInto(data, server);
    server.documents = [...documents.slice(1), served({ id: 6 })];
    const paths = observe(server, (path, exchange) => {
      if (!/\/pokemon\/6\/?$/.test(path)) return false;
      status(404)(exchange, Buffer.alloc(0));
      return true;
    });
    expect(await gatherInto(data, server)).toMatchObject({ removed: 0, failed: [{ id: 6 }] });
    expect(askedIds(paths)).toContain(6);
    expect(await landedFiles(data)).toEqual(asLanded(documents));

    observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ removed: 1, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(server.documents));
  });
});
