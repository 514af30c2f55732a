import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import errors from 'undici/lib/core/errors.js';
// The pool alone: the whole package, with its fetch and caches, takes four times as long to load.
import Pool from 'undici/lib/dispatcher/pool.js';
import { USER_AGENT } from '../base/app-info';
import { MOST_DOCUMENT_BYTES } from './document-schema';
import { FetchProblem } from './fetch-problem';
import { BodyTooLarge, DeadlineExceeded, exchange, type Exchange } from './http-exchange';
import { lengthOf } from './pieces';
import { isRetriedStatus, retryAfterMs } from './retry-policy';

/** Ceilings of one request. Times in milliseconds, sizes in bytes. */
export interface HttpLimits {
  connectMs: number;
  headersMs: number;
  /** Longest silence between two pieces of a body. */
  idleMs: number;
  /** The whole request, redirects included. */
  totalMs: number;
  /** A body, both as transferred and as decoded. */
  bodyBytes: number;
  redirects: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  connectMs: 5_000,
  headersMs: 10_000,
  idleMs: 10_000,
  totalMs: 30_000,
  bodyBytes: MOST_DOCUMENT_BYTES,
  redirects: 5,
};

export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export type HttpAnswer =
  | { kind: 'not-modified'; maxAgeSeconds: number | null }
  | {
      kind: 'body';
      /** The body's bytes after content decoding, in pieces to be joined in order. */
      body: Buffer[];
      /** Bytes as transferred, before any content decoding. */
      transferred: number;
      validators: Validators;
      maxAgeSeconds: number | null;
    };

/** GETs from one origin over keep-alive connections, until `signal` aborts; one try a call. */
export class HttpClient {
  private readonly pool: Pool;
  /** One for all requests: to add and remove one for each is felt, with thousands of them. */
  private readonly onAbort = () => void this.pool.destroy(asError(this.signal.reason));

  constructor(
    readonly origin: string,
    connections: number,
    private readonly limits: HttpLimits,
    private readonly signal: AbortSignal,
  ) {
    this.pool = new Pool(origin, {
      connections,
      pipelining: 1,
      connect: { timeout: limits.connectMs },
      headersTimeout: limits.headersMs,
      bodyTimeout: limits.idleMs,
      keepAliveTimeout: 10_000,
    });
    if (signal.aborted) this.onAbort();
    else signal.addEventListener('abort', this.onAbort);
  }

  /**
   * One GET. With validators it is conditional (RFC 9110 §13) and may answer `not-modified`.
   * Rejects with FetchProblem for everything the source can do wrong, with the signal's
   * reason once it has aborted.
   */
  async get(url: URL, validators: Validators | null): Promise<HttpAnswer> {
    try {
      return await this.follow(url, validators);
    } catch (error) {
      if (this.signal.aborted) throw this.signal.reason;
      if (error instanceof BodyTooLarge) throw this.tooLarge();
      if (error instanceof DeadlineExceeded) {
        throw new FetchProblem(
          `took longer than ${this.limits.totalMs / 1000} s in all`,
          'timeout',
          { cause: error },
        );
      }
      throw error instanceof FetchProblem ? error : transportProblem(error);
    }
  }

  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.onAbort);
    await this.pool.destroy();
  }

  private async follow(start: URL, validators: Validators | null): Promise<HttpAnswer> {
    let url = start;
    const seen = [url.href];
    const deadline = performance.now() + this.limits.totalMs;
    for (let hop = 0; hop <= this.limits.redirects; hop += 1) {
      const response = await exchange(
        this.pool,
        { path: url.pathname + url.search, headers: requestHeaders(validators) },
        { maxBytes: this.limits.bodyBytes, totalMs: deadline - performance.now() },
      );
      if (!REDIRECTS.has(response.status)) return await this.read(response, validators);
      const location = redirectTarget(response, url);
      if (originOf(location) !== this.origin) {
        throw new FetchProblem(
          `was redirected to another origin, ${originOf(location)}`,
          'permanent',
        );
      }
      if (seen.includes(location.href))
        throw new FetchProblem('was redirected in a loop', 'permanent');
      seen.push(location.href);
      url = location;
    }
    throw new FetchProblem(`was redirected more than ${this.limits.redirects} times`, 'permanent');
  }

  private async read(
    { status, headers, body: raw }: Exchange,
    validators: Validators | null,
  ): Promise<HttpAnswer> {
    const maxAgeSeconds = maxAge(header(headers, 'cache-control'));
    if (status === 304 && validators !== null) return { kind: 'not-modified', maxAgeSeconds };
    if (status !== 200) {
      const wait = retryAfterMs(header(headers, 'retry-after'), servedAt(headers));
      throw new FetchProblem(
        `answered ${status}`,
        isRetriedStatus(status) ? 'transient' : 'permanent',
        wait === null ? {} : { retryAfterMs: wait },
      );
    }
    const body = await this.decode(raw, header(headers, 'content-encoding'));
    return {
      kind: 'body',
      body,
      transferred: lengthOf(raw),
      validators: {
        etag: header(headers, 'etag') ?? null,
        lastModified: header(headers, 'last-modified') ?? null,
      },
      maxAgeSeconds,
    };
  }

  private async decode(raw: Buffer[], encoding: string | undefined): Promise<Buffer[]> {
    const name = encoding?.trim().toLowerCase() ?? 'identity';
    if (name === 'identity' || name === '') return raw;
    const decoder = DECODERS[name];
    if (decoder === undefined) {
      throw new FetchProblem(`came in an unknown content encoding, ${name}`, 'permanent');
    }
    try {
      return [await decoder(Buffer.concat(raw), { maxOutputLength: this.limits.bodyBytes })];
    } catch (error) {
      if (error instanceof RangeError) throw this.tooLarge();
      throw new FetchProblem(`is not valid ${name}`, 'transient', { cause: error });
    }
  }

  private tooLarge(): FetchProblem {
    const mebibytes = this.limits.bodyBytes / 1024 / 1024;
    return new FetchProblem(`is larger than ${mebibytes} MiB`, 'permanent');
  }
}

