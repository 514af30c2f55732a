import { Worker } from 'node:worker_threads';
import { AppError } from '../../preload/contract/errors';
import type { JobContext } from '../pipeline/gather';
import type { JobName, Jobs } from './jobs';
import { CANCEL, type WorkerInput, type WorkerMessage } from './worker-messages';
import workerPath from './job-worker?modulePath';
import landing from './landing-worker?modulePath';

/**
 * Runs a job in a worker thread of its own. Rejects with AppError; `signal` asks the job to end,
 * which then rejects as cancelled within a second.
 */
export function runJob<Name extends JobName>(
  job: Name,
  options: Jobs[Name]['options'],
  { report, signal }: JobContext<Jobs[Name]['progress']>,
): Promise<Jobs[Name]['result']> {
  return new Promise((resolve, reject) => {
    const input: WorkerInput<Name> = { job, options, programs: { landing } };
    const worker = new Worker(workerPath, { workerData: input });
    const cancel = () => worker.postMessage(CANCEL);
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    const settle = () => signal.removeEventListener('abort', cancel);

    worker.on('message', (message: WorkerMessage<Name>) => {
      if (message.kind === 'progress') return report(message.progress);
      settle();
      if (message.kind === 'done') return resolve(message.result);
      reject(
        new AppError(message.error.code, message.error.message, {
          ...(message.error.hint === undefined ? {} : { hint: message.error.hint }),
          cause: message.detail,
        }),
      );
    });
    worker.on('error', (cause) => {
      settle();
      reject(new AppError('internal', `The ${job} worker failed.`, { cause }));
    });
    worker.on('exit', (code) => {
      settle();
      reject(new AppError('internal', `The ${job} worker ended early (code ${code}).`));
    });
  });
}
