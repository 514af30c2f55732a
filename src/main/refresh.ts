import type {
  GatherProgress,
  GatherReport,
  ProcessProgress,
  ProcessReport,
  Progress,
  RefreshReport,
} from '../preload/contract/reports';
import { dataPaths } from './base/data-folder';
import { acquireWriterLock } from './base/writer-lock';
import type { GatherOptions, JobContext } from './pipeline/gather';
import type { ProcessOptions } from './workers/jobs';
import { runJob } from './workers/run-job';

/** What writes to a data folder, for every host: under the writer's lock, in worker threads. */

async function underLock<T>(data: string, command: string, work: () => Promise<T>): Promise<T> {
  const lock = await acquireWriterLock(dataPaths(data), command);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

export function runGather(
  options: GatherOptions,
  context: JobContext<GatherProgress>,
): Promise<GatherReport> {
  return underLock(options.data, 'gather', () => runJob('gather', options, context));
}

export function runProcess(
  options: ProcessOptions,
  context: JobContext<ProcessProgress>,
): Promise<ProcessReport> {
  return underLock(options.data, 'process', () => runJob('process', options, context));
}

/** Gathers, then processes. With documents missing nothing is processed: see `failed`. */
export function runRefresh(
  gatherOptions: GatherOptions,
  processOptions: ProcessOptions,
  context: JobContext<Progress>,
): Promise<RefreshReport> {
  return underLock(gatherOptions.data, 'refresh', async () => {
    const gathered = await runJob('gather', gatherOptions, context);
    const processed: ProcessReport =
      gathered.failed.length > 0
        ? notProcessed(processOptions)
        : await runJob('process', processOptions, context);
    return {
      ...gathered,
      ...processed,
      duration_ms: gathered.duration_ms + processed.duration_ms,
    };
  });
}

function notProcessed(options: ProcessOptions): ProcessReport {
  return {
    games: options.games === 'all' ? 'all' : [...options.games],
    documents: 0,
    documents_read: 0,
    in_scope: 0,
    version: null,
    inserted: 0,
    updated: 0,
    deleted: 0,
    published: false,
    duration_ms: 0,
  };
}
