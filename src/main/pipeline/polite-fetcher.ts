import { setTimeout as sleep } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { counted } from '../../preload/contract/counts';
import { FetchProblem } from './fetch-problem';
import type { HttpAnswer, HttpClient, Validators } from './http-client';
import { refusalReason } from './refusal-words';
import { backoffMs, type RetryPolicy } from './retry-policy';
import type { SourceHooks, SourceRefusal } from './source';
import { SourceTrust } from './source-trust';

/** After this many answers in a row that ask for too long a pause, nothing more is asked. */
const UNWELCOME_AFTER = 3;
/** How often a document that arrived before is asked for again, to learn whether it still does. */
const PROOF_TRIES = 3;

/**
 * Asks one origin politely: retries with back-off, holds every request back while the source
 * asks for a pause, and stops asking a source that is gone, refuses everything or wants to be left
 * alone.
 */
export class PoliteFetcher {
  private pausedUntil = 0;
  private unwelcomeInARow = 0;
  private refused: SourceRefusal | null = null;
  private readonly trust = new SourceTrust();
  /** The URL of a document that arrived in this run. */
  private proof: URL | null = null;
  private last: FetchProblem | null = null;
  private judging: Promise<void> | null = null;
  private readonly limit: LimitFunction;

  /** @param concurrency requests in flight at most; waiting out a back-off takes no place */
  constructor(
    private readonly client: HttpClient,
    private readonly policy: RetryPolicy,
    concurrency: number,
    private readonly hooks: SourceHooks,
    private readonly signal: AbortSignal,
    private readonly random: () => number = Math.random,
  ) {
    this.limit = pLimit(concurrency);
    signal.addEventListener('abort', () => this.trust.wake());
  }

  /** Why nothing more is asked; null while there is no reason. */
  get refusal(): SourceRefusal | null {
    return this.refused;
  }

  /** A document that arrived in this run: with it a source shows that it does not refuse all. */
  hasServed(url: URL): void {
    this.proof = url;
  }

  /**
   * GETs `url` until an answer passes `check` or retries are used up.
   *
   * @param check throws FetchProblem for a body that is not what was asked for
   */
  get<T>(
    url: URL,
    validators: Validators | null,
    check: (answer: HttpAnswer) => Promise<T> | T,
  ): Promise<T> {
    return this.untilGood(
      () => this.limit(() => this.ask(url, validators)),
      async (answer) => released(answer, check),
    );
  }

  /** The same for one of many documents: not asked for once the source refuses everything. */
  async document<T>(
    url: URL,
    validators: Validators | null,
    check: (answer: HttpAnswer) => Promise<T> | T,
  ): Promise<T> {
    try {
      const result = await this.untilGood(
        () => this.askInTurn(url, validators),
        (answer) => this.checked(answer, check),
      );
      this.proof = url;
      return result;
    } finally {
      this.trust.left(url.href);
    }
  }

  private async untilGood<T>(
    ask: () => Promise<HttpAnswer>,
    check: (answer: HttpAnswer) => Promise<T>,
  ): Promise<T> {
    let timeouts = 0;
    let before: FetchProblem | null = null;
    for (let retry = 0; ; retry += 1) {
      try {
        return await check(await ask());
      } catch (error) {
        if (!(error instanceof FetchProblem)) throw error;
        // Given up while it waited for its turn: its own answer says more.
        if (isNotAsked(error) && before !== null) throw afterRetries(before, retry - 1);
        if (error.kind === 'timeout') timeouts += 1;
        if (
          error.kind === 'permanent' ||
          retry >= this.policy.retries ||
          timeouts > this.policy.timeoutRetries
        ) {
          throw afterRetries(error, retry);
        }
        before = error;
        this.hooks.onRetry();
        await sleep(backoffMs(this.policy, retry, this.random), undefined, {
          signal: this.signal,
        });
      }
    }
  }

  private async checked<T>(
    answer: HttpAnswer,
    check: (answer: HttpAnswer) => Promise<T> | T,
  ): Promise<T> {
    const arrived = this.trust.moment;
    try {
      const result = await released(answer, check);
      this.trust.answered(arrived);
      return result;
    } catch (error) {
      if (error instanceof FetchProblem) {
        // A sound answer that is not the document is the document's fault alone.
        if (error.kind === 'permanent') this.trust.answered(arrived);
        else this.note(error);
      }
      throw error;
    }
  }

