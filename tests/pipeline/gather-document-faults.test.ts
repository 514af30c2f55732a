import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { HttpLimits } from '../../src/main/pipeline/http-client';
import { pokemonDocument, served, servedMany } from '../helpers/documents';
import {
  type Answer,
  brokenChunkSize,
  declaresLess,
  declaresMore,
  documentPath,
  drips,
  dropAfterHints,
  dropBeforeAnswer,
  endlessBody,
  faultOn,
  gzipBomb,
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
import { type AtTestEnd, temporaryFolder } from '../helpers/temporary-folder';

interface FaultCase {
  name: string;
  answer: Answer;
  reason: RegExp;
  limits?: Partial<HttpLimits>;
}

const CAP = 64 * 1024;
const sound = JSON.stringify(pokemonDocument({ id: 2, name: 'second' }));
/** The first letter of the name is not UTF-8. */
const notUtf8 = Buffer.from(sound.replace('second', '\xffecond'), 'latin1');

/** Damage that another try may not have: asked again 5 times. */
const TRANSIENT: FaultCase[] = [
  ...[408, 425, 429, 500, 501, 502, 503, 504].map((code) => ({
    name: `status ${code}`,
    answer: status(code),
    reason: new RegExp(`^answered ${code}\\b`),
  })),
  { name: 'a reset before the answer', answer: resetBeforeAnswer, reason: /closed the connection/ },
  { name: 'a drop before the answer', answer: dropBeforeAnswer, reason: /closed the connection/ },
  { name: 'a drop after early hints', answer: dropAfterHints, reason: /closed the connection/ },
  { name: 'a reset inside the body', answer: resetInBody, reason: /closed the connection/ },
  {
    name: 'a Content-Length too long',
    answer: declaresMore,
    reason: /closed the connection|another length/,
  },
  { name: 'a Content-Length too short', answer: declaresLess, reason: /not valid JSON/ },
  {
    name: 'a chunked body without its end',
    answer: truncatedChunked,
    reason: /closed the connection/,
  },
  { name: 'a broken chunk size', answer: brokenChunkSize, reason: /broke the HTTP protocol/ },
  { name: 'an answer that is not HTTP', answer: notHttp, reason: /broke the HTTP protocol/ },
  { name: 'an empty body', answer: sending(''), reason: /empty body/ },
  {
    name: 'HTML as 200',
    answer: sending('<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' }),
    reason: /web page instead of JSON/,
  },
  {
    name: 'HTML after a blank line',
    answer: sending('\n<html>Sign in</html>'),
    reason: /not valid JSON/,
  },
  { name: 'invalid JSON', answer: sending('{id: 2}'), reason: /not valid JSON/ },
  { name: 'truncated JSON', answer: sending(sound.slice(0, -40)), reason: /not valid JSON/ },
  {
    name: 'text after the JSON',
    answer: sending(`${sound}{"id":2}`),
    reason: /not valid JSON/,
  },
  {
    name: 'a trailing comma',
    answer: sending(sound.replace(/}$/, ',}')),
    reason: /not valid JSON/,
  },
  {
    name: 'NaN for a number',
    answer: sending(sound.replace('"weight":69', '"weight":NaN')),
    reason: /not valid JSON/,
  },
  {
    name: '-Infinity for a number in a field nobody reads',
    answer: sending(sound.replace('"moves":[]', '"moves":[-Infinity]')),
    reason: /not valid JSON/,
  },
  ...[', }', ',\n\t}', ' , } '].map((end) => ({
    name: `a trailing comma written ${JSON.stringify(end)}`,
    answer: sending(sound.replace(/}$/, end)),
    reason: /not valid JSON/,
  })),
  ...['[nan]', '[1,-inf]', '[ Inf ]', '{"a": -nan}', '[1, 2, ]'].map((moves) => ({
    name: `${moves} in a field nobody reads`,
    answer: sending(sound.replace('"moves":[]', `"moves":${moves}`)),
    reason: /not valid JSON/,
  })),
  {
    name: 'a JSON text with a byte-order mark',
    answer: sending(`\ufeff${sound}`),
    reason: /not valid JSON/,
  },
  { name: 'invalid UTF-8', answer: sending(notUtf8), reason: /not valid (UTF-8|JSON)/ },
  {
    name: 'half a gzip body',
    answer: sending(gzipSync(sound).subarray(0, 60), { 'content-encoding': 'gzip' }),
    reason: /not valid gzip/,
  },
  {
    name: 'gzip that is none',
    answer: sending(sound, { 'content-encoding': 'gzip' }),
    reason: /not valid gzip/,
  },
];

