import { describe, expect, test } from 'vitest';
import { servedMany } from '../helpers/documents';
import { type Answer, documentPath, isListPath, sending, status } from '../helpers/faults';
import {
  asLanded,
  askedIds,
  gatherInto,
  landedFiles,
  observe,
  QUICK_RETRIES,
  serve,
} from '../helpers/gather-into';
import { temporaryFolder } from '../helpers/temporary-folder';

const CHALLENGE = '<!DOCTYPE html><title>Just a moment...</title><p>Checking your browser</p>';
const HTML = { 'content-type': 'text/html' };

function page(code: number, body: string): Answer {
  return ({ response }) => void response.writeHead(code, HTML).end(body);
}

/** What a source says to every document, what is told of it, and of what to do. */
const REFUSALS: [name: string, answer: Answer, says: RegExp, hint: RegExp][] = [
  ['403', status(403), /refuses us: it answered 403, \d+ requests in a row\./, /mirror/],
  ['401', status(401), /asks for a login: it answered 401/, /no login/],
  ['404', status(404), /has none of its documents: it answered 404/, /source URL/],
  ['410', status(410), /has none of its documents: it answered 410/, /source URL/],
  ['429 without Retry-After', status(429), /takes no more requests: it answered 429/, /Wait/],
  ['500', status(500), /is out of order: it answered 500/, /Try again later/],
  ['503', status(503), /is out of order: it answered 503/, /Try again later/],
  [
    'a challenge page with 403',
    page(403, CHALLENGE),
    /asks for a person with a browser: it answered 403 with a challenge page/,
    /Programs cannot pass it/,
  ],
  [
    'a challenge page with 503',
    page(503, CHALLENGE),
    /asks for a person with a browser: it answered 503 with a challenge page/,
    /Programs cannot pass it/,
  ],
  [
    'a sign-in page with 200',
    sending('<!doctype html><title>Sign in</title>', HTML),
    /gives nothing usable: it sent a web page instead of JSON/,
    /browser/,
  ],
  ['a reset', ({ socket }) => void socket.resetAndDestroy(), /gives nothing usable/, /Try again/],
];

describe('a source that refuses everything is asked a few dozen times', () => {
  test.each(REFUSALS)('by %s', async (_, answer, says, hint) => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(400));
    const paths = observe(server, (path, exchange) => {
      if (isListPath(path)) return false;
      answer(exchange, Buffer.alloc(0));
      return true;
    });
    const report = await gatherInto(data, server, { concurrency: 16, allowMissing: true });
    expect(paths.length).toBeLessThan(80);
    expect(report.failed).toHaveLength(400);
    expect(report.refusal?.message).toMatch(says);
    expect(report.refusal?.message).toContain(server.url);
    expect(report.refusal?.hint).toMatch(hint);
    expect(report.refusal?.documents).toBe(400);
    // Nothing is published without everything.
    expect(report).toMatchObject({ can_do_without: false, missing: [] });
  });

  test('also where it begins to after many documents', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(400));
    let served = 0;
    const paths = observe(server, (path, exchange) => {
      if (isListPath(path) || ++served <= 100) return false;
      status(429)(exchange, Buffer.alloc(0));
      return true;
    });
    const report = await gatherInto(data, server, { concurrency: 16 });
    expect(report.fetched).toBe(100);
    expect(paths.length).toBeLessThan(100 + 140);
    expect(report.refusal?.message).toMatch(/takes no more requests/);

    // The rest is fetched once it answers again.
    const again = observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 300, resumed: 100 });
    expect(askedIds(again)).toHaveLength(300);
  });
});

describe('a source that refuses some loses those alone', () => {
  test('be it a hundred in a row', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(300);
    const server = await serve(documents);
    const isGone = (id: number) => id > 150 && id <= 250;
    observe(server, (path, exchange) => {
      if (!isGone(askedIds([`${path}/`.replace('//', '/')])[0] ?? 0)) return false;
      status(403)(exchange, Buffer.alloc(0));
      return true;
    });
    const report = await gatherInto(data, server, { concurrency: 16 });
    expect(report).toMatchObject({ fetched: 200, refusal: null });
    expect(report.failed.map(({ id }) => id ?? 0).sort((a, b) => a - b)).toEqual(
      documents.map(({ id }) => id).filter(isGone),
    );
    for (const { reason } of report.failed) expect(reason).toBe('answered 403');

    // A rerun asks for nothing but those: the source shows that it still has the others.
    const rerun = await gatherInto(data, server, { concurrency: 16 });
    expect(rerun).toMatchObject({ fetched: 0, resumed: 200, refusal: null });
    for (const { reason } of rerun.failed) expect(reason).toBe('answered 403');
  });

  test.each([429, 503])('by %i for a while loses none', async (code) => {
    const data = await temporaryFolder();
    const documents = servedMany(200);
    const server = await serve(documents);
    let until = Infinity;
    observe(server, (path, exchange) => {
      if (isListPath(path)) return false;
      if (until === Infinity) until = performance.now() + 1_000;
      if (performance.now() > until) return false;
      status(code)(exchange, Buffer.alloc(0));
      return true;
    });
    const retryPolicy = { ...QUICK_RETRIES, baseMs: 250, capMs: 8_000 };
    // Full jitter, each wait at its longest: as patient as the product can be.
    const report = await gatherInto(data, server, { concurrency: 16, retryPolicy });
    expect(report.refusal).toBeNull();
    expect(report.fetched).toBeGreaterThan(190);
  });

  test('be it every second request loses none', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(200);
    const server = await serve(documents);
    observe(server, (path, exchange) => {
      if (isListPath(path) || exchange.attempt % 2 === 0) return false;
      status(503)(exchange, Buffer.alloc(0));
      return true;
    });
    expect(await gatherInto(data, server, { concurrency: 16 })).toMatchObject({
      fetched: 200,
      failed: [],
      refusal: null,
    });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });
});

