import type { IncomingHttpHeaders } from 'node:http';
import type { SecureContext } from 'node:tls';
// Only the pool: the whole package, with its fetch and caches, takes four times as long to load.
import Pool from 'undici/lib/dispatcher/pool.js';
import type { Dispatcher } from 'undici';
import { humanCount } from '../../preload/contract/counts';
import { USER_AGENT } from '../base/app-info';
import { type BodyHold, BodyRoom, ORDINARY_BYTES } from './body-room';
import {
  ACCEPTED_ENCODINGS,
  decodeBody,
  encodingsOf,
  NotEncoded,
  UnknownEncoding,
} from './content-encoding';
import { MOST_DOCUMENT_BYTES } from './document-schema';
import { shortened } from '../../preload/contract/printable';
import { FetchProblem } from './fetch-problem';
import { knownAuthorities } from './known-authorities';
import { BodyTooLarge, DeadlineExceeded, exchange, type Exchange } from './http-exchange';
import { type Proxy, proxyFor, proxyName } from './proxy';
import { isRetriedStatus, retryAfterMs } from './retry-policy';
import { proxyStatusProblem, transportProblem } from './transport-problem';
import { pageWords, webPageOf } from './web-page';

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
      /** The body's bytes after content decoding. */
      body: Buffer;
      /** Bytes as transferred, before any content decoding. */
      transferred: number;
      validators: Validators;
      maxAgeSeconds: number | null;
      /** To be called once the body is not needed any more: other bodies wait for its room. */
      release(): void;
    };

/** Node's own 250 ms give up an address that is only far away, once another address refuses. */
const ATTEMPT_MS = 1_000;

const KEEP_ALIVE_MS = 10_000;

/**
 * GETs from one origin over keep-alive connections until `signal` aborts; one try per call. Uses
 * the proxy and the extra certificate authorities that the environment names. Throws `bad-source`
 * where those cannot be used.
 */
export class HttpClient {
  private readonly proxy: Proxy | null;
  private readonly connect;
  private readonly room = new BodyRoom();
  private dispatcher: Dispatcher | null;
  private opening: Promise<Dispatcher> | null = null;
  /** One for all requests: adding and removing one per request takes time with thousands of them. */
  private readonly onAbort = () => void this.dispatcher?.destroy(asError(this.signal.reason));

  constructor(
    readonly origin: string,
    connections: number,
    private readonly limits: HttpLimits,
    private readonly signal: AbortSignal,
  ) {
    this.proxy = proxyFor(new URL(origin), process.env);
    const isSecure = [origin, this.proxy?.url.protocol].some((url) => url?.startsWith('https:'));
    const secureContext = isSecure ? knownAuthorities(process.env) : undefined;
    this.connect = connectOptions(limits, secureContext);
    this.dispatcher =
      this.proxy === null
        ? new Pool(origin, {
            connections,
            pipelining: 1,
            connect: this.connect,
            keepAliveTimeout: KEEP_ALIVE_MS,
          })
        : null;
    if (signal.aborted) this.onAbort();
    else signal.addEventListener('abort', this.onAbort);
  }