/** What comes with a refusal does not matter, however long it is. */
const REFUSED_AT_LENGTH: FaultCase[] = [
  {
    name: 'status 503 with a body without end',
    answer: endlessBody(Infinity, 503),
    reason: /^answered 503\b/,
  },
  {
    name: 'status 429 with a body that stalls',
    answer: stallsInBody(429),
    limits: { idleMs: 300, totalMs: 60_000 },
    reason: /^answered 429\b/,
  },
  {
    name: 'status 502 with a dripping body',
    answer: drips(502),
    limits: { totalMs: 600 },
    reason: /^answered 502\b/,
  },
];

/** Silence costs a timeout each time: asked again twice. */
const SILENT: FaultCase[] = [
  {
    name: 'stalled headers',
    answer: neverAnswers,
    limits: { headersMs: 300 },
    reason: /no answer in time/,
  },
  {
    name: 'a body that stalls',
    answer: stallsInBody(200),
    limits: { idleMs: 300 },
    reason: /stopped sending/,
  },
  {
    name: 'a dripping body',
    answer: drips(200),
    limits: { totalMs: 600 },
    reason: /longer than 0\.6 s in all/,
  },
];

/** Sound answers that are not the document: not asked again. */
const PERMANENT: FaultCase[] = [
  ...[204, 206, 400, 401, 403, 404, 410, 451, 505].map((code) => ({
    name: `status ${code}`,
    answer: status(code),
    reason: new RegExp(`^answered ${code}$`),
  })),
  {
    name: 'another document',
    answer: sending(JSON.stringify(pokemonDocument({ id: 3 }))),
    reason: /asked for id 2, got id 3/,
  },
  {
    name: 'JSON that is not an object',
    answer: sending('[1, 2, 3]'),
    reason: /^has no field id$/,
  },
  {
    name: 'nesting 65 deep',
    answer: sending(sound.replace('"moves":[]', `"moves":${'['.repeat(64)}${']'.repeat(64)}`)),
    reason: /^nests more than 64 deep$/,
  },
  ...[
    // 65 with the document's own; closed in ways no search for one run of brackets would find.
    `${'[{"a":['.repeat(21)}[1${']}]'.repeat(21)}]`,
    `${'[[{"a":'.repeat(21)}[1]${'}]]'.repeat(21)}`,
    `${'['.repeat(64)}1${' ]'.repeat(64)}`,
    `${'{"a": '.repeat(64)}1${',"b":2}'.repeat(64)}`,
  ].map((moves) => ({
    name: `nesting 65 deep as ${moves.slice(0, 12)}…${moves.slice(-6)}`,
    answer: sending(sound.replace('"moves":[]', `"moves":${moves}`)),
    reason: /^nests more than 64 deep$/,
  })),
  {
    name: 'nesting 60,000 deep',
    answer: sending('['.repeat(60_000)),
    reason: /^nests more than 64 deep$/,
  },
  { name: 'a gzip bomb', answer: gzipBomb(4 * 1024 * 1024), reason: /larger than 0\.0625 MiB/ },
  {
    name: 'a body over the cap, declared',
    answer: sending(Buffer.alloc(CAP + 1, 0x20)),
    reason: /larger than 0\.0625 MiB/,
  },
  {
    name: 'a body over the cap, undeclared',
    answer: endlessBody(4 * CAP, 200),
    reason: /larger than 0\.0625 MiB/,
  },
  {
    name: 'an unknown content encoding',
    answer: sending(sound, { 'content-encoding': 'snappy' }),
    reason: /unknown content encoding, snappy/,
  },
  { name: 'a redirect to nowhere', answer: status(302), reason: /redirected to nowhere/ },
];

/**
 * A fault that never ends: the one document is named with the reason after `tries` requests,
 * its earlier version stays, the others land, and when the source heals only it is fetched.
 */
