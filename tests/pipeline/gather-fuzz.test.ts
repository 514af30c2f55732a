import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import { pokemonDocument, served } from '../helpers/documents';
import {
  type Answer,
  brokenChunkSize,
  declaresLess,
  declaresMore,
  drips,
  dropBeforeAnswer,
  endlessBody,
  gzipBomb,
  isListPath,
  neverAnswers,
  notHttp,
  resetBeforeAnswer,
  resetInBody,
  sending,
  stallsInBody,
  status,
  truncatedChunked,
} from '../helpers/faults';
import {
  asLanded,
  askedIds,
  halfLanded,
  gatherInto,
  landedFiles,
  manifestLines,
  observe,
  serve,
} from '../helpers/gather-into';
import type { Fault } from '../helpers/pokeapi-server';
import { pick, seededRandom } from '../helpers/seeded-random';
import { type AtTestEnd, temporaryFolder } from '../helpers/temporary-folder';

const CAP = 128 * 1024;
const LIMITS = { headersMs: 300, idleMs: 300, totalMs: 900, bodyBytes: CAP };

const cut: Answer = (exchange, body) => sending(body.subarray(0, body.length >> 1))(exchange, body);
const oneByteChanged: Answer = (exchange, body) => {
  const bytes = Buffer.from(body);
  bytes.writeUInt8(0x80, bytes.length >> 1);
  sending(bytes)(exchange, body);
};

/** Most pass with a retry or two; the rest costs the document. */
const PASSING: Answer[] = [
  ...[408, 425, 429, 500, 501, 502, 503, 504].map((code) => status(code)),
  status(503, { 'retry-after': '0' }),
  resetBeforeAnswer,
  dropBeforeAnswer,
  resetInBody,
  declaresMore,
  declaresLess,
  truncatedChunked,
  brokenChunkSize,
  notHttp,
  cut,
  oneByteChanged,
  sending('<html>'),
  sending(''),
  sending('{"id": 1,}'),
];
const SLOW: Answer[] = [neverAnswers, stallsInBody(200), stallsInBody(503), drips(200), drips(500)];
const COSTLY: Answer[] = [
  status(403),
  status(404),
  status(302, { location: 'http://127.0.0.1:1/' }),
  status(429, { 'retry-after': '99999' }),
  sending(JSON.stringify(pokemonDocument({ id: 61 }))),
  sending('[]'),
  sending('['.repeat(5000)),
  gzipBomb(1024 * 1024),
  endlessBody(4 * CAP, 200),
  endlessBody(16 * CAP, 403),
];

function anyFault(random: () => number): Answer {
  const lot = random();
  if (lot < 0.9) return pick(random, PASSING);
  return pick(random, lot < 0.95 ? SLOW : COSTLY);
}

/** `share` of all requests of documents are answered by some fault. */
function mixed(seed: number, share: number, bodies: ReadonlyMap<number, Buffer>) {
  const random = seededRandom(seed);
  const faulted = new Map<number, number>();
  const fault: Fault = (path, exchange) => {
    const [id] = askedIds([path]);
    const body = id === undefined ? undefined : bodies.get(id);
    if (id === undefined || body === undefined || random() >= share) return false;
    faulted.set(id, (faulted.get(id) ?? 0) + 1);
    anyFault(random)(exchange, body);
    return true;
  };
  return { fault, faulted };
}

async function expectSurvival(seed: number, share: number, atEnd: AtTestEnd) {
  const data = await temporaryFolder(atEnd);
  const documents = Array.from({ length: 60 }, (_, index) => served({ id: index + 1 }));
  const bodies = new Map(documents.map(({ id, body }) => [id, body]));
  const server = await serve(documents, atEnd);
  const { fault, faulted } = mixed(seed, share, bodies);
  observe(server, fault);
  const report = await gatherInto(data, server, { limits: LIMITS });

  // Whatever was served: each document has landed whole or is named with a reason.
  const failed = report.failed.map(({ id }) => id ?? 0).sort((a, b) => a - b);
  const landed = documents.filter(({ id }) => !failed.includes(id));
  expect(report.listed).toBe(60);
  expect(report.fetched).toBe(landed.length);
  expect(await landedFiles(data)).toEqual(asLanded(landed));
  expect(new Set(failed).size).toBe(failed.length);
  for (const { reason } of report.failed) expect(reason).toMatch(/^[a-z].{8,}[^.]$/);
  expect((await manifestLines(data)).map((line) => line['id'])).toEqual(landed.map(({ id }) => id));
  expect(await halfLanded(data)).toEqual([]);

  // The source heals: only what is missing is asked for. After a gather without loss the next
  // one asks for every document, conditionally.
  const paths = observe(server);
  const healed = await gatherInto(data, server);
  expect(healed).toMatchObject({ listed: 60, fetched: failed.length, failed: [] });
  expect(askedIds(paths)).toEqual(failed.length > 0 ? failed : [...bodies.keys()]);
  expect(await landedFiles(data)).toEqual(asLanded(documents));
  return { failed, faulted };
}

