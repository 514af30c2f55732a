import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../preload/contract/errors';
import { JOBS, type JobName, type Jobs } from './jobs';
import {
  CANCEL,
  type WorkerInput,
  type WorkerMessage,
  type WorkerPrograms,
} from './worker-messages';

/** The worker thread's entry: runs the one job it was started for, then ends. */
async function main(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('job-worker runs in a worker thread only');
  const abort = new AbortController();
  port.on('message', (message: unknown) => {
    if (message === CANCEL) abort.abort();
  });
  const send = (message: WorkerMessage) => port.postMessage(message);
  const { job, options, programs } = workerData as WorkerInput;
  try {
    const run = JOBS[job] as (
      options: Jobs[JobName]['options'],
      context: { report(progress: Jobs[JobName]['progress']): void; signal: AbortSignal },
      programs: WorkerPrograms,
    ) => Promise<Jobs[JobName]['result']>;
    const context = {
      report: (progress: Jobs[JobName]['progress']) => send({ kind: 'progress', progress }),
      signal: abort.signal,
    };
    const result = await run(options, context, programs);
    send({ kind: 'done', result });
  } catch (error) {
    const shown =
      error instanceof AppError
        ? error
        : new AppError('internal', 'Something in the app itself failed.', {
            hint: 'Run it again with POKEDEX_DEBUG=1 to see the details; what was published is intact.',
            cause: error,
          });
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    send({ kind: 'failed', error: shown.toShape(), detail });
  } finally {
    port.close();
  }
}

await main();
