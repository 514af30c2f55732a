import type { IncomingMessage } from 'node:http';
import { KEY_HEADER } from '../../preload/contract/host-session';
import { sameText, type Session } from './session';

/**
 * Decides whether a request is from the app's own page. Everything on the machine and every page
 * in the browser can reach the port, so these have to be right: the host name (else a foreign
 * name could be pointed at 127.0.0.1: DNS rebinding), the origin, the cookie, and for whatever
 * asks the app the key too.
 */
export class RequestGuard {
  private readonly hosts: ReadonlySet<string>;
  readonly cookieName: string;

  constructor(
    port: number,
    private readonly session: Session,
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

  hasCookie({ headers }: IncomingMessage): boolean {
    return cookies(headers.cookie).some(
      ([name, value]) => name === this.cookieName && sameText(value, this.session.cookie),
    );
  }

  /** A page of another port, or its server, may have the cookie; this it cannot have. */
  hasKey({ headers }: IncomingMessage): boolean {
    const given = headers[KEY_HEADER];
    return typeof given === 'string' && sameText(given, this.session.key);
  }

  /** True where a person opened an address: the answer is read, not asked for by a script. */
  isVisit({ headers }: IncomingMessage): boolean {
    return headers['sec-fetch-mode'] === 'navigate' || /text\/html/.test(headers.accept ?? '');
  }

  /** What the browser is to keep: no script reads it, no other site's request carries it. */
  sessionCookie(): string {
    return `${this.cookieName}=${this.session.cookie}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

function cookies(header = ''): [name: string, value: string][] {
  return header.split(';').map((pair) => {
    const [name = '', ...value] = pair.trim().split('=');
    return [name, value.join('=')];
  });
}
