import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

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

export async function startReceiver(host = '127.0.0.1'): Promise<WebhookReceiver> {
  let open = 0;
  const server = createServer((request, response) => {
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
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  const { port } = server.address() as AddressInfo;
  const receiver: WebhookReceiver = {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/hook`,
    received: [],
    answers: [],
    mostOpen: 0,
  };
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return receiver;
}
