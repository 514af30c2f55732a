import { AppError } from '../../preload/contract/errors';
import { FolderHints } from './folder-hints';
import { nextRun } from './next-run';
import { runOnce, type RunOptions, TRY_LOCKED_AGAIN_MS } from './watch';

/** How often a folder is listed where nothing is told of it. */
export const LIST_EVERY_MS = 5_000;

export interface FolderWatchOptions extends Omit<RunOptions, 'ledger'> {
  /** How often the folder is listed. */
  everyMs: number;
  /** Ends after so many runs, however they end; null for never. */
  times: number | null;
  /** Whether there is anything to take up, and in which folders changes are to be heard of. */
  lookAt(): Promise<{ hasNews: boolean; folders: readonly string[] }>;
}

/** A failure is tried again after a minute, then ever later, up to this. */
const LONGEST_RETRY_MS = 3_600_000;

/** What each file came to is kept elsewhere; a run has no line of its own. */
const NO_LEDGER: RunOptions['ledger'] = { begin: async () => async () => {} };

/**
 * Takes up what comes to a folder until it has done so `times` times. The listing decides what there is to do,
 * events only when to list. Ends as `watch` does.
 */
export async function watchFolder(options: FolderWatchOptions): Promise<AppError | null> {
  const { everyMs, times, clock, signal } = options;
  const hints = new FolderHints();
  let failure: AppError | null = null;
  let failures = 0;
  let isTold = false;
  let hasWorked = false;
  try {
    for (let runs = 0; times === null || runs < times;) {
      signal.throwIfAborted();
      // Where it cannot be listed, the run says why.
      const { hasNews, folders } = await options.lookAt().catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        return { hasNews: true, folders: null };
      });
      if (folders !== null) hints.follow(folders);
      if (!hasNews) {
        if (!isTold) options.tell({ event: 'watching', everyMs });
        isTold = true;
        hasWorked = true;
        failures = 0;
        await hints.wait(everyMs, signal);
        continue;
      }
      isTold = false;
      try {
        const isHopeless = (error: AppError) => !hasWorked && options.isHopeless(error);
        failure = await runOnce({ ...options, isHopeless, ledger: NO_LEDGER }, 0);
        runs += 1;
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'locked') throw error;
        const next = clock.now() + TRY_LOCKED_AGAIN_MS / 5;
        options.tell({ event: 'held', next, by: error });
        await clock.sleep(TRY_LOCKED_AGAIN_MS / 5, signal);
        continue;
      }
      failures = failure === null ? 0 : failures + 1;
      if (failure === null) hasWorked = true;
      if (times !== null && runs >= times) break;
      if (failures > 0) {
        const { at } = nextRun(LONGEST_RETRY_MS, { ended: clock.now(), failures }, clock.now());
        options.tell({ event: 'waiting', next: at, failures });
        await clock.sleep(at - clock.now(), signal);
      } else {
        // Files that come one after the other make few versions.
        await hints.wait(Math.min(everyMs, REST_MS), signal);
      }
    }
  } finally {
    hints.close();
  }
  return failure;
}

const REST_MS = 500;
