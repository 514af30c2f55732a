import { createServer, request as ask, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ServerIdentity } from './certificates';

/** Listens on loopback until the test ends; returns its port. */
export async function listeningPort(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export interface ForwardProxy {
  url: string;
  /** What it was asked for. */
  seen: string[];
}

/** A forward proxy as many networks have one; with an identity it is itself asked over TLS. */
export async function forwardProxy(identity: ServerIdentity | null = null): Promise<ForwardProxy> {
  const seen: string[] = [];
  const server = identity === null ? createServer() : createSecureServer(identity);
  server.on('request', (from, to) => {
    seen.push(`${from.method} ${from.url}`);
    const onward = ask(from.url ?? '', { method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.writeHead(502).end());
    from.pipe(onward);
  });
  server.on('connect', (from, socket) => {
    seen.push(`CONNECT ${from.url}`);
    const [host = '', port = ''] = (from.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  const port = await listeningPort(server);
  return {
    url: identity === null ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    seen,
  };
}
