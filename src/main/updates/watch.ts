import { isIncomplete, type RefreshReport } from '../../preload/contract/reports';
import { AppError } from '../../preload/contract/errors';
import type { Clock } from './clock';
import { nextRun } from './next-run';
import type { RunEnd, RunLedger } from './run-ledger';

/** What a watch tells, in the order in which it happens. Times in milliseconds since 1970. */
export type WatchEvent =
  | { event: 'waiting'; next: number; failures: number }
  /** A folder has nothing new; it is listed every so often, and sooner where the system tells of a change. */
  | { event: 'watching'; everyMs: number }
  /** Another program writes to the folder: it is tried again soon. */
  | { event: 'held'; next: number; by: AppError }
  | { event: 'missed'; runs: number; since: number }
  | { event: 'started'; at: number }
  | { event: 'done'; report: RefreshReport }
  /** A person ended it; the next one comes when it is due. */
  | { event: 'skipped' }
  | { event: 'failed'; error: AppError };

export interface RunOptions {
  ledger: Pick<RunLedger, 'begin'>;
  clock: Clock;
  /** Rejects with AppError; `locked` is no failure, and `isHopeless` says what will not get better. */
  refresh(): Promise<RefreshReport>;
  isHopeless(error: AppError): boolean;
  tell(event: WatchEvent): void;
  signal: AbortSignal;
}

export interface WatchOptions extends RunOptions {
  everyMs: number;
  /** Ends after so many runs, however they end; null for never. */
  times: number | null;
  ledger: RunLedger;
}

/** Between two looks at the clock, which may have been set, and at the ledger, which another may write. */
const LOOK_EVERY_MS = 30_000;
export const TRY_LOCKED_AGAIN_MS = 10_000;

/**
 * Keeps refreshing until it has done so `times` times. Rejects as `refresh` does with what is hopeless,
 * and `cancelled` once `signal` aborts. Resolves to how the last run failed; null where it did not.
 */
export async function watch(options: WatchOptions): Promise<AppError | null> {
  const { everyMs, times, ledger, clock, signal } = options;
  let failure: AppError | null = null;
  let told: number | null = null;
  for (let runs = 0; times === null || runs < times;) {
    signal.throwIfAborted();
    const past = await ledger.past();
    const now = clock.now();
    const { at, missed } = nextRun(everyMs, past, now);
    if (at > now) {
      if (told !== at) options.tell({ event: 'waiting', next: at, failures: past.failures });
      told = at;
      await clock.sleep(Math.min(at - now, LOOK_EVERY_MS), signal);
      continue;
    }
    told = null;
    if (missed > 0 && past.ended !== null) {
      options.tell({ event: 'missed', runs: missed, since: past.ended });
    }
    try {
      failure = await runOnce(options, missed);
      runs += 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'locked') throw error;
      const wait = Math.min(everyMs, TRY_LOCKED_AGAIN_MS);
      options.tell({ event: 'held', next: clock.now() + wait, by: error });
      await clock.sleep(wait, signal);
    }
  }
  return failure;
}

/** One run and its lines in the ledger; resolves to how it failed. Rejects with what is no end of a run. */
export async function runOnce(options: RunOptions, missed: number): Promise<AppError | null> {
  const { ledger, clock, signal, tell } = options;
  const started = clock.now();
  const end = await ledger.begin(started, missed);
  const note = (how: RunEnd) => end(clock.now(), how);
  tell({ event: 'started', at: started });
  try {
    const report = await options.refresh();
    await note({
      outcome: isIncomplete(report)
        ? 'incomplete'
        : report.version === null
          ? 'unchanged'
          : 'published',
      version: report.version,
      error: isIncomplete(report) ? `${report.failed.length} documents did not arrive` : null,
    });
    tell({ event: 'done', report });
    return isIncomplete(report)
      ? new AppError('gather-incomplete', 'Documents did not arrive.')
      : null;
  } catch (error) {
    if (!signal.aborted && error instanceof AppError && error.code === 'cancelled') {
      await note({ outcome: 'skipped', version: null, error: null });
      tell({ event: 'skipped' });
      return null;
    }
    const isNoRun = signal.aborted || (error instanceof AppError && error.code === 'locked');
    const message = error instanceof Error ? error.message : String(error);
    await note({ outcome: isNoRun ? 'cancelled' : 'failed', version: null, error: message });
    if (isNoRun || !(error instanceof AppError) || options.isHopeless(error)) throw error;
    tell({ event: 'failed', error });
    return error;
  }
}
