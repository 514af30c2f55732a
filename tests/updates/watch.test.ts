import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import type { RefreshReport } from '../../src/preload/contract/reports';
import type { Clock } from '../../src/main/updates/clock';
import { RunLedger } from '../../src/main/updates/run-ledger';
import { watch, type WatchEvent, type WatchOptions } from '../../src/main/updates/watch';
import { temporaryFolder } from '../helpers/temporary-folder';
import { TestClock } from './test-clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2026-10-24T12:00:00Z');

const REPORT = { failed: [], missing: [], version: null } as unknown as RefreshReport;

async function watched(
  options: Partial<WatchOptions> & { clock: Clock; times: number },
): Promise<{ events: WatchEvent[]; starts: number[]; path: string; failure: AppError | null }> {
  const path = join(await temporaryFolder(), 'runs.ndjson');
  const events: WatchEvent[] = [];
  const failure = await watch({
    everyMs: DAY,
    ledger: new RunLedger(path),
    refresh: async () => REPORT,
    isHopeless: () => false,
    tell: (event) => void events.push(event),
    signal: new AbortController().signal,
    ...options,
  });
  const starts = events.flatMap((told) => (told.event === 'started' ? [told.at] : []));
  return { events, starts, path, failure };
}

const days = (starts: readonly number[]) => starts.map((at) => (at - START) / DAY);

test('daily over a change to winter time: every 24 hours, each told before it comes', async () => {
  const { events, starts } = await watched({ clock: new TestClock(START), times: 4 });
  expect(days(starts)).toEqual([0, 1, 2, 3]);
  const waits = events.flatMap((told) => (told.event === 'waiting' ? [told.next] : []));
  expect(days(waits)).toEqual([1, 2, 3]);
});

test('asleep for three days: one run makes up for three', async () => {
  // The tenth wait is five minutes after the first run.
  const clock = new TestClock(START).jump(10, 3 * DAY);
  const { events, starts } = await watched({ clock, times: 3 });
  expect(starts).toHaveLength(3);
  expect(events.filter(({ event }) => event === 'missed')).toEqual([
    { event: 'missed', runs: 3, since: START },
  ]);
  expect((starts[2] ?? 0) - (starts[1] ?? 0)).toBe(DAY);
});

test.each([
  ['back', -DAY],
  ['forward', DAY],
])('a clock set %s by a day: neither a storm nor a stall', async (_, by) => {
  const clock = new TestClock(START).jump(100, by);
  const { starts } = await watched({ clock, times: 4 });
  // One run as the jump is seen, and then one per day of the clock.
  const [, second = 0, third = 0, fourth = 0] = starts;
  expect(Math.abs(second - (START + by + 100 * 30_000))).toBeLessThan(MINUTE);
  expect([third - second, fourth - third]).toEqual([DAY, DAY]);
});

test('a period beyond 2^31 milliseconds is waited for in pieces', async () => {
  // Set forward early in the first wait: each look at the clock reads the ledger, every 30 seconds.
  const clock = new TestClock(START).jump(10, 39 * DAY);
  const { starts } = await watched({ clock, times: 2, everyMs: 40 * DAY });
  expect(days(starts)).toEqual([0, 40]);
  expect(clock.longest).toBeLessThanOrEqual(30_000);
});

test('a program that starts again goes on with the same schedule', async () => {
  const clock = new TestClock(START);
  const { path } = await watched({ clock, times: 1 });
  const starts: number[] = [];
  const again = new TestClock(START + HOUR);
  await watch({
    everyMs: DAY,
    times: 1,
    ledger: new RunLedger(path),
    clock: again,
    refresh: async () => {
      starts.push(again.now());
      return REPORT;
    },
    isHopeless: () => false,
    tell: () => {},
    signal: new AbortController().signal,
  });
  expect(days(starts)).toEqual([1]);
});

test('failures are told and tried again ever later; a good run ends that', async () => {
  let runs = 0;
  const refresh = async () => {
    runs += 1;
    if (runs <= 3) throw new AppError('source-unreachable', 'The source does not answer.');
    return REPORT;
  };
  const { events, starts, failure } = await watched({
    clock: new TestClock(START),
    times: 5,
    refresh,
  });
  expect(starts.map((at) => (at - START) / MINUTE)).toEqual([0, 1, 3, 7, 7 + 24 * 60]);
  expect(events.filter(({ event }) => event === 'failed')).toHaveLength(3);
  const waits = events.flatMap((told) => (told.event === 'waiting' ? [told.failures] : []));
  expect(waits).toEqual([1, 2, 3, 0]);
  expect(failure).toBeNull();
});

test('a folder that another program writes to is tried again soon, and is no failure', async () => {
  let tries = 0;
  const refresh = async () => {
    tries += 1;
    if (tries <= 2) throw new AppError('locked', 'Another refresh runs.');
    return REPORT;
  };
  const { events, path } = await watched({ clock: new TestClock(START), times: 1, refresh });
  expect(events.map(({ event }) => event)).toEqual([
    'started',
    'held',
    'started',
    'held',
    'started',
    'done',
  ]);
  expect(await new RunLedger(path).past()).toEqual({ ended: START + 20_000, failures: 0 });
});

test('what will not get better ends the watch', async () => {
  const wrong = new AppError('bad-source', 'This is no URL.');
  const watching = watched({
    clock: new TestClock(START),
    times: 3,
    refresh: async () => {
      throw wrong;
    },
    isHopeless: () => true,
  });
  await expect(watching).rejects.toBe(wrong);
});

test('runs that were killed, a torn line and lines of another version stop nothing', async () => {
  const path = join(await temporaryFolder(), 'runs.ndjson');
  const ledger = new RunLedger(path);
  for (const at of [START, START + MINUTE]) await ledger.begin(at, 0);
  // Killed twice: the third try waits two minutes.
  expect(await ledger.past()).toEqual({ ended: START + MINUTE, failures: 2 });
  await appendFile(path, '{"of":"another version"}\n{"run":"torn","star');
  const end = await ledger.begin(START + HOUR, 0);
  await end(START + HOUR + 5, { outcome: 'published', version: 4, error: null });
  expect(await ledger.past()).toEqual({ ended: START + HOUR + 5, failures: 0 });
  expect((await readFile(path, 'utf8')).split('\n').at(-2)).toContain('"version":4');
});

test('the ledger does not grow without end, and what it says stays', async () => {
  const path = join(await temporaryFolder(), 'runs.ndjson');
  const lines = Array.from({ length: 2_500 }, (_, at) =>
    JSON.stringify({ run: `old ${at}`, started: new Date(START + at).toISOString(), missed: 0 }),
  );
  await appendFile(path, `${lines.join('\n')}\n`);
  const ledger = new RunLedger(path);
  const end = await ledger.begin(START + DAY, 0);
  await end(START + DAY, { outcome: 'unchanged', version: null, error: null });
  expect(await ledger.past()).toEqual({ ended: START + DAY, failures: 0 });
  expect((await readFile(path, 'utf8')).split('\n').length).toBeLessThan(1_010);
});
