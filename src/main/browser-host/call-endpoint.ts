import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatch } from '../app/dispatcher';
import { isFlatBody } from './flat-body';
import { refuse, sendJson } from './responses';

/** A view with pictures of charts is the largest thing a page saves; base64 adds a third. */
const MAX_BYTES: Record<string, number> = { 'file.save': 64_000_000 };
const MAX_BYTES_ELSE = 2_000_000;

/**
 * Answers `POST /call/NAME`. The content type has to be JSON: a foreign page cannot send that
 * without asking first (CORS preflight), which nobody here answers.
 */
export async function answerCall(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  dispatch: Dispatch,
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
  sendJson(response, 200, await dispatch(name, json, gone.signal));
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
