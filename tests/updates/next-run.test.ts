import { expect, test } from 'vitest';
import { nextRun } from '../../src/main/updates/next-run';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ENDED = Date.parse('2026-11-25T09:00:00Z');

const good = (ended: number | null) => ({ ended, failures: 0 });

test('the first run is due at once', () => {
  expect(nextRun(DAY, good(null), ENDED)).toEqual({ at: ENDED, missed: 0 });
});

test.each([
  ['right after a run', ENDED, 0],
  ['a minute before its time', ENDED + DAY - MINUTE, 0],
  ['at its time', ENDED + DAY, 0],
  ['some seconds late', ENDED + DAY + 40_000, 0],
  ['an hour late, the computer slept', ENDED + DAY + HOUR, 1],
  ['asleep for three days', ENDED + 3 * DAY + HOUR, 3],
])('a daily run, %s', (_, now, missed) => {
  expect(nextRun(DAY, good(ENDED), now)).toEqual({ at: ENDED + DAY, missed });
});

test('a clock that was set back by a day: one run now, and then a period again', () => {
  const now = ENDED - DAY;
  expect(nextRun(DAY, good(ENDED), now)).toEqual({ at: now, missed: 0 });
  expect(nextRun(DAY, good(now), now + 1000).at).toBe(now + DAY);
});

test('a clock that is corrected by a second makes no run', () => {
  expect(nextRun(DAY, good(ENDED), ENDED - 1000)).toEqual({ at: ENDED - 1000 + DAY, missed: 0 });
});

test('failures are tried again after 1, 2, 4 … minutes, and never later than a period', () => {
  const waits = [1, 2, 3, 4, 10, 60].map(
    (failures) => (nextRun(HOUR, { ended: ENDED, failures }, ENDED).at - ENDED) / MINUTE,
  );
  expect(waits).toEqual([1, 2, 4, 8, 60, 60]);
});

test('a period beyond 2^31 milliseconds', () => {
  expect(nextRun(60 * DAY, good(ENDED), ENDED + DAY).at).toBe(ENDED + 60 * DAY);
});
