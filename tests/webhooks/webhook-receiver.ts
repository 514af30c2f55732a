import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ServerIdentity } from '../helpers/certificates';
import type { AtTestEnd } from '../helpers/temporary-folder';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Answer = number | ((response: ServerResponse, received: Received) => void);

/** A real server that takes webhooks, answers as it is told and keeps what came. */
export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** The answers to the next requests, in order; 204 after them. */
  answers: Answer[];
  /** How many requests were open at once at most. */
  mostOpen: number;
}

/** With an identity it is asked over TLS. */
export async function startReceiver(
  host = '127.0.0.1',
  identity?: ServerIdentity,
  atEnd: AtTestEnd = onTestFinished,
): Promise<WebhookReceiver> {
  let open = 0;
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const pieces: Buffer[] = [];
    open += 1;
    receiver.mostOpen = Math.max(receiver.mostOpen, open);
    response.on('close', () => (open -= 1));
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const body = Buffer.concat(pieces).toString('utf8');
      const received = { method, path: url, headers, body };
      receiver.received.push(received);
      const answer = receiver.answers.shift() ?? 204;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else answer(response, received);
    });
  };
  const server = identity === undefined ? createServer(take) : createSecureServer(identity, take);
  await new Promise<void>((listening) => server.listen(0, host, listening));
  const { port } = server.address() as AddressInfo;
  const receiver: WebhookReceiver = {
    url: `http${identity === undefined ? '' : 's'}://${host.includes(':') ? `[${host}]` : host}:${port}/hook`,
    received: [],
    answers: [],
    mostOpen: 0,
  };
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  });
  return receiver;
}
