import type { ErrorShape } from '../../preload/contract/errors';
import type { JobName, Jobs } from './jobs';

/** What a worker thread is started with: enough to load its job, not yet to run it. */
export interface WorkerInput {
  job: JobName;
  background: boolean;
}

/** From the worker: ready once its job is loaded, then progress any number of times, then one ending. */
export type WorkerMessage<Name extends JobName = JobName> =
  | { kind: 'ready' }
  | { kind: 'progress'; progress: Jobs[Name]['progress'] }
  | { kind: 'done'; result: Jobs[Name]['result'] }
  | { kind: 'failed'; error: ErrorShape; detail: string };

/** To the worker: one start, once it is ready, and at any time the request to end. */
export type WorkerCommand<Name extends JobName = JobName> =
  { kind: 'start'; options: Jobs[Name]['options'] } | { kind: 'cancel' };
