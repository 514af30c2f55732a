import { setTimeout as sleep } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { FetchProblem } from './fetch-problem';
import type { HttpAnswer, HttpClient, Validators } from './http-client';
import { backoffMs, type RetryPolicy } from './retry-policy';
import type { SourceHooks } from './source';

/** Some 10 documents a second: a drag lasts seconds, and a refresh has time. */
const APART_IN_USE_MS = 100;
/** After so many documents in a row to which nothing came back, the source counts as gone. */
const GONE_AFTER = 8;
/** After so many answers in a row that ask for a pause too long to wait, nothing more is asked. */
const UNWELCOME_AFTER = 3;

/**
 * Asks one origin politely: retries with back-off, holds every request back while the source
 * asks for a pause, and stops asking a source that is gone or wants to be left alone. Polite to
 * whoever works with the app meanwhile, too.
 */
export class PoliteFetcher {
  private pausedUntil = 0;
  private nextTurn = 0;
  private unreachableInARow = 0;
  private unwelcomeInARow = 0;
  private gaveUp: string | null = null;
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
  }

  /**
   * GETs `url` until an answer passes `check` or retries are used up.
   *
   * @param check throws FetchProblem for a body that is not what was asked for
   */
  async get<T>(
    url: URL,
    validators: Validators | null,
    check: (answer: HttpAnswer) => Promise<T> | T,
  ): Promise<T> {
    let timeouts = 0;
    for (let retry = 0; ; retry += 1) {
      try {
        const answer = await this.limit(() => this.ask(url, validators));
        const result = await check(answer);
        this.unreachableInARow = 0;
        this.unwelcomeInARow = 0;
        return result;
      } catch (error) {
        if (!(error instanceof FetchProblem)) throw error;
        if (error.kind === 'timeout') timeouts += 1;
        if (
          error.kind === 'permanent' ||
          retry >= this.policy.retries ||
          timeouts > this.policy.timeoutRetries
        ) {
          throw this.final(error, retry);
        }
        this.hooks.onRetry();
        await sleep(backoffMs(this.policy, retry, this.random), undefined, {
          signal: this.signal,
        });
      }
    }
  }

  private async ask(url: URL, validators: Validators | null): Promise<HttpAnswer> {
    // Not one wait more than there has to be: it is felt, with thousands of documents.
    if (this.hooks.isInUse()) await this.makeWay();
    if (this.pausedUntil > 0) await this.waitForPause();
    if (this.gaveUp !== null) throw new FetchProblem(this.gaveUp, 'permanent');
    try {
      return await this.client.get(url, validators);
    } catch (error) {
      // Here, before the next in the queue may ask.
      if (error instanceof FetchProblem) this.hold(error);
      throw error;
    }
  }

  /** A Retry-After holds for the whole origin: it limits the client, not the document. */
  private hold(problem: FetchProblem): void {
    const wait = problem.options.retryAfterMs;
    if (wait === undefined || problem.kind === 'permanent') return;
    if (wait > this.policy.longestRetryAfterMs) {
      this.unwelcomeInARow += 1;
      if (this.unwelcomeInARow >= UNWELCOME_AFTER) {
        this.gaveUp = `was not asked for: the source wants to be left alone for ${humanWait(wait)}`;
      }
      throw new FetchProblem(
        `${problem.reason} and asks for a pause of ${humanWait(wait)}, too long to wait`,
        'permanent',
        { cause: problem },
      );
    }
    this.pausedUntil = Math.max(this.pausedUntil, performance.now() + wait);
  }

  private final(problem: FetchProblem, retries: number): FetchProblem {
    if (problem.options.unreachable) {
      this.unreachableInARow += 1;
      if (this.unreachableInARow >= GONE_AFTER) {
        this.gaveUp = 'was not asked for: the source stopped answering';
      }
    }
    if (retries === 0 || problem.reason === this.gaveUp) return problem;
    const tried = retries === 1 ? '1 retry' : `${retries} retries`;
    return new FetchProblem(`${problem.reason} (after ${tried})`, 'permanent', {
      ...problem.options,
      cause: problem,
    });
  }

  /** Requests are a while apart while somebody works with the app: each takes processor time. */
  private async makeWay(): Promise<void> {
    const now = performance.now();
    const turn = Math.max(now, this.nextTurn);
    this.nextTurn = turn + APART_IN_USE_MS;
    if (turn > now) await sleep(turn - now, undefined, { signal: this.signal });
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

function humanWait(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
