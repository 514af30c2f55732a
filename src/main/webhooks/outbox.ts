import type { Delivery } from '../../preload/contract/deliveries';
import { AppError } from '../../preload/contract/errors';
import { type Clock, SYSTEM_CLOCK } from '../updates/clock';
import { type Resolve, SYSTEM_RESOLVE } from './checked-lookup';
import { endpointUrl, signingKeys } from './endpoint';
import { MOST_BODY_BYTES } from './fitted';
import { asDelivery, type Book, type Endpoint, type Message, NEW_ENDPOINT } from './message';
import { MessageFiles, sha256 } from './message-files';
import type { Posted, PostLimits } from './post';
import { LONGEST_WAIT, waitAfter } from './retry-schedule';
import { signedHeaders } from './signed-headers';

export interface WebhookChannel {
  kind: 'webhook';
  url: string;
  /** One secret, or two with a blank between them while receivers change from one to the other. */
  secret: string;
}

export interface NewMessage {
  /** The same for the same event, whoever queues it and how often. */
  id: string;
  channel: WebhookChannel;
  /** Smaller than 20 kB as JSON; see `fitted`. */
  body: object;
}

export interface OutboxOptions {
  clock?: Clock;
  limits?: PostLimits;
  resolve?: Resolve;
  /** Called after the delivery log has changed. */
  changed?: () => void;
  /** Uniform in [0, 1). */
  random?: () => number;
}

/** Standard Webhooks: no full stop, so that id, time and body cannot be taken for one another. */
const ID = /^[A-Za-z0-9_-]{1,100}$/;

const MOST_AT_ONCE = 4;
/** Longer than a try may take: after that its process is taken for dead. */
const LEASE_MS = 30_000;
/** However long a message waits, its endpoint is asked for another one after so long. */
const LONGEST_PAUSE_MS = 5 * 60_000;
/** What is dated further ahead was dated before the clock was set back. */
const CLOCK_LEEWAY_MS = 60_000;
const MOST_ATTEMPTS_KEPT = 50;
/** Of one URL: those of several rules, and earlier ones that messages still wait with. */
const MOST_SECRETS = 6;

interface Claim {
  name: string;
  message: Message;
  secrets: readonly string[];
}

/**
 * Messages to webhooks on disk, delivered at least once: a message counts as queued once it is
 * flushed, and each try is noted before and after. Several processes may use one folder; to one
 * endpoint one of them sends at a time.
 */
export class Outbox {
  private readonly files: MessageFiles;
  private readonly clock: Clock;
  private readonly limits: PostLimits | undefined;
  private readonly resolve: Resolve;
  private readonly changed: () => void;
  private readonly random: () => number;

  /** @param folder `dataPaths(data).deliveries` */
  constructor(folder: string, options: OutboxOptions = {}) {
    this.files = new MessageFiles(folder);
    this.clock = options.clock ?? SYSTEM_CLOCK;
    this.limits = options.limits;
    this.resolve = options.resolve ?? SYSTEM_RESOLVE;
    this.changed = options.changed ?? (() => {});
    this.random = options.random ?? Math.random;
  }

  /**
   * Resolves once the message is safe on disk. One whose id is known is left as it is. Throws `usage`
   * for an address or a secret that cannot be used.
   */
  async enqueue({ id, channel, body }: NewMessage): Promise<void> {
    if (!ID.test(id))
      throw new AppError('internal', 'A message’s id has letters, digits, _ and -.');
    const { href } = endpointUrl(channel.url);
    signingKeys(channel.secret);
    const text = JSON.stringify(body);
    if (Buffer.byteLength(text) >= MOST_BODY_BYTES) {
      throw new AppError('internal', 'A message to a webhook is smaller than 20 kB.');
    }
    const secrets = channel.secret.split(' ');
    const key = sha256(channel.secret).slice(0, 16);
    await this.files.locked(async () => {
      if ((await this.files.find(id)) !== null) return;
      const book = await this.files.readBook();
      await this.files.writeBook({
        order: book.order + 1,
        endpoints: { ...book.endpoints, [href]: withSecrets(endpointOf(book, href), key, secrets) },
      });
      const now = iso(this.clock.now());
      await this.files.add(book.order, {
        id,
        url: href,
        secret: key,
        body: text,
        queued: now,
        state: 'waiting',
        tries: 0,
        next: now,
        attempts: [],
      });
    });
    this.changed();
  }

