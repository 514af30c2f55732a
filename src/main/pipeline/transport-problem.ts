import errors from 'undici/lib/core/errors.js';
import { FetchProblem } from './fetch-problem';
import { type Proxy, ProxyFault, proxyName } from './proxy';

/** What went wrong below HTTP, in words. With a proxy, the connection is to the proxy. */
export function transportProblem(error: unknown, proxy: Proxy | null): FetchProblem {
  if (proxy === null) return problemOf(error, SOURCE_URL);
  if (error instanceof ProxyFault) return throughProxy(error.cause, proxy);
  const refusal = proxyRefusal(error, proxy);
  if (refusal !== null) return refusal;
  return reachProblem(error) === null ? problemOf(error, SOURCE_URL) : throughProxy(error, proxy);
}

const SOURCE_URL = 'the source URL';

function throughProxy(error: unknown, proxy: Proxy): FetchProblem {
  const { reason, kind, options } = problemOf(error, proxy.variable);
  return new FetchProblem(`was not asked: ${proxyName(proxy)} ${reason}`, kind, {
    ...options,
    unreachable: kind !== 'permanent',
    hint: options.hint ?? proxyHint(proxy),
  });
}

/** @param url what names the server that was connected to, to a person */
function problemOf(error: unknown, url: string): FetchProblem {
  const code = codeOf(error);
  const cause = error;
  const notReached = reachProblem(error);
  if (notReached !== null) {
    return new FetchProblem(notReached.reason, notReached.kind, { cause, unreachable: true });
  }
  if (error instanceof errors.HeadersTimeoutError) {
    return new FetchProblem('sent no answer in time', 'timeout', { cause, unreachable: true });
  }
  if (error instanceof errors.BodyTimeoutError) {
    return new FetchProblem('stopped sending in the middle', 'timeout', { cause });
  }
  if (error instanceof errors.ResponseContentLengthMismatchError) {
    return new FetchProblem('sent another length than it declared', 'transient', { cause });
  }
  if (error instanceof errors.HTTPParserError) {
    return new FetchProblem('broke the HTTP protocol', 'transient', { cause });
  }
  const tls = tlsProblem(error, url);
  if (tls !== null) return tls;
  if (
    error instanceof errors.SocketError ||
    ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_ABORTED', 'ETIMEDOUT'].includes(code) ||
    (error instanceof TypeError && error.message === 'terminated')
  ) {
    return new FetchProblem('closed the connection too early', 'transient', { cause });
  }
  // The message may be anything, also OpenSSL's own, so only the code is shown.
  return new FetchProblem(
    `failed in an unusual way${code === '' ? '' : ` (${code})`}`,
    'transient',
    {
      cause,
    },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const REFUSED = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'];

/** Why there was no connection; null where there was one. */
function reachProblem(error: unknown): { reason: string; kind: 'transient' | 'timeout' } | null {
  const code = codeOf(error);
  if (error instanceof errors.ConnectTimeoutError) {
    return { reason: 'could not be reached in time', kind: 'timeout' };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return { reason: 'has a host name that was not found', kind: 'transient' };
  }
  if (error instanceof AggregateError) {
    // A host of several addresses, none of which answered.
    const refused = error.errors.every((each) => REFUSED.includes(codeOf(each)));
    const reason = refused ? 'refused the connection' : 'could not be reached';
    return {
      reason: `${reason} at any of its ${error.errors.length} addresses`,
      kind: 'transient',
    };
  }
  if (REFUSED.includes(code)) return { reason: 'refused the connection', kind: 'transient' };
  const connecting = error instanceof Error && 'syscall' in error && error.syscall === 'connect';
  return connecting ? { reason: 'could not be reached', kind: 'transient' } : null;
}

function proxyHint({ variable }: Proxy): string {
  return `Check ${variable}, or name the source’s host in NO_PROXY to ask it directly.`;
}

/** undici reports a refused CONNECT and a proxy's own 407 only in its error's text. */
function proxyRefusal(error: unknown, proxy: Proxy): FetchProblem | null {
  const text = error instanceof Error ? error.message : '';
  const status = /^Proxy response \((\d+)\)|^Proxy Authentication Required \((407)\)/.exec(text);
  if (status === null) return null;
  return proxyStatusProblem(Number(status[1] ?? status[2]), proxy, error);
}

export function proxyStatusProblem(status: number, proxy: Proxy, cause?: unknown): FetchProblem {
  const wants = status === 407 ? 'wants a login' : 'does not pass the request on';
  return new FetchProblem(
    `was not asked: ${proxyName(proxy)} ${wants} (it answered ${status})`,
    status >= 500 ? 'transient' : 'permanent',
    {
      cause,
      hint:
        status === 407
          ? `Put the login into ${proxy.variable}: http://USER:PASSWORD@HOST:PORT.`
          : proxyHint(proxy),
    },
  );
}

interface TlsWords {
  reason: string;
  /** What to do, as one sentence; `url` names what names the server. */
  hint(url: string): string;
}

const CLOCK = () =>
  'Check this machine’s date and time; if they are right, its operator has to renew it.';
const UNKNOWN_AUTHORITY: TlsWords = {
  reason: 'has a certificate of an authority that this machine does not know',
  hint: () => 'If you trust it, name the authority’s certificate file in NODE_EXTRA_CA_CERTS.',
};
const SELF_SIGNED: TlsWords = {
  reason: 'has a certificate that it signed itself',
  hint: () => 'If you trust it, name its certificate file in NODE_EXTRA_CA_CERTS.',
};
const NOT_TLS: TlsWords = {
  reason: 'does not speak TLS there',
  hint: (url) => `Check the port in ${url}, or begin it with http:// in place of https://.`,
};

const TLS_WORDS: ReadonlyMap<string, TlsWords> = new Map([
  ['CERT_HAS_EXPIRED', { reason: 'has a certificate that has expired', hint: CLOCK }],
  ['CERT_NOT_YET_VALID', { reason: 'has a certificate that is not valid yet', hint: CLOCK }],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', SELF_SIGNED],
  ['SELF_SIGNED_CERT_IN_CHAIN', UNKNOWN_AUTHORITY],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', UNKNOWN_AUTHORITY],
  ['UNABLE_TO_GET_ISSUER_CERT', UNKNOWN_AUTHORITY],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', UNKNOWN_AUTHORITY],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    {
      reason: 'has a certificate for another host name',
      hint: (url: string) => `Check the host name in ${url}.`,
    },
  ],
  ['ERR_SSL_WRONG_VERSION_NUMBER', NOT_TLS],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', NOT_TLS],
  ['ERR_SSL_HTTP_REQUEST', NOT_TLS],
]);

/** Null where it is not a fault of TLS. Permanent: asking again shows the same certificate. */
function tlsProblem(error: unknown, url: string): FetchProblem | null {
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : '';
  const words =
    TLS_WORDS.get(code) ??
    (/wrong version number|packet length too long|http request/i.test(text)
      ? NOT_TLS
      : undefined) ??
    (/^(?!ERR_SSL).*CERT/.test(code) ? badCertificate(code) : undefined) ??
    (/^ERR_(?:SSL|TLS)|^EPROTO$/.test(code) || /:SSL routines:/.test(text)
      ? noAgreement(code)
      : undefined);
  if (words === undefined) return null;
  return new FetchProblem(words.reason, 'permanent', { cause: error, hint: words.hint(url) });
}

function badCertificate(code: string): TlsWords {
  return { reason: `has no valid certificate (${code})`, hint: (url) => `Check ${url}.` };
}

function noAgreement(code: string): TlsWords {
  return {
    reason: `and this app could not agree on a secure connection (${code || 'TLS'})`,
    hint: (url) => `It may want an older TLS or a client certificate; check ${url}.`,
  };
}