const DECODERS: Record<
  string,
  ((raw: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>) | undefined
> = {
  gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
  br: promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress),
};

/** Unlike `url.origin` this does not take `blob:http://host/…` for a URL of that host. */
export function originOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

function requestHeaders(validators: Validators | null): Record<string, string> {
  return {
    'user-agent': USER_AGENT,
    accept: 'application/json',
    'accept-encoding': 'gzip, deflate, br',
    ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
  };
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function maxAge(cacheControl: string | undefined): number | null {
  const match = /(?:^|[,\s])max-age=(\d+)/i.exec(cacheControl ?? '');
  return match?.[1] === undefined ? null : Number(match[1]);
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function redirectTarget(response: Exchange, from: URL): URL {
  const location = header(response.headers, 'location');
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw new FetchProblem('was redirected to nowhere', 'permanent');
  }
  return new URL(location, from);
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** The source's own clock, which its dates are told by; ours may have been set wrong. */
function servedAt(headers: IncomingHttpHeaders): number {
  const date = Date.parse(header(headers, 'date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}

function transportProblem(error: unknown): FetchProblem {
  const cause = error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof errors.ConnectTimeoutError) {
    return new FetchProblem('could not be reached in time', 'timeout', {
      cause,
      unreachable: true,
    });
  }
  if (error instanceof errors.HeadersTimeoutError) {
    return new FetchProblem('sent no answer in time', 'timeout', { cause, unreachable: true });
  }
  if (error instanceof errors.BodyTimeoutError) {
    return new FetchProblem('stopped sending in the middle', 'timeout', { cause });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new FetchProblem('has a host name that was not found', 'transient', {
      cause,
      unreachable: true,
    });
  }
  if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)) {
    return new FetchProblem('refused the connection', 'transient', { cause, unreachable: true });
  }
  if (error instanceof errors.ResponseContentLengthMismatchError) {
    return new FetchProblem('sent another length than it declared', 'transient', { cause });
  }
  if (error instanceof errors.HTTPParserError) {
    return new FetchProblem('broke the HTTP protocol', 'transient', { cause });
  }
  if (code.startsWith('ERR_TLS') || code.includes('CERT')) {
    return new FetchProblem(`has no valid certificate (${code})`, 'permanent', { cause });
  }
  if (
    error instanceof errors.SocketError ||
    ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_ABORTED', 'ETIMEDOUT'].includes(code) ||
    (error instanceof TypeError && error.message === 'terminated')
  ) {
    return new FetchProblem('closed the connection too early', 'transient', { cause });
  }
  return new FetchProblem(
    `failed: ${error instanceof Error ? error.message : String(error)}`,
    'transient',
    { cause },
  );
}
