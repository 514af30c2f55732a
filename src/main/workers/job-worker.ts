import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../preload/contract/errors';
import { hostError } from '../base/host-error';
import { JOB_LOADERS, type JobName, type JobRunner, type Jobs } from './jobs';
import { stepBack } from './step-back';
import type { WorkerCommand, WorkerInput, WorkerMessage } from './worker-messages';

/** The worker thread's entry: loads its job, waits for the start, runs it once, then ends. */
async function main(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('job-worker runs in a worker thread only');
  const abort = new AbortController();
  const started = new Promise<Jobs[JobName]['options']>((resolve) => {
    port.on('message', (command: WorkerCommand) => {
      if (command.kind === 'start') resolve(command.options);
      else abort.abort();
    });
  });
  const send = (message: WorkerMessage) => port.postMessage(message);
  const { job, background } = workerData as WorkerInput;
  try {
    if (background) stepBack();
    const run = (await JOB_LOADERS[job](background)) as JobRunner<JobName>;
    send({ kind: 'ready' });
    const result = await run(await started, {
      report: (progress) => send({ kind: 'progress', progress }),
      signal: abort.signal,
    });
    send({ kind: 'done', result });
  } catch (error) {
    const shown =
      hostError(error, 'The data folder') ??
      new AppError('internal', 'Something in the app itself failed.', {
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
