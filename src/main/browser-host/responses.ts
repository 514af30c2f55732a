import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CallAnswer, CallName } from '../../preload/contract/calls';
import type { SentAnswer } from '../../preload/contract/sent-answer';

/** Refuses in the contract's own shape, so that the page can show it. Never with CORS headers. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  const answer: CallAnswer<CallName> = { ok: false, error: { code: 'usage', message } };
  sendJson(response, status, answer);
}

/** Rejects where the page left before it had it all. */
export async function sendAnswer(
  response: ServerResponse,
  answer: SentAnswer<CallName>,
): Promise<void> {
  if (!('json' in answer)) return sendJson(response, 200, answer);
  const pieces = [Buffer.from('{"ok":true,"result":'), ...answer.json, Buffer.from('}')];
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': pieces.reduce((sum, { length }) => sum + length, 0),
    'cache-control': 'no-store',
  });
  // As fast as the page takes it.
  await pipeline(Readable.from(pieces), response);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}
