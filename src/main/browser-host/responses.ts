import type { ServerResponse } from 'node:http';
import type { CallAnswer, CallName } from '../../preload/contract/calls';

/** Refuses in the contract's own shape, so that the page can show it. Never with CORS headers. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  const answer: CallAnswer<CallName> = { ok: false, error: { code: 'usage', message } };
  sendJson(response, status, answer);
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