  /**
   * Tries each message that is due once, at most a few at a time and to one endpoint one after the
   * other; resolves when all of them have been. Once `signal` aborts none is begun and those under way
   * are broken off, which counts as no try. Rejects where the folder cannot be used, never for an endpoint.
   */
  async deliverDue(signal?: AbortSignal): Promise<void> {
    const tried = new Set<string>();
    const urls = await this.urlsWaiting();
    const next = async (): Promise<void> => {
      for (let url = urls.shift(); url !== undefined; url = urls.shift()) {
        if (signal?.aborted === true) return;
        const claim = await this.claim(url, tried);
        if (claim === null) continue;
        tried.add(claim.message.id);
        this.changed();
        await this.settle(claim, await this.send(claim, signal));
        this.changed();
        // Behind the others: an endpoint with many messages does not keep them waiting.
        urls.push(url);
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: MOST_AT_ONCE }, next));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Milliseconds since 1970 when a message is due; null while none waits. May lie in the past. */
  async nextDue(): Promise<number | null> {
    const now = this.clock.now();
    const book = await this.files.readBook();
    let earliest: number | null = null;
    for (const name of await this.files.namesWaiting()) {
      const message = await this.files.readWaiting(name);
      if (message === null) continue;
      const endpoint = endpointOf(book, message.url);
      if (endpoint.off !== null) continue;
      const mayAsk = Math.max(heldUntil(endpoint.busy, now), heldUntil(endpoint.resume, now));
      const at = Math.max(mayAsk, isDue(message, now) ? now : time(message.next));
      earliest = Math.min(earliest ?? at, at);
    }
    return earliest;
  }

  /** The delivery log, the latest first. */
  async list(): Promise<Delivery[]> {
    const book = await this.files.readBook();
    return (await this.files.all()).map((message) =>
      asDelivery(message, endpointOf(book, message.url)),
    );
  }

  /** Sends a message once more from the beginning, under its id. Throws `usage` where that cannot be. */
  async replay(id: string): Promise<void> {
    await this.files.locked(async () => {
      const { name, message } = await this.known(id);
      if (endpointOf(await this.files.readBook(), message.url).off !== null) {
        throw new AppError('usage', 'The endpoint of this delivery is off.', {
          hint: 'It answered that it wants no more messages; switch it on again first.',
        });
      }
      await this.files.putBack(name, this.fromTheBeginning(message));
      await this.files.changeEndpoint(message.url, { resume: null });
    });
    this.changed();
  }

  /** Switches on the endpoint that a delivery goes to; what was kept for it is sent. */
  async switchOn(id: string): Promise<void> {
    await this.files.locked(async () => {
      const { url } = (await this.known(id)).message;
      for (const name of await this.files.namesWaiting(url)) {
        const message = await this.files.readWaiting(name);
        if (message !== null) await this.files.writeWaiting(name, this.fromTheBeginning(message));
      }
      await this.files.changeEndpoint(url, { off: null, resume: null });
    });
    this.changed();
  }

  private async known(id: string): Promise<{ name: string; message: Message }> {
    const found = await this.files.find(id);
    if (found !== null) return found;
    throw new AppError('usage', 'There is no delivery of that id.', {
      hint: 'The delivery log names those that are kept.',
    });
  }

  private fromTheBeginning(message: Message): Message {
    return { ...message, state: 'waiting', tries: 0, next: iso(this.clock.now()) };
  }

  private async urlsWaiting(): Promise<string[]> {
    const urls = new Set<string>();
    for (const name of await this.files.namesWaiting()) {
      const message = await this.files.readWaiting(name);
      if (message !== null) urls.add(message.url);
    }
    return [...urls];
  }

  /** Notes that the first due message to a URL is being sent; null where none is, or none may be. */
  private claim(url: string, tried: ReadonlySet<string>): Promise<Claim | null> {
    return this.files.locked(async () => {
      const now = this.clock.now();
      const endpoint = endpointOf(await this.files.readBook(), url);
      const isHeld = isAhead(endpoint.busy, now) || isAhead(endpoint.resume, now);
      if (endpoint.off !== null || isHeld) return null;
      for (const name of await this.files.namesWaiting(url)) {
        const message = await this.files.readWaiting(name);
        if (message === null || tried.has(message.id) || !isDue(message, now)) continue;
        const tries = message.tries + 1;
        // Where this process is killed, it is tried again then.
        const again = Math.max(waitAfter(tries, null, this.random) ?? LONGEST_PAUSE_MS, LEASE_MS);
        const begun: Message = {
          ...message,
          tries,
          next: iso(now + again),
          attempts: [
            ...message.attempts.map(asEnded).slice(1 - MOST_ATTEMPTS_KEPT),
            { at: iso(now), status: null, outcome: null },
          ],
        };
        await this.files.writeWaiting(name, begun);
        await this.files.changeEndpoint(url, { busy: iso(now + LEASE_MS) });
        return { name, message: begun, secrets: secretsFor(endpoint, message.secret) };
      }
      return null;
    });
  }