  private async askInTurn(url: URL, validators: Validators | null): Promise<HttpAnswer> {
    for (;;) {
      this.signal.throwIfAborted();
      if (this.refused === null && !this.trust.mayAsk(url.href)) {
        await (this.trust.seemsToRefuse ? this.judgeOnce() : this.trust.changed());
        continue;
      }
      const answer = await this.limit(() =>
        // The source may have come under doubt while this waited for its place.
        this.refused !== null || this.trust.mayAsk(url.href)
          ? this.ask(url, validators, true)
          : null,
      );
      if (answer !== null) return answer;
    }
  }

  private async ask(
    url: URL,
    validators: Validators | null,
    isDocument = false,
  ): Promise<HttpAnswer> {
    if (this.pausedUntil > 0) await this.waitForPause();
    if (this.refused !== null) throw notAsked(this.refused);
    try {
      const answer = await this.client.get(url, validators);
      this.unwelcomeInARow = 0;
      return answer;
    } catch (error) {
      if (error instanceof FetchProblem) {
        if (isDocument) this.note(error);
        // Here, before the next in the queue may ask.
        this.hold(error);
      }
      throw error;
    }
  }

  private note(problem: FetchProblem): void {
    this.last = problem;
    this.trust.failed();
  }

  private judgeOnce(): Promise<void> {
    return (this.judging ??= this.judge().finally(() => {
      this.judging = null;
    }));
  }

  /** After many failures in a row the source refuses everything, unless it still has what it had. */
  private async judge(): Promise<void> {
    const requests = this.trust.failuresInARow;
    if (this.proof !== null && (await this.stillServes(this.proof))) return;
    if (this.last !== null) this.refused ??= { problem: this.last, requests };
    this.trust.wake();
  }

  private async stillServes(url: URL): Promise<boolean> {
    for (let retry = 0; retry < PROOF_TRIES; retry += 1) {
      try {
        const answer = await this.limit(() => this.ask(url, null));
        if (answer.kind === 'body') answer.release();
        this.trust.answered(this.trust.moment);
        return true;
      } catch (error) {
        if (!(error instanceof FetchProblem)) throw error;
        if (error.kind === 'permanent') return false;
        await sleep(backoffMs(this.policy, retry, this.random), undefined, {
          signal: this.signal,
        });
      }
    }
    return false;
  }

  /** A Retry-After holds for the whole origin: it limits the client, not the document. */
  private hold(problem: FetchProblem): void {
    const wait = problem.options.retryAfterMs;
    if (wait === undefined || problem.kind === 'permanent') return;
    if (wait > this.policy.longestRetryAfterMs) {
      this.unwelcomeInARow += 1;
      const tooLong = new FetchProblem(
        `${problem.reason} and asks for a pause of ${humanWait(wait)}, too long to wait`,
        'permanent',
        { ...problem.options, cause: problem },
      );
      if (this.unwelcomeInARow >= UNWELCOME_AFTER) {
        this.refused ??= {
          problem: tooLong,
          requests: this.unwelcomeInARow,
          pause: humanWait(wait),
        };
        this.trust.wake();
      }
      throw tooLong;
    }
    this.pausedUntil = Math.max(this.pausedUntil, performance.now() + wait);
  }

  private async waitForPause(): Promise<void> {
    for (;;) {
      // performance.now(): a clock set back must not stretch the pause.
      const rest = this.pausedUntil - performance.now();
      if (rest <= 0) return;
      this.hooks.onPause(Date.now() + rest);
      await sleep(rest, undefined, { signal: this.signal });
      this.hooks.onPause(null);
    }
  }
}

async function released<T>(
  answer: HttpAnswer,
  check: (answer: HttpAnswer) => Promise<T> | T,
): Promise<T> {
  try {
    return await check(answer);
  } finally {
    if (answer.kind === 'body') answer.release();
  }
}

const NOT_ASKED = 'was not asked for:';

function notAsked(refusal: SourceRefusal): FetchProblem {
  return new FetchProblem(`${NOT_ASKED} the source ${refusalReason(refusal)}`, 'permanent');
}

function isNotAsked({ reason }: FetchProblem): boolean {
  return reason.startsWith(NOT_ASKED);
}

function afterRetries(problem: FetchProblem, retries: number): FetchProblem {
  if (retries === 0 || isNotAsked(problem)) return problem;
  const tried = counted(retries, 'retry', 'retries');
  return new FetchProblem(`${problem.reason} (after ${tried})`, 'permanent', {
    ...problem.options,
    cause: problem,
  });
}

/** Limits the pause to what a source could mean: it may write any number. */
function humanWait(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  if (hours < 72) return `${hours} hours`;
  const days = Math.round(hours / 24);
  return days <= 366 ? `${days} days` : 'more than a year';
}
