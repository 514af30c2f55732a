import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Long enough for a browser that has to start first, and for a person who copies a link. */
export const LINK_LASTS_MS = 120_000;

export interface Link {
  token: string;
  /** Resolves once the link is good for nothing: used, replaced by another one, or too old. */
  over: Promise<void>;
}

interface Open {
  token: string;
  end(): void;
  expiry: NodeJS.Timeout;
}

/**
 * The secrets of one running host. A link's token is good once and soon; it is exchanged for a
 * cookie and a key, both of which a call has to carry.
 */
export class Session {
  readonly cookie = secret();
  readonly key = secret();
  private open: Open | null = null;

  /** A new link; the one before it is over. */
  link(): Link {
    this.endLink();
    const token = secret();
    let end = () => {};
    const over = new Promise<void>((resolve) => (end = resolve));
    const expiry = setTimeout(() => this.endLink(), LINK_LASTS_MS);
    expiry.unref();
    this.open = { token, end, expiry };
    return { token, over };
  }

  /** True once for the token of the link that is open. */
  enter(token: string): boolean {
    if (this.open === null || !sameText(token, this.open.token)) return false;
    this.endLink();
    return true;
  }

  endLink(): void {
    if (this.open === null) return;
    clearTimeout(this.open.expiry);
    this.open.end();
    this.open = null;
  }
}

function secret(): string {
  return randomBytes(16).toString('hex');
}

/** Takes as long for a near miss as for a far one. */
export function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
