import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ServerIdentity } from './certificates';

/** A document to serve: its number, its list name and its bytes. */
export interface ServedDocument {
  id: number;
  name: string;
  body: Buffer;
}

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  socket: Socket;
  /** 1 for the first request of this path, 2 for the second, … */
  attempt: number;
  /** Answers as if there were no fault. */
  normal(): void;
}

/** Answers a request in a faulty way and returns true, or returns false to let it be. */
export type Fault = (path: string, exchange: Exchange) => boolean;

export interface ServerLog {
  path: string;
  status: number;
  /** Body bytes sent. */
  bytes: number;
  conditional: boolean;
}

/**
 * A PokéAPI-compatible HTTP server on loopback, with an identity an HTTPS one: paged list,
 * documents with weak ETags, conditional GET, and whatever faults a test asks for.
 */
export class PokeapiServer {
  readonly log: ServerLog[] = [];
  fault: Fault = () => false;
  pageSize: number | null = null;
  /** List entries to serve instead of the documents' own. */
  entries: ((origin: string) => { name: string; url: string }[]) | null = null;
  withEtags = true;
  /** Seconds that answers are said to stay fresh; null says nothing of it. */
  maxAge: number | null = 86_400;
  inFlight = 0;
  mostInFlight = 0;
  private index: { of: ServedDocument[]; byId: Map<number, ServedDocument> } | null = null;
  private readonly attempts = new Map<string, number>();
  private readonly sockets = new Set<Socket>();
  private readonly etags = new WeakMap<Buffer, string>();
  private readonly server;

  constructor(
    public documents: ServedDocument[],
    private readonly identity: ServerIdentity | null = null,
  ) {
    const handle = (request: IncomingMessage, response: ServerResponse) =>
      this.handle(request, response);
    this.server = identity === null ? createServer(handle) : createSecureServer(identity, handle);
  }

  async listen(port = 0): Promise<this> {
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return this;
  }

  get origin(): string {
    const scheme = this.identity === null ? 'http' : 'https';
    return `${scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What `--source` takes. */
  get url(): string {
    return `${this.origin}/api/v2`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Requests answered with a document body since the log was last cleared. */
  bodiesSent(): number {
    return this.log.filter((entry) => /\/pokemon\/\d/.test(entry.path) && entry.status === 200)
      .length;
  }

  clearLog(): void {
    this.log.length = 0;
    this.attempts.clear();
  }

  private handle(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    const attempt = (this.attempts.get(path) ?? 0) + 1;
    this.attempts.set(path, attempt);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    response.on('close', () => {
      this.inFlight -= 1;
    });
    const normal = () => this.answer(path, request, response);
    const exchange = { request, response, socket: request.socket, attempt, normal };
    if (!this.fault(path, exchange)) normal();
  }

  private answer(path: string, request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(path, this.origin);
    if (url.pathname === '/api/v2/pokemon') {
      return this.send(request, response, Buffer.from(JSON.stringify(this.page(url))));
    }
    const id = Number(/^\/api\/v2\/pokemon\/(\d+)\/?$/.exec(url.pathname)?.[1] ?? '0');
    const document = this.byId().get(id);
    if (document === undefined) {
      this.log.push({ path, status: 404, bytes: 0, conditional: false });
      response.writeHead(404).end('Not Found');
      return;
    }
    this.send(request, response, document.body);
  }

  send(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const path = request.url ?? '/';
    const etag = this.etagOf(body);
    const asked = request.headers['if-none-match'];
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...(this.maxAge === null ? {} : { 'cache-control': `public, max-age=${this.maxAge}` }),
      ...(this.withEtags ? { etag } : {}),
    };
    if (this.withEtags && asked === etag) {
      this.log.push({ path, status: 304, bytes: 0, conditional: true });
      response.writeHead(304, headers).end();
      return;
    }
    this.log.push({ path, status: 200, bytes: body.length, conditional: asked !== undefined });
    response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
  }

  private page(url: URL): unknown {
    const limit = this.pageSize ?? Number(url.searchParams.get('limit') ?? '20');
    const offset = Number(url.searchParams.get('offset') ?? '0');
    const entries =
      this.entries?.(this.origin) ??
      this.documents.map(({ id, name }) => ({ name, url: `${this.url}/pokemon/${id}/` }));
    const next = offset + limit < entries.length ? offset + limit : null;
    return {
      count: entries.length,
      next: next === null ? null : `${this.url}/pokemon?offset=${next}&limit=${limit}`,
      previous: null,
      results: entries.slice(offset, offset + limit),
    };
  }

  /** Looked up by number: a full-size list searched for each request would slow the server. */
  private byId(): ReadonlyMap<number, ServedDocument> {
    if (this.index?.of !== this.documents || this.index.byId.size !== this.documents.length) {
      const byId = new Map(this.documents.map((document) => [document.id, document]));
      this.index = { of: this.documents, byId };
    }
    return this.index.byId;
  }

  private etagOf(body: Buffer): string {
    let etag = this.etags.get(body);
    if (etag === undefined) {
      etag = `W/"${createHash('sha1').update(body).digest('hex').slice(0, 16)}"`;
      // Lists are made again for each request; only documents are worth remembering.
      this.etags.set(body, etag);
    }
    return etag;
  }
}
