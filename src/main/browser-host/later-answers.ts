import type { SentAnswer } from '../../preload/contract/sent-answer';
import type { CallName } from '../../preload/contract/calls';

type Answer = SentAnswer<CallName>;

/** A call that takes longer gives its connection back. */
const AT_ONCE_MS = 300;
/** How long an answer waits for its page, which asks for it as soon as it hears of it. */
const KEPT_MS = 60_000;
/** More than any person's tabs ask at once; a call beyond it keeps its connection. */
const MOST_KEPT = 500;

interface Later {
  /** Null while the call is still worked on. */
  answer: Answer | null;
  abort: AbortController;
}

/**
 * Answers of calls that take long. A browser opens six connections to a host, so six queries would
 * leave none for anything else: after a moment such a call's connection is given back, its page is
 * told over the event stream when there is an answer, and asks for it by the id it gave the call.
 */
export class LaterAnswers {
  private readonly kept = new Map<string, Later>();

  /** `tell` is called with the ids of calls that are answered now. */
  constructor(private readonly tell: (id: string) => void) {}

  /** The call's answer where it comes soon; null where it is kept, to be asked for. */
  async soon(id: string, abort: AbortController, work: Promise<Answer>): Promise<Answer | null> {
    if (this.kept.has(id) || this.kept.size >= MOST_KEPT) return work;
    const first = await Promise.race([work, moment(AT_ONCE_MS, abort.signal)]);
    // Who left before hearing that it would be later will not ask.
    if (first !== null || abort.signal.aborted) return work;
    const later: Later = { answer: null, abort };
    this.kept.set(id, later);
    void work.then((answer) => {
      if (this.kept.get(id) !== later) return;
      later.answer = answer;
      setTimeout(() => this.taken(id, answer), KEPT_MS).unref();
      this.tell(id);
    });
    return null;
  }

  /** `unknown` where there is no such call, `pending` while it is worked on. */
  find(id: string): Answer | 'pending' | 'unknown' {
    const later = this.kept.get(id);
    if (later === undefined) return 'unknown';
    return later.answer ?? 'pending';
  }

  /** The answer has arrived, or waited for too long. */
  taken(id: string, answer: Answer): void {
    if (this.kept.get(id)?.answer === answer) this.kept.delete(id);
  }

  /** Nobody waits for this one any more. */
  forget(id: string): void {
    this.kept.get(id)?.abort.abort();
    this.kept.delete(id);
  }

  forgetAll(): void {
    for (const id of this.kept.keys()) this.forget(id);
  }
}

/** Resolves with null after `ms`, or once `end` aborts. */
function moment(ms: number, end: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    end.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(null);
    });
  });
}
