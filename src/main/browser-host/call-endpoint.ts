import type { IncomingMessage, ServerResponse } from 'node:http';
import { CALL_HEADER } from '../../preload/contract/host-session';
import type { Dispatch } from '../app/dispatcher';
import { isFlatBody } from './flat-body';
import type { LaterAnswers } from './later-answers';
import { refuse, sendAnswer } from './responses';

/** A view with pictures of charts is the largest thing a page saves; base64 adds a third. */
const MAX_BYTES: Record<string, number> = { 'file.save': 64_000_000 };
const MAX_BYTES_ELSE = 2_000_000;

/** What a page may call a call. */
const CALL_ID = /^[0-9a-f]{32}$/;

/**
 * Answers `POST /call/NAME`: with 202 where it takes long and the page gave it an id. The content type has to be JSON: a foreign page cannot send that
 * without asking first (CORS preflight), which nobody here answers.
 */
export async function answerCall(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  dispatch: Dispatch,
  later: LaterAnswers,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return refuse(response, 405, 'Calls are made by POST.');
  }
  if (!/^application\/json(?:\s*;|$)/i.test(request.headers['content-type'] ?? '')) {
    return refuse(response, 415, 'A call’s content type is application/json.');
  }
  const body = await readBody(request, MAX_BYTES[name] ?? MAX_BYTES_ELSE);
  if (body === null) {
    // What is still on its way is thrown away: a browser that is cut off never reads the answer.
    request.resume();
    response.setHeader('connection', 'close');
    return refuse(response, 413, 'The call is too large.');
  }
  if (body.length > MAX_BYTES_ELSE && !isFlatBody(body)) {
    return refuse(response, 413, 'The call has too many values.');
  }
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return refuse(response, 400, 'The call is not JSON.');
  }
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const work = dispatch(name, json, gone.signal);
  const id = request.headers[CALL_HEADER];
  const answer =
    typeof id === 'string' && CALL_ID.test(id) ? await later.soon(id, gone, work) : await work;
  if (answer === null) response.writeHead(202, { 'cache-control': 'no-store' }).end();
  else await sendAnswer(response, answer);
}

/** Answers `POST /answer/ID` and `POST /forget/ID`, which ask for an answer that came later. */
export async function answerLater(
  what: 'answer' | 'forget',
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  later: LaterAnswers,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return refuse(response, 405, 'Answers are asked for by POST.');
  }
  request.resume();
  if (what === 'forget') {
    later.forget(id);
    response.writeHead(204).end();
    return;
  }
  const found = later.find(id);
  if (found === 'unknown') return refuse(response, 404, 'There is no such call.');
  if (found === 'pending') {
    response.writeHead(202, { 'cache-control': 'no-store' }).end();
    return;
  }
  await sendAnswer(response, found);
  later.taken(id, found);
}

/** Null where it is longer than allowed. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? '0') > maxBytes) return null;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    length += piece.length;
    if (length > maxBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
