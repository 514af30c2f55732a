import { Worker } from 'node:worker_threads';
import { AppError, cancelled } from '../../preload/contract/errors';
import type { JobContext } from '../pipeline/gather';
import type { JobName, Jobs } from './jobs';
import type { WorkerCommand, WorkerInput, WorkerMessage } from './worker-messages';
import program from './job-worker?modulePath';

/** A worker thread for one job. It loads the job's code at once, and runs it when told to. */
export class JobThread<Name extends JobName> {
  private readonly worker: Worker;
  private ready = false;
  /** Settles with the thread's first message, or its end. */
  private readonly loaded: Promise<void>;
  private ended: AppError | null = null;
  private onEnd: (error: AppError) => void = () => {};

  /** @param background whether the threads that answer a person go first */
  constructor(job: Name, background: boolean) {
    const input: WorkerInput = { job, background };
    this.worker = new Worker(program, { workerData: input });
    this.loaded = new Promise((resolve) => {
      this.worker.once('message', () => {
        // Its first message, which is its ending where its code could not be loaded.
        this.ready = true;
        resolve();
      });
      this.worker.once('exit', () => resolve());
    });
    // From the start, because the thread may fail before it is told to run.
    this.worker.on('error', (cause) => {
      this.fail(new AppError('internal', `The ${job} worker failed.`, { cause }));
    });
    this.worker.on('exit', (code) => {
      this.fail(new AppError('internal', `The ${job} worker ended early (code ${code}).`));
    });
  }

  /**
   * Runs the job, once. Rejects with AppError; `signal` asks the job to end, which then rejects
   * as cancelled within a second.
   */
  run(
    options: Jobs[Name]['options'],
    { report, signal }: JobContext<Jobs[Name]['progress']>,
  ): Promise<Jobs[Name]['result']> {
    const { worker } = this;
    const tell = (command: WorkerCommand<Name>) => worker.postMessage(command);
    return new Promise((resolve, reject) => {
      if (this.ended !== null) return reject(this.ended);
      let began = false;
      const cancel = () => {
        if (began) return tell({ kind: 'cancel' });
        // Still loading its code, which can take a second: nothing has been begun.
        settle();
        reject(cancelled());
        void this.end();
      };
      const settle = () => signal.removeEventListener('abort', cancel);
      const begin = () => {
        if (signal.aborted) return;
        began = true;
        tell({ kind: 'start', options });
      };
      if (signal.aborted) return cancel();
      signal.addEventListener('abort', cancel);

      worker.on('message', (message: WorkerMessage<Name>) => {
        if (message.kind === 'progress') return report(message.progress);
        if (message.kind === 'ready') return begin();
        settle();
        if (message.kind === 'done') return resolve(message.result);
        reject(
          new AppError(message.error.code, message.error.message, {
            ...(message.error.hint === undefined ? {} : { hint: message.error.hint }),
            cause: message.detail,
          }),
        );
      });
      this.onEnd = (error) => {
        settle();
        reject(error);
      };
      if (this.ready) begin();
    });
  }

  /**
   * Ends the thread where its job will not be run, or has ended. Not before it has loaded:
   * terminated while it loads DuckDB's binding, it takes the whole process with it.
   */
  async end(): Promise<void> {
    await this.loaded;
    await this.worker.terminate();
  }

  private fail(error: AppError): void {
    this.ended ??= error;
    this.onEnd(this.ended);
  }
}
