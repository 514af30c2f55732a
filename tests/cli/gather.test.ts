import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asLanded, landedFiles, observe, serve } from '../helpers/gather-into';
import { served, servedMany } from '../helpers/documents';
import { documentPath, faultOn, sending, type Answer } from '../helpers/faults';
import type { Fault, ServedDocument } from '../helpers/pokeapi-server';
import { highWaterMark } from '../helpers/high-water-mark';
import { runCli, startCli } from '../helpers/run-cli';
import { canMount, smallDisk } from '../helpers/small-disk';
import { temporaryFolder } from '../helpers/temporary-folder';

/** `gather` as the command runs it, in a worker thread. */

const gather = (source: string, data: string) =>
  runCli(['gather', '--source', source, '--data', data, '--json']);

/** As chunks of these sizes, the rest as one. */
const inChunks =
  (...sizes: number[]): Answer =>
  ({ response }, body) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    let at = 0;
    for (const size of sizes) response.write(body.subarray(at, (at += size)));
    response.end(body.subarray(at));
  };

const gzipped: Answer = (exchange, body) =>
  sending(gzipSync(body), { 'content-encoding': 'gzip' })(exchange, body);

function padded(id: number, bytes: number): ServedDocument {
  const { name, body } = served({ id });
  const text = body.toString().replace('"moves":[]', `"moves":["${'é'.repeat(bytes / 2)}"]`);
  return { id, name, body: Buffer.from(text) };
}

describe('documents land byte for byte', () => {
  test('however long they are and however they arrive', async () => {
    const data = await temporaryFolder();
    const documents = [
      ...servedMany(20),
      ...[2_000, 5_000, 70_000, 400_000, 4_000_000].map((bytes, index) =>
        padded(101 + index, bytes),
      ),
      padded(201, 100_000),
      padded(202, 100),
      padded(203, 100_000),
      padded(204, 300),
    ];
    const server = await serve(documents);
    const answers = new Map<number, Answer>([
      [201, inChunks(1, 2, 3, 50, 1000)],
      [202, inChunks(1, 1, 1, 1)],
      [203, gzipped],
      [204, gzipped],
    ]);
    const faults: Fault[] = [...answers].map(([id, answer]) => {
      const body = documents.find((document) => document.id === id)?.body ?? Buffer.alloc(0);
      return faultOn(id, answer, body);
    });
    observe(server, (path, exchange) => faults.some((fault) => fault(path, exchange)));
    const result = await gather(server.url, data);
    expect(JSON.parse(result.stdout)).toMatchObject({ fetched: documents.length, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });
});

test('a damaged document is asked for again, one that stays wrong is named', async () => {
  const data = await temporaryFolder();
  const documents = servedMany(6);
  const server = await serve(documents);
  const body = (id: number) => documents[id - 1]?.body ?? Buffer.alloc(0);
  const faults = [
    faultOn(2, sending(body(2).subarray(0, 200)), body(2), 1),
    faultOn(4, sending(body(5)), body(4)),
  ];
  const asked = observe(server, (path, exchange) => faults.some((fault) => fault(path, exchange)));
  const result = await gather(server.url, data);
  expect(result.code).toBe(3);
  expect(JSON.parse(result.stdout)).toMatchObject({
    fetched: 5,
    failed: [{ id: 4, reason: 'is another document: asked for id 4, got id 5' }],
  });
  expect(asked.filter((path) => path === documentPath(2))).toHaveLength(2);
  expect(await landedFiles(data)).toEqual(asLanded(documents.filter(({ id }) => id !== 4)));
});

test.runIf(process.platform === 'linux')(
  'memory stays bounded, however many large bodies could come at once',
  async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(100));
    const padding = Buffer.alloc(5_000_000, 'x');
    observe(server, (path, { response }) => {
      const body = server.documents.find(({ id }) => documentPath(id) === path)?.body;
      if (body === undefined) return false;
      response.write(body.subarray(0, -1));
      response.write(',"padding":"');
      response.write(padding);
      response.end('"}');
      return true;
    });
    const args = ['--source', server.url, '--data', data, '--concurrency', '256', '--json'];
    const running = startCli(['gather', ...args]);
    let peak = 0;
    const timer = setInterval(() => {
      peak = Math.max(peak, highWaterMark(running.pid));
    }, 20);
    const { stdout } = await running.done.finally(() => clearInterval(timer));
    expect(JSON.parse(stdout)).toMatchObject({ fetched: 100, failed: [] });
    // Half a gigabyte was on offer.
    expect(peak).toBeGreaterThan(50);
    expect(peak).toBeLessThan(400);
  },
);

test.runIf(canMount)('a full disk ends it with one sentence', async () => {
  const disk = await smallDisk('size=1m');
  const documents = Array.from({ length: 30 }, (_, index) => padded(index + 1, 100_000));
  const server = await serve(documents);
  const data = join(disk.folder, 'data');
  const result = await runCli(['gather', '--source', server.url, '--data', data]);
  expect(result.code).toBe(1);
  expect(result.stderr).toMatch(/^The disk is full: .* could not be written\.$/m);
  expect(result.stderr).not.toMatch(/ at .*\.js/);
});
