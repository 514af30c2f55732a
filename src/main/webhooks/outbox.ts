import type { Delivery } from '../../preload/contract/deliveries';
import { AppError } from '../../preload/contract/errors';
import { type Clock, SYSTEM_CLOCK } from '../updates/clock';
import { type Resolve, SYSTEM_RESOLVE } from './checked-lookup';
import { endpointUrl, signingKeys } from './endpoint';
import { MOST_BODY_BYTES } from './fitted';
import { type Claim, Claims } from './claims';
import { endpointOf, withSecrets } from './endpoint-book';
import { asDelivery, type Message } from './message';
import { MessageFiles, sha256 } from './message-files';
import type { Posted, PostLimits } from './post';
import { heldUntil, isDue, iso, time } from './message-times';
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
  /** What it is queued for, so that its messages can be ended with it: an alert's id. */
  rule?: string;
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
  private readonly claims: Claims;

  /** @param folder `dataPaths(data).deliveries` */
  constructor(folder: string, options: OutboxOptions = {}) {
    this.files = new MessageFiles(folder);
    this.clock = options.clock ?? SYSTEM_CLOCK;
    this.limits = options.limits;
    this.resolve = options.resolve ?? SYSTEM_RESOLVE;
    this.changed = options.changed ?? (() => {});
    this.claims = new Claims(this.files, this.clock, options.random ?? Math.random);
  }

  /**
   * Resolves once the message is safe on disk. One whose id is known is left as it is. Throws `usage`
   * for an address or a secret that cannot be used.
   */
  async enqueue({ id, channel, body, rule }: NewMessage): Promise<void> {
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
        ...(rule === undefined ? {} : { rule }),
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
        const claim = await this.claims.claim(url, tried);
        if (claim === null) continue;
        tried.add(claim.message.id);
        this.changed();
        await this.claims.settle(claim, await this.send(claim, signal));
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

  /** How many messages wait, by what they were queued for. */
  async waitingByRule(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const name of await this.files.namesWaiting()) {
      const rule = (await this.files.readWaiting(name))?.rule;
      if (rule !== undefined) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
    return counts;
  }

  /**
   * Ends what waits of a rule; a try that is under way is not broken off. Resolves to the ids.
   * @param reason a clause for the delivery log: `its alert was removed`
   */
  async endOf(rule: string, reason: string): Promise<string[]> {
    const ended: string[] = [];
    await this.files.locked(async () => {
      for (const name of await this.files.namesWaiting()) {
        const message = await this.files.readWaiting(name);
        if (message?.rule !== rule) continue;
        await this.files.finish(name, { ...message, state: 'ended', ended: reason, next: null });
        ended.push(message.id);
      }
    });
    if (ended.length > 0) this.changed();
    return ended;
  }

  /** Takes back that these were ended; one that was delivered or sent again since stays as it is. */
  async revive(ids: readonly string[]): Promise<void> {
    await this.files.locked(async () => {
      for (const id of ids) {
        const found = await this.files.find(id);
        if (found?.message.state !== 'ended') continue;
        await this.files.putBack(found.name, this.fromTheBeginning(found.message));
      }
    });
    if (ids.length > 0) this.changed();
  }

  private async known(id: string): Promise<{ name: string; message: Message }> {
    const found = await this.files.find(id);
    if (found !== null) return found;
    throw new AppError('usage', 'There is no delivery of that id.', {
      hint: 'The delivery log names those that are kept.',
    });
  }

  private fromTheBeginning(message: Message): Message {
    const again: Message = { ...message, state: 'waiting', tries: 0, next: iso(this.clock.now()) };
    delete again.ended;
    return again;
  }

  private async urlsWaiting(): Promise<string[]> {
    const urls = new Set<string>();
    for (const name of await this.files.namesWaiting()) {
      const message = await this.files.readWaiting(name);
      if (message !== null) urls.add(message.url);
    }
    return [...urls];
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
}