  /**
   * One GET. With validators it is conditional (RFC 9110 §13) and may answer `not-modified`.
   * Rejects with FetchProblem for everything the source can do wrong, with the signal's
   * reason once it has aborted.
   */
  async get(url: URL, validators: Validators | null): Promise<HttpAnswer> {
    const hold = this.room.hold();
    try {
      return await this.follow(url, validators, hold);
    } catch (error) {
      hold.release();
      if (this.signal.aborted) throw this.signal.reason;
      if (error instanceof BodyTooLarge) throw this.tooLarge();
      if (error instanceof DeadlineExceeded) {
        throw new FetchProblem(
          `took longer than ${humanCount(this.limits.totalMs / 1000)} s in all`,
          'timeout',
          { cause: error },
        );
      }
      throw error instanceof FetchProblem ? error : transportProblem(error, this.proxy);
    }
  }

  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.onAbort);
    await this.dispatcher?.destroy();
  }

  private async openProxied({ url }: Proxy): Promise<Dispatcher> {
    const { proxyDispatcher } = await import('./proxy-dispatcher');
    this.dispatcher = proxyDispatcher(url.href, this.connect, {
      headersMs: this.limits.headersMs,
      keepAliveMs: KEEP_ALIVE_MS,
    });
    if (this.signal.aborted) this.onAbort();
    return this.dispatcher;
  }

  private async follow(
    start: URL,
    validators: Validators | null,
    hold: BodyHold,
  ): Promise<HttpAnswer> {
    const { limits } = this;
    if (this.dispatcher === null && this.proxy !== null) {
      await (this.opening ??= this.openProxied(this.proxy));
    }
    const { dispatcher } = this;
    if (dispatcher === null) throw new Error('a client without a proxy has its pool at once');
    let url = start;
    const seen = [url.href];
    const deadline = performance.now() + limits.totalMs;
    for (let hop = 0; hop <= limits.redirects; hop += 1) {
      const response = await exchange(
        dispatcher,
        {
          origin: this.origin,
          path: url.pathname + url.search,
          headers: requestHeaders(validators),
        },
        {
          maxBytes: limits.bodyBytes,
          headersMs: limits.headersMs,
          idleMs: limits.idleMs,
          totalMs: deadline - performance.now(),
        },
        hold,
      );
      if (!REDIRECTS.has(response.status)) return await this.read(response, validators, hold);
      const location = redirectTarget(response, url);
      if (originOf(location) !== this.origin) {
        throw new FetchProblem(
          `was redirected to another origin, ${shownOrigin(location)}`,
          'permanent',
          { hint: `If you trust it, gather from there: --source ${shownOrigin(location)}/….` },
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
    hold: BodyHold,
  ): Promise<HttpAnswer> {
    const maxAgeSeconds = maxAge(header(headers, 'cache-control'));
    if (status === 304 && validators !== null) {
      hold.release();
      return { kind: 'not-modified', maxAgeSeconds };
    }
    if (status !== 200) throw this.statusProblem(status, headers, raw);
    const encodings = encodingsOf([headers['content-encoding'] ?? []].flat().join());
    const body = await this.decode(raw, encodings, hold);
    const page = body[0] === LESS_THAN ? webPageOf(headers, beginning(body)) : null;
    if (page !== null) {
      throw new FetchProblem(`sent ${pageWords(page)} instead of JSON`, 'transient', { page });
    }
    return {
      kind: 'body',
      body,
      transferred: raw.length,
      validators: {
        etag: header(headers, 'etag') ?? null,
        lastModified: header(headers, 'last-modified') ?? null,
      },
      maxAgeSeconds,
      release: () => hold.release(),
    };
  }

  private statusProblem(status: number, headers: IncomingHttpHeaders, body: Buffer): FetchProblem {
    if (status === 407 && this.proxy !== null) return proxyStatusProblem(status, this.proxy);
    const wait = retryAfterMs(header(headers, 'retry-after'), servedAt(headers));
    const page = webPageOf(headers, beginning(body));
    const withPage = page === null ? '' : ` with ${pageWords(page)}`;
    const through = this.proxy === null ? '' : `, asked through ${proxyName(this.proxy)}`;
    return new FetchProblem(
      `answered ${status}${withPage}${through}`,
      isRetriedStatus(status) ? 'transient' : 'permanent',
      {
        status,
        ...(page === null ? {} : { page }),
        ...(wait === null ? {} : { retryAfterMs: wait }),
      },
    );
  }

  private async decode(raw: Buffer, encodings: readonly string[], hold: BodyHold): Promise<Buffer> {
    if (encodings.length === 0) return raw;
    const most = this.limits.bodyBytes;
    try {
      const ordinary = await decodeBody(raw, encodings, Math.min(most, ORDINARY_BYTES)).catch(
        (error: unknown) => {
          if (!(error instanceof RangeError)) throw error;
          return null;
        },
      );
      if (ordinary !== null) return ordinary;
      await hold.reserved(most);
      return await decodeBody(raw, encodings, most);
    } catch (error) {
      if (error instanceof RangeError) throw this.tooLarge();
      if (error instanceof UnknownEncoding) {
        throw new FetchProblem(
          `came in an unknown content encoding, ${error.message.slice(0, 60)}`,
          'permanent',
        );
      }
      if (!(error instanceof NotEncoded)) throw error;
      throw new FetchProblem(`is not valid ${error.message}`, 'transient', { cause: error });
    }
  }

  private tooLarge(): FetchProblem {
    const mebibytes = this.limits.bodyBytes / 1024 / 1024;
    return new FetchProblem(`is larger than ${mebibytes} MiB`, 'permanent');
  }
}

function connectOptions(limits: HttpLimits, secureContext: SecureContext | undefined) {
  return {
    timeout: limits.connectMs,
    ...(secureContext === undefined ? {} : { secureContext }),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: Math.min(ATTEMPT_MS, limits.connectMs),
  };
}

/** Unlike `url.origin` this does not take `blob:http://host/…` for a URL of that host. */
export function originOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

/** As a sentence names it: a host name may be of any length. */
export function shownOrigin(url: URL): string {
  return shortened(originOf(url), 120);
}

function requestHeaders(validators: Validators | null): Record<string, string> {
  return {
    'user-agent': USER_AGENT,
    accept: 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
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

const LESS_THAN = 0x3c;

/** How a body begins, as far as it matters whether it is a web page. */
function beginning(body: Buffer): string {
  return body.toString('latin1', 0, 16 * 1024);
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

/** The source's own clock, which its dates refer to; ours may be set wrong. */
function servedAt(headers: IncomingHttpHeaders): number {
  const date = Date.parse(header(headers, 'date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
