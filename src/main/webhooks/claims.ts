import type { Clock } from '../updates/clock';
import { endpointOf, secretsFor } from './endpoint-book';
import type { Message } from './message';
import type { MessageFiles } from './message-files';
import { isAhead, isDue, iso } from './message-times';
import type { Posted } from './post';
import { LONGEST_WAIT, waitAfter } from './retry-schedule';

/** Longer than a try may take: after that its process is taken for dead. */
const LEASE_MS = 30_000;
/** However long a message waits, its endpoint is asked for another one after so long. */
const LONGEST_PAUSE_MS = 5 * 60_000;
const MOST_ATTEMPTS_KEPT = 50;

/** A message that one process is sending. */
export interface Claim {
  name: string;
  message: Message;
  secrets: readonly string[];
}

/** Which message is tried when and by whom, and what becomes of it after a try: each one short step. */
export class Claims {
  constructor(
    private readonly files: MessageFiles,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly random: () => number,
  ) {}

  /** Notes that the first due message to a URL is being sent; null where none is, or none may be. */
  claim(url: string, tried: ReadonlySet<string>): Promise<Claim | null> {
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

  /** Notes what came of a try; null where it was broken off. */
  settle({ name, message }: Claim, posted: Posted | null): Promise<void> {
    return this.files.locked(async () => {
      const now = this.clock.now();
      if (posted === null) {
        const { tries } = message;
        const attempts = message.attempts.map(asEnded);
        await this.keep(name, { ...message, attempts, tries: tries - 1, next: iso(now) });
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
        await this.keep(name, { ...message, attempts });
        return this.files.changeEndpoint(url, { busy: null, off: iso(now) });
      }
      const wait = waitAfter(message.tries, posted.retryAfterMs, this.random);
      if (wait === null) {
        await this.keep(name, { ...message, attempts, state: 'failed', next: null });
      } else {
        await this.keep(name, { ...message, attempts, next: iso(now + wait) });
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

  /** As it is after a try without success; what was ended during the try stays so. */
  private async keep(name: string, message: Message): Promise<void> {
    const known = (await this.files.find(message.id))?.message;
    if (known?.state === 'ended') {
      const { state, next } = known;
      const ended = known.ended === undefined ? {} : { ended: known.ended };
      return this.files.finish(name, { ...message, state, next, ...ended });
    }
    if (message.state === 'waiting') return this.files.writeWaiting(name, message);
    return this.files.finish(name, message);
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

function asEnded(attempt: Message['attempts'][number]): Message['attempts'][number] {
  return { ...attempt, outcome: attempt.outcome ?? 'ended with the program' };
}
