import Pool from 'undici/lib/dispatcher/pool.js';
import type { Dispatcher } from 'undici';
import { USER_AGENT } from '../base/app-info';
import { knownAuthorities } from '../pipeline/known-authorities';
import { type Proxy, proxyFor } from '../pipeline/proxy';
import { retryAfterMs } from '../pipeline/retry-policy';
import { transportProblem } from '../pipeline/transport-problem';
import {
  checkBeforeProxy,
  checkedLookup,
  MeansTheProxy,
  NotPublic,
  type Resolve,
} from './checked-lookup';

/** What came of one try. */
export interface Posted {
  /** Null where no answer came. */
  status: number | null;
  /** One clause without a full stop: `answered 503`. */
  outcome: string;
  /** How long the endpoint asked to be left alone; null where it did not. */
  retryAfterMs: number | null;
}

export interface PostLimits {
  connectMs: number;
  totalMs: number;
}

const POST_LIMITS: PostLimits = { connectMs: 10_000, totalMs: 15_000 };

/** An answer's body says nothing that is used; so much of it is read so that a server can end in peace. */
const READ_THROUGH_BYTES = 4 * 1024;

/**
 * One POST of a JSON text over a connection of its own. Follows no redirect. Never rejects: what
 * went wrong is the outcome. Null where `signal` aborts before an answer.
 */
export async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  {
    limits = POST_LIMITS,
    resolve,
    signal,
  }: { limits: PostLimits | undefined; resolve: Resolve; signal: AbortSignal | undefined },
): Promise<Posted | null> {
  let proxy: Proxy | null = null;
  let dispatcher: Dispatcher | null = null;
  try {
    proxy = proxyFor(url, process.env);
    dispatcher = await open(url, proxy, limits, resolve);
    return await exchange(dispatcher, { url, headers, body }, limits, signal);
  } catch (error) {
    if (signal?.aborted === true) return null;
    return { status: null, outcome: outcomeOf(error, proxy, limits), retryAfterMs: null };
  } finally {
    await dispatcher?.destroy();
  }
}

/** Through a proxy it is the proxy that resolves the host name; what is known of it here is checked before. */
async function open(
  url: URL,
  proxy: Proxy | null,
  limits: PostLimits,
  resolve: Resolve,
): Promise<Dispatcher> {
  const isSecure = [url.protocol, proxy?.url.protocol].includes('https:');
  const secureContext = isSecure ? knownAuthorities(process.env) : undefined;
  const connect = {
    timeout: limits.connectMs,
    ...(secureContext === undefined ? {} : { secureContext }),
    autoSelectFamily: true,
  };
  if (proxy !== null) {
    await checkBeforeProxy(url.hostname, resolve);
    const { proxyDispatcher } = await import('../pipeline/proxy-dispatcher');
    return proxyDispatcher(proxy.url.href, connect, { headersMs: limits.totalMs, keepAliveMs: 1 });
  }
  return new Pool(`${url.protocol}//${url.host}`, {
    connections: 1,
    pipelining: 1,
    connect: { ...connect, lookup: checkedLookup(resolve) },
  });
}

class TookTooLong extends Error {}

function exchange(
  dispatcher: Dispatcher,
  { url, headers, body }: { url: URL; headers: Readonly<Record<string, string>>; body: string },
  limits: PostLimits,
  signal: AbortSignal | undefined,
): Promise<Posted> {
  return new Promise((resolve, reject) => {
    let answer: Posted | null = null;
    let length = 0;
    /** The status alone decides: a body that never ends or breaks off changes nothing. */
    const end = (error: unknown) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      if (answer === null) reject(error);
      else resolve(answer);
    };
    const timer = setTimeout(() => end(new TookTooLong()), limits.totalMs);
    const onAbort = () => end(signal?.reason);
    if (signal?.aborted === true) return onAbort();
    signal?.addEventListener('abort', onAbort);
    dispatcher.dispatch(
      {
        method: 'POST',
        origin: `${url.protocol}//${url.host}`,
        path: url.pathname + url.search,
        headers: { 'user-agent': USER_AGENT, 'content-type': 'application/json', ...headers },
        body,
        headersTimeout: limits.totalMs,
        bodyTimeout: limits.totalMs,
      },
      {
        onRequestStart() {},
        onResponseStart(_controller, status, responseHeaders) {
          // Below 200 are early hints: the answer itself is still to come.
          if (status < 200) return;
          const retryAfter = [responseHeaders['retry-after']].flat()[0];
          answer = {
            status,
            outcome: `answered ${status}`,
            retryAfterMs: retryAfterMs(retryAfter, Date.now()),
          };
        },
        onResponseData(_controller, piece) {
          length += piece.length;
          if (length > READ_THROUGH_BYTES) end(null);
        },
        onResponseEnd() {
          end(null);
        },
        onResponseError(_controller, error) {
          end(error);
        },
      },
    );
  });
}

function outcomeOf(error: unknown, proxy: Proxy | null, limits: PostLimits): string {
  if (error instanceof NotPublic || error instanceof MeansTheProxy) return error.message;
  if (error instanceof TookTooLong) return `did not answer within ${limits.totalMs / 1000} s`;
  return transportProblem(error, proxy).reason;
}
