import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ScheduledRefresh } from '../../src/main/app/scheduled-refresh';
import type { ScheduleState } from '../../src/preload/contract/calls';
import { AppError } from '../../src/preload/contract/errors';
import type { RefreshReport } from '../../src/preload/contract/reports';
import { temporaryFolder } from '../helpers/temporary-folder';
import { TestClock } from './test-clock';

const START = Date.parse('2026-11-25T09:00:00Z');
const REPORT = { failed: [], missing: [], version: null } as unknown as RefreshReport;

/** Stops itself after so many refreshes; resolves to what was told. */
async function scheduled(
  runs: string,
  refresh: (run: number) => Promise<RefreshReport>,
  most: number,
): Promise<{ states: ScheduleState[]; failures: unknown[] }> {
  const states: ScheduleState[] = [];
  const failures: unknown[] = [];
  let run = 0;
  await new Promise<void>((end) => {
    const schedule = new ScheduledRefresh(
      runs,
      async () => {
        run += 1;
        if (run === most) {
          schedule.set('off');
          end();
        }
        return refresh(run);
      },
      {
        changed: (state) => void states.push(state),
        failed: (error) => void failures.push(error),
      },
      new TestClock(START),
    );
    schedule.set('daily');
  });
  return { states, failures };
}

test('a ledger that cannot be written is told, and the schedule goes on once it can', async () => {
  const runs = join(await temporaryFolder(), 'runs.ndjson');
  await mkdir(runs);
  const freed = new Promise<void>((resolve) => {
    setTimeout(() => void rm(runs, { recursive: true }).then(resolve), 100);
  });
  const { states, failures } = await scheduled(runs, async () => REPORT, 1);
  await freed;
  expect(failures.length).toBeGreaterThan(0);
  const waiting = states.find(({ error }) => error !== null);
  expect(waiting?.error?.message).toMatch(/data folder/i);
  expect(Date.parse(waiting?.next ?? '') - START).toBeLessThanOrEqual(60_000);
});

test('why a refresh failed is told until one does not', async () => {
  const runs = join(await temporaryFolder(), 'runs.ndjson');
  const { states } = await scheduled(
    runs,
    async (run) => {
      if (run === 1) throw new AppError('source-unreachable', 'It does not answer.');
      return REPORT;
    },
    3,
  );
  const told = states.filter(({ next }) => next !== null);
  expect(told.map(({ failures, error }) => [failures, error?.message ?? null])).toEqual([
    [1, 'It does not answer.'],
    [0, null],
  ]);
});