describe('any mixture of faults is survived', () => {
  test.concurrent.for([1, 2, 3, 4, 5, 6])(
    'a third of all requests, seed %i: most documents recover',
    async (seed, { onTestFinished }) => {
      const { failed, faulted } = await expectSurvival(seed, 0.33, onTestFinished);
      expect(faulted.size).toBeGreaterThan(5);
      expect(failed.length).toBeLessThan(20);
      for (const id of failed) expect(faulted.get(id)).toBeGreaterThan(0);
    },
  );

  test.concurrent.for([7, 8])(
    'nine of ten requests, seed %i: every loss is named',
    async (seed, { onTestFinished }) => {
      const { failed } = await expectSurvival(seed, 0.9, onTestFinished);
      expect(failed.length).toBeGreaterThan(10);
    },
  );

  test('on the list too, again and again: it ends whole or as a clean refusal', async () => {
    const data = await temporaryFolder();
    const documents = Array.from({ length: 60 }, (_, index) => served({ id: index + 1 }));
    const server = await serve(documents);
    server.pageSize = 15;
    const random = seededRandom(99);
    const ends = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      observe(server, (path, exchange) => {
        if (!isListPath(path) || random() >= 0.4) return false;
        const answer = random() < 0.97 ? pick(random, PASSING) : pick(random, COSTLY);
        answer(exchange, Buffer.from('{"count":60,"next":null,"previous":null,"results":[]}'));
        return true;
      });
      const end = await gatherInto(data, server, { limits: LIMITS, force: true }).then(
        (report) => {
          expect(report).toMatchObject({ listed: 60, fetched: 60, failed: [], removed: 0 });
          return 'whole';
        },
        (error: unknown) => {
          expect(error).toBeInstanceOf(AppError);
          expect(error).toMatchObject({ code: 'source-unreachable' });
          return 'refused';
        },
      );
      ends.add(end);
      if (ends.has('whole')) expect(await landedFiles(data)).toEqual(asLanded(documents));
    }
    expect([...ends].sort()).toEqual(['refused', 'whole']);
  });

  test('with a cancel at any moment: nothing is torn and a rerun asks for the rest', async () => {
    const data = await temporaryFolder();
    const documents = Array.from({ length: 60 }, (_, index) => served({ id: index + 1 }));
    const bodies = new Map(documents.map(({ id, body }) => [id, body]));
    const server = await serve(documents);
    const random = seededRandom(123);
    let had = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const abort = new AbortController();
      const stopAt = 2 + Math.floor(random() * 25);
      const { fault } = mixed(1000 + round, 0.3, bodies);
      const paths: string[] = observe(server, (path, exchange) => {
        if (paths.length === stopAt) abort.abort();
        return fault(path, exchange);
      });
      const end = await gatherInto(data, server, { limits: LIMITS, signal: abort.signal }).then(
        () => 'done',
        (error: unknown) => (error instanceof AppError ? error.code : error),
      );
      expect(['done', 'cancelled']).toContain(end);
      const landed = await landedFiles(data);
      const whole = asLanded(documents);
      for (const [name, content] of landed) expect(content).toBe(whole.get(name));
      // What had landed before was neither lost nor asked for again.
      for (const name of had) expect(landed.has(name)).toBe(true);
      const asked = paths.map((path) => `${askedIds([path])[0] ?? 'list'}.json`);
      expect(asked.filter((name) => had.has(name))).toEqual([]);
      if (end === 'done') break;
      had = new Set(landed.keys());
    }
    observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ listed: 60, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });
});
