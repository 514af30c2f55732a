import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Decides whether a request is from the app's own page. Everything on the machine and every page
 * in the browser can reach the port, so three things have to be right: the host name (else a
 * foreign name could be pointed at 127.0.0.1: DNS rebinding), the origin, and the secret.
 */
export class RequestGuard {
  private readonly hosts: ReadonlySet<string>;
  readonly cookieName: string;

  constructor(
    port: number,
    private readonly token: string,
    private readonly session: string,
  ) {
    // Browsers resolve localhost themselves, so no name server can turn it elsewhere.
    this.hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
    // Cookies do not keep ports apart: two instances must not overwrite each other's.
    this.cookieName = `pokedex-${port}`;
  }

  /** Null where the request is addressed to this server by a page of its own or by a person. */
  addressProblem({ headers }: IncomingMessage): string | null {
    const { host, origin } = headers;
    if (host === undefined || !this.hosts.has(host)) return 'This is not the host asked for.';
    if (origin !== undefined && origin !== `http://${host}`) return 'Another page may not ask.';
    return null;
  }

  /** True where the browser says that another site's page caused the request. */
  isForeign({ headers }: IncomingMessage): boolean {
    const site = headers['sec-fetch-site'];
    return site !== undefined && site !== 'same-origin' && site !== 'none';
  }

  isToken(given: string): boolean {
    return sameText(given, this.token);
  }

  hasSession({ headers }: IncomingMessage): boolean {
    return cookies(headers.cookie).some(
      ([name, value]) => name === this.cookieName && sameText(value, this.session),
    );
  }

  /** What the browser is to keep: no script reads it, no other site's request carries it. */
  sessionCookie(): string {
    return `${this.cookieName}=${this.session}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

function cookies(header = ''): [name: string, value: string][] {
  return header.split(';').map((pair) => {
    const [name = '', ...value] = pair.trim().split('=');
    return [name, value.join('=')];
  });
}

/** Takes as long for a near miss as for a far one. */
function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
