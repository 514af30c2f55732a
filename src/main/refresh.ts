import {
  isIncomplete,
  type GatherProgress,
  type GatherReport,
  type ProcessProgress,
  type ProcessReport,
  type Progress,
  type RefreshReport,
} from '../preload/contract/reports';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../preload/contract/errors';
import type { EraseReport } from '../preload/contract/erasure';
import { dataPaths } from './base/data-folder';
import type { GatherOptions, JobContext } from './pipeline/gather';
import { isErasing } from './privacy/erasing-plan';
import { evaluateSoon } from './updates/alerts/evaluate-folder';
import { JobThread } from './workers/job-thread';
import type { JobName } from './workers/jobs';
import type { ProcessOptions } from './workers/process-options';

/** What writes to a data folder, for every host: under the writer's lock, in worker threads. */

/** The first job's thread loads its code while the lock is taken. */
async function underLock<Name extends JobName, T>(
  data: string,
  command: string,
  first: Name,
  background: boolean,
  work: (thread: JobThread<Name>) => Promise<T>,
): Promise<T> {
  const thread = new JobThread(first, background);
  // Loaded here, while the thread loads, because it loads DuckDB too.
  const { acquireWriterLock } = await import('./base/writer-lock');
  const lock = await acquireWriterLock(dataPaths(data), command).catch(async (error: unknown) => {
    await thread.end();
    throw error;
  });
  try {
    // What was begun comes before whatever is written next.
    if (first !== 'erase' && (await isErasing(dataPaths(data)))) {
      await finishErasing(data).catch(async (error: unknown) => {
        await thread.end();
        throw error;
      });
    }
    return await work(thread);
  } finally {
    await lock.release();
    evaluateSoon(data);
  }
}

export function runGather(
  options: GatherOptions,
  context: JobContext<GatherProgress>,
): Promise<GatherReport> {
  return underLock(options.data, 'gather', 'gather', false, (thread) =>
    thread.run(options, context),
  );
}

export function runProcess(
  options: ProcessOptions,
  context: JobContext<ProcessProgress>,
): Promise<ProcessReport> {
  return underLock(options.data, 'process', 'process', false, (thread) =>
    thread.run(options, context),
  );
}

/** Gathers, then processes. With documents missing nothing is processed: see `failed`. */
export function runRefresh(
  gatherOptions: GatherOptions,
  processOptions: ProcessOptions,
  context: JobContext<Progress>,
  background = false,
): Promise<RefreshReport> {
  return underLock(gatherOptions.data, 'refresh', 'gather', background, async (thread) => {
    const gathered = await thread.run(gatherOptions, context);
    // A folder that has brought nothing yet is no failure.
    const hasNothing = gathered.folder !== undefined && gathered.listed === 0;
    const processed: ProcessReport =
      isIncomplete(gathered) || hasNothing
        ? notProcessed(processOptions)
        : await new JobThread('process', background).run(processOptions, context);
    return {
      ...gathered,
      ...processed,
      missing: gathered.missing,
      duration_ms: gathered.duration_ms + processed.duration_ms,
    };
  });
}

/** Erases somebody in every file of the data folder; one that was begun before is finished first. */
export async function runErase(data: string, asked: string): Promise<EraseReport> {
  const report = await underLock(data, 'erase', 'erase', false, (thread) =>
    thread.run({ data, asked }, UNTOLD),
  );
  if (report === null) throw new Error('an erasure without an end');
  return report;
}

/**
 * Finishes an erasure that a crash cut short: to be called before anything is shown. Resolves to what
 * stands in the way of its receipt, such as another process that writes for long and did the rest of it
 * first; null where nothing does.
 */
export async function completeErasing(data: string): Promise<AppError | null> {
  const until = Date.now() + ERASING_TAKES_MS;
  while (await isErasing(dataPaths(data))) {
    try {
      await underLock(data, 'erase', 'erase', false, (thread) =>
        thread.run({ data, asked: null }, UNTOLD),
      );
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'not-erased') return error;
      if (error.code !== 'locked') throw error;
      if (Date.now() > until) return error;
      await sleep(LOOK_AGAIN_MS);
    }
  }
  return null;
}

/** By the holder of the lock. What only its receipt lacks does not stop what comes next. */
async function finishErasing(data: string): Promise<void> {
  try {
    await new JobThread('erase', false).run({ data, asked: null }, UNTOLD);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'not-erased')) throw error;
  }
}

const UNTOLD = { report: () => {}, signal: new AbortController().signal };
const ERASING_TAKES_MS = 20_000;
const LOOK_AGAIN_MS = 100;

function notProcessed(options: ProcessOptions): ProcessReport {
  return {
    games: options.games === 'all' ? 'all' : [...options.games],
    unmatched_games: [],
    documents: 0,
    documents_read: 0,
    in_scope: 0,
    missing: [],
    version: null,
    inserted: 0,
    updated: 0,
    deleted: 0,
    published: false,
    notes: [],
    duration_ms: 0,
  };
}