describe('links of another origin', () => {
  test('are told in one sentence with both origins and what to set', async () => {
    const data = await temporaryFolder();
    const other = await serve(servedMany(50));
    const server = await serve(servedMany(50));
    server.entries = () =>
      servedMany(50).map(({ id, name }) => ({ name, url: `${other.url}/pokemon/${id}/` }));
    const asked = observe(other);
    const report = await gatherInto(data, server, { allowMissing: true });
    expect(report.refusal).toEqual({
      message: `The list at ${server.origin} names its 50 documents at another origin, ${other.origin}, which is never asked.`,
      hint: `If you trust it, gather from there: --source ${other.url}. If the server at ${new URL(server.origin).host} is yours, have it name its documents by its own address.`,
      documents: 50,
    });
    expect(report).toMatchObject({ can_do_without: false, missing: [] });
    expect(asked).toEqual([]);
    expect(await gatherInto(data, other.url)).toMatchObject({ fetched: 50, failed: [] });
  });

  test('of some documents leave those out by a person’s wish, and are never asked', async () => {
    const data = await temporaryFolder();
    const other = await serve(servedMany(5));
    const asked = observe(other);
    const documents = servedMany(5);
    const server = await serve(documents);
    server.entries = () =>
      documents.map(({ id, name }) => ({
        name,
        url: `${id > 3 ? other.url : server.url}/pokemon/${id}/`,
      }));
    const report = await gatherInto(data, server);
    const elsewhere = expect.stringContaining(
      `names 2 of its 5 documents at another origin, ${other.origin},`,
    ) as string;
    expect(report).toMatchObject({
      fetched: 3,
      refusal: { message: elsewhere, documents: 2 },
      can_do_without: true,
      missing: [],
    });
    expect(await gatherInto(data, server, { allowMissing: true })).toMatchObject({
      missing: [
        { name: 'mon-4', used: 'left out' },
        { name: 'mon-5', used: 'left out' },
      ],
    });
    expect(await landedFiles(data)).toEqual(asLanded(documents.slice(0, 3)));
    expect(asked).toEqual([]);
  });
});

describe('a document that is missing', () => {
  test.each([404, 410])('at its URL (%i) is asked for once by the other spelling', async (code) => {
    const data = await temporaryFolder();
    const documents = servedMany(3);
    const server = await serve(documents);
    const paths = observe(server, (path, exchange) => {
      if (path !== documentPath(2)) return false;
      status(code)(exchange, Buffer.alloc(0));
      return true;
    });
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 3, failed: [] });
    expect(paths.filter((path) => path.includes('/pokemon/2'))).toEqual([
      documentPath(2),
      documentPath(2).slice(0, -1),
    ]);
    expect(await landedFiles(data)).toEqual(asLanded(documents));
    // By the same way an unchanged one costs no body.
    expect(await gatherInto(data, server)).toMatchObject({ not_modified: 3, failed: [] });
  });

  test('may be so by a person’s wish: with the copy from before, or left out', async () => {
    const data = await temporaryFolder();
    const before = servedMany(4);
    const server = await serve(before);
    await gatherInto(data, server);
    // The first leaves the list, the second is gone, the fifth never was there.
    server.documents = servedMany(5).filter(({ id }) => id !== 1);
    observe(server, (path, exchange) => {
      if (!/\/pokemon\/[25]\/?$/.test(path)) return false;
      status(404)(exchange, Buffer.alloc(0));
      return true;
    });
    const refused = await gatherInto(data, server);
    expect(refused).toMatchObject({ missing: [], removed: 0 });
    const at = (id: number) => `${server.url}/pokemon/${id}/`;
    const failed = [
      { id: 2, name: 'mon-2', url: at(2), reason: 'answered 404' },
      { id: 5, name: 'mon-5', url: at(5), reason: 'answered 404' },
    ];
    const byId = (a: { id?: number | undefined }, b: { id?: number | undefined }) =>
      (a.id ?? 0) - (b.id ?? 0);
    expect([...refused.failed].sort(byId)).toEqual([
      { ...failed[0], landed_before: true },
      { ...failed[1], landed_before: false },
    ]);

    const allowed = await gatherInto(data, server, { allowMissing: true });
    expect([...allowed.missing].sort(byId)).toEqual([
      { ...failed[0], used: 'earlier copy' },
      { ...failed[1], used: 'left out' },
    ]);
    // Their list is whole: what left it goes.
    expect(allowed).toMatchObject({ listed: 4, removed: 1, refusal: null });
    expect(await landedFiles(data)).toEqual(asLanded(before.slice(1)));
  });
});
