/** When to try again, and when to stop. Pure. */

export interface RetryPolicy {
  /** Retries after the first try. */
  retries: number;
  /** Retries where the source was silent until a timeout: each try costs that long already. */
  timeoutRetries: number;
  /** First back-off ceiling; doubles with each retry. */
  baseMs: number;
  capMs: number;
  /** A longer Retry-After is not waited for: the document is given up instead. */
  longestRetryAfterMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  retries: 5,
  timeoutRetries: 2,
  baseMs: 250,
  capMs: 8_000,
  longestRetryAfterMs: 120_000,
};

/**
 * Exponential back-off with full jitter: uniform in [0, min(cap, base · 2^retry)).
 * Source: Marc Brooker, “Exponential Backoff And Jitter”, AWS Architecture Blog, 2015.
 *
 * @param retry 0 for the first retry
 * @param random uniform in [0, 1)
 */
export function backoffMs(policy: RetryPolicy, retry: number, random: () => number): number {
  return random() * Math.min(policy.capMs, policy.baseMs * 2 ** retry);
}

/**
 * The wait a Retry-After header asks for, in milliseconds; null where there is none or it
 * cannot be read. Seconds or an HTTP-date (RFC 9110 §10.2.3); a date in the past is 0.
 */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

const RETRIED_STATUSES = new Set([408, 425, 429, 500, 501, 502, 503, 504]);

export function isRetriedStatus(status: number): boolean {
  return RETRIED_STATUSES.has(status);
}