async function expectQuarantine(
  { answer, reason, limits = {} }: FaultCase,
  tries: number,
  atEnd: AtTestEnd,
) {
  const data = await temporaryFolder(atEnd);
  const before = servedMany(3);
  const after = [1, 2, 3].map((id) => served({ id, weight: 70 + id }));
  const [first, second, third] = after;
  if (!first || !second || !third) throw new Error('three documents were made');
  const server = await serve(before, atEnd);
  await gatherInto(data, server);
  const manifestBefore = await manifestLines(data);

  server.documents = after;
  const paths = observe(server, faultOn(2, answer, second.body));
  const limited = { limits: { bodyBytes: CAP, ...limits } };
  const report = await gatherInto(data, server, limited);
  expect(report.failed).toMatchObject([
    { id: 2, name: 'mon-2', reason: expect.stringMatching(reason) as string },
  ]);
  expect(report).toMatchObject({ listed: 3, fetched: 2, not_modified: 0, removed: 0 });
  expect(paths.filter((path) => path === documentPath(2))).toHaveLength(tries);
  const old = before[1];
  expect(await landedFiles(data)).toEqual(asLanded([first, ...(old ? [old] : []), third]));
  expect((await manifestLines(data))[1]).toEqual(manifestBefore[1]);
  expect(await halfLanded(data)).toEqual([]);

  const healed = observe(server);
  expect(await gatherInto(data, server)).toMatchObject({ fetched: 1, resumed: 2, failed: [] });
  expect(askedIds(healed)).toEqual([2]);
  expect(await landedFiles(data)).toEqual(asLanded(after));
}

async function expectRecovery({ answer, limits = {} }: FaultCase, times: number, atEnd: AtTestEnd) {
  const data = await temporaryFolder(atEnd);
  const documents = servedMany(3);
  const server = await serve(documents, atEnd);
  const body = documents[1]?.body ?? Buffer.alloc(0);
  const paths = observe(server, faultOn(2, answer, body, times));
  const report = await gatherInto(data, server, { limits: { bodyBytes: CAP, ...limits } });
  expect(report).toMatchObject({ listed: 3, fetched: 3, failed: [] });
  expect(report.retries).toBeGreaterThanOrEqual(times);
  expect(paths.filter((path) => path === documentPath(2))).toHaveLength(times + 1);
  expect(await landedFiles(data)).toEqual(asLanded(documents));
}

describe('a fault that passes costs no document', () => {
  test.concurrent.for(TRANSIENT)('$name, five times', (fault, { onTestFinished }) =>
    expectRecovery(fault, 5, onTestFinished),
  );
  test.concurrent.for(REFUSED_AT_LENGTH)('$name, once', (fault, { onTestFinished }) =>
    expectRecovery(fault, 1, onTestFinished),
  );
  test.concurrent.for(SILENT)('$name, twice', (fault, { onTestFinished }) =>
    expectRecovery(fault, 2, onTestFinished),
  );
});

describe('a fault that stays costs its own document alone', () => {
  test.concurrent.for(TRANSIENT)('$name', (fault, { onTestFinished }) =>
    expectQuarantine(fault, 6, onTestFinished),
  );
  test.concurrent.for(REFUSED_AT_LENGTH)('$name', (fault, { onTestFinished }) =>
    expectQuarantine(fault, 6, onTestFinished),
  );
  test.concurrent.for(SILENT)('$name', (fault, { onTestFinished }) =>
    expectQuarantine(fault, 3, onTestFinished),
  );
  test.concurrent.for(PERMANENT)('$name', (fault, { onTestFinished }) =>
    expectQuarantine(fault, 1, onTestFinished),
  );
});

test('a document nested 64 deep, which the limit allows, lands', async () => {
  const data = await temporaryFolder();
  const deep = sound.replace('"moves":[]', `"moves":${'['.repeat(63)}${']'.repeat(63)}`);
  const documents = [{ id: 2, name: 'second', body: Buffer.from(deep) }];
  expect(await gatherInto(data, await serve(documents))).toMatchObject({ fetched: 1, failed: [] });
  expect(await landedFiles(data)).toEqual(asLanded(documents));
});

test('a document as large as the cap lands, one byte more does not', async () => {
  const data = await temporaryFolder();
  const sized = (id: number, bytes: number) => {
    const body = JSON.stringify(pokemonDocument({ id }));
    return { id, name: `mon-${id}`, body: Buffer.from(body.padEnd(bytes, ' ')) };
  };
  const documents = [sized(1, CAP), sized(2, CAP + 1)];
  const report = await gatherInto(data, await serve(documents), { limits: { bodyBytes: CAP } });
  expect(report.failed.map((failure) => failure.id)).toEqual([2]);
  expect(await landedFiles(data)).toEqual(asLanded(documents.slice(0, 1)));
});
