import { describe, expect, test } from 'vitest';
import {
  backoffMs,
  DEFAULT_RETRY_POLICY,
  isRetriedStatus,
  retryAfterMs,
} from '../../src/main/pipeline/retry-policy';

describe('back-off', () => {
  // 250 · 2^retry, at most 8 s.
  const CEILINGS = [250, 500, 1000, 2000, 4000, 8000, 8000, 8000];

  test('doubles its ceiling with each retry, up to the cap', () => {
    const almostOne = () => 1 - Number.EPSILON;
    for (const [retry, ceiling] of CEILINGS.entries()) {
      expect(backoffMs(DEFAULT_RETRY_POLICY, retry, almostOne)).toBeCloseTo(ceiling, 6);
    }
  });

  test('is spread over all of it: clients that failed together do not return together', () => {
    for (const [retry, ceiling] of CEILINGS.entries()) {
      expect(backoffMs(DEFAULT_RETRY_POLICY, retry, () => 0)).toBe(0);
      expect(backoffMs(DEFAULT_RETRY_POLICY, retry, () => 0.5)).toBe(ceiling / 2);
    }
  });

  test('comes at most five times, as the design has it', () => {
    expect(DEFAULT_RETRY_POLICY.retries).toBe(5);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');

  test.each([
    [undefined, null],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['0', 0],
    // The three forms of an HTTP-date, RFC 9110 §5.6.7.
    ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
    ['Wednesday, 21-Oct-26 07:28:30 GMT', 30_000],
    ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
    ['soon', null],
    ['', null],
  ])('%s is %s', (header, wait) => {
    expect(retryAfterMs(header, now)).toBe(wait);
  });
});

test('only statuses that may pass are asked for again', () => {
  const retried = Array.from({ length: 500 }, (_, index) => index + 100).filter(isRetriedStatus);
  expect(retried).toEqual([408, 425, 429, 500, 501, 502, 503, 504]);
});