  /** Null where `signal` broke it off. */
  private async send(
    { message, secrets }: Claim,
    signal: AbortSignal | undefined,
  ): Promise<Posted | null> {
    const keys = secrets.flatMap((secret) => signingKeys(secret));
    if (keys.length === 0) {
      return { status: null, outcome: 'was not asked: its secret is lost', retryAfterMs: null };
    }
    const headers = signedHeaders(message.id, message.body, keys, this.clock.now());
    // Loaded once something is sent: undici takes its time, and most starts send nothing.
    const { post } = await import('./post');
    const { limits, resolve } = this;
    return post(new URL(message.url), headers, message.body, { limits, resolve, signal });
  }

  private settle({ name, message }: Claim, posted: Posted | null): Promise<void> {
    return this.files.locked(async () => {
      const now = this.clock.now();
      if (posted === null) {
        const { tries } = message;
        const attempts = message.attempts.map(asEnded);
        await this.files.writeWaiting(name, {
          ...message,
          attempts,
          tries: tries - 1,
          next: iso(now),
        });
        return this.files.changeEndpoint(message.url, { busy: null });
      }
      const { status, outcome } = posted;
      const attempts = message.attempts.map((attempt, index) =>
        index === message.attempts.length - 1 ? { ...attempt, status, outcome } : attempt,
      );
      const { url } = message;
      if (status !== null && status >= 200 && status < 300) {
        await this.files.finish(name, { ...message, attempts, state: 'delivered', next: null });
        const book = await this.files.readBook();
        if (endpointOf(book, url).resume !== null) await this.makeDue(url, now);
        return this.files.changeEndpoint(url, { busy: null, resume: null });
      }
      if (status === 410) {
        await this.files.writeWaiting(name, { ...message, attempts });
        return this.files.changeEndpoint(url, { busy: null, off: iso(now) });
      }
      const wait = waitAfter(message.tries, posted.retryAfterMs, this.random);
      if (wait === null) {
        await this.files.finish(name, { ...message, attempts, state: 'failed', next: null });
      } else {
        await this.files.writeWaiting(name, { ...message, attempts, next: iso(now + wait) });
      }
      const pause = Math.max(
        Math.min(wait ?? LONGEST_PAUSE_MS, LONGEST_PAUSE_MS),
        Math.min(posted.retryAfterMs ?? 0, LONGEST_WAIT),
      );
      await this.files.changeEndpoint(url, {
        busy: null,
        ...(isInTrouble(posted) ? { resume: iso(now + pause) } : {}),
      });
    });
  }

  /** What waits for an endpoint that answers again does not wait any longer. */
  private async makeDue(url: string, now: number): Promise<void> {
    for (const name of await this.files.namesWaiting(url)) {
      const message = await this.files.readWaiting(name);
      if (message !== null) await this.files.writeWaiting(name, { ...message, next: iso(now) });
    }
  }
}

/** Whether it was the endpoint as a whole that did not take it, rather than this message. */
function isInTrouble({ status, retryAfterMs }: Posted): boolean {
  return status === null || status === 429 || status >= 500 || retryAfterMs !== null;
}

function isDue({ next, attempts }: Message, now: number): boolean {
  const last = attempts.at(-1);
  const isSetBack = last !== undefined && time(last.at) - now > CLOCK_LEEWAY_MS;
  return isSetBack || next === null || !isAhead(next, now);
}

/** False as well where it lies so far ahead that the clock was set back since. */
function isAhead(until: string | null, now: number): boolean {
  const left = time(until) - now;
  return left > 0 && left <= LONGEST_WAIT * 1.2;
}

function heldUntil(until: string | null, now: number): number {
  return isAhead(until, now) ? time(until) : now;
}

function asEnded(attempt: Message['attempts'][number]): Message['attempts'][number] {
  return { ...attempt, outcome: attempt.outcome ?? 'ended with the program' };
}

function endpointOf(book: Book, url: string): Endpoint {
  return book.endpoints[url] ?? NEW_ENDPOINT;
}

function withSecrets(endpoint: Endpoint, key: string, secrets: string[]): Endpoint {
  const others = endpoint.secrets.filter((each) => each.key !== key);
  return { ...endpoint, secrets: [...others, { key, secrets }].slice(-MOST_SECRETS) };
}

/**
 * Those that a message was queued with, and the latest ones of its URL: a receiver may have changed
 * to those while it waited.
 */
function secretsFor({ secrets }: Endpoint, key: string): string[] {
  const own = secrets.find((each) => each.key === key);
  return [...new Set([...(own?.secrets ?? []), ...(secrets.at(-1)?.secrets ?? [])])];
}

function time(text: string | null): number {
  return text === null ? 0 : Date.parse(text);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
