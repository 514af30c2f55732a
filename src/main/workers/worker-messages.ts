import type { ErrorShape } from '../../preload/contract/errors';
import type { JobName, Jobs } from './jobs';

/** What a worker thread is started with: enough to load its job, not yet to run it. */
export interface WorkerInput {
  job: JobName;
  programs: WorkerPrograms;
  /** What ForegroundUse shares. */
  background: Background;
}

/** Null for work as fast as it goes; where somebody works with the app meanwhile, their use of it. */
export type Background = SharedArrayBuffer | null;

/** Built entries of the threads a job may start; only the main bundle knows where they are. */
export interface WorkerPrograms {
  landing: string;
}

/** From the worker: ready once its job is loaded, then progress any number of times, then one ending. */
export type WorkerMessage<Name extends JobName = JobName> =
  | { kind: 'ready' }
  | { kind: 'progress'; progress: Jobs[Name]['progress'] }
  | { kind: 'done'; result: Jobs[Name]['result'] }
  | { kind: 'failed'; error: ErrorShape; detail: string };

/** To the worker: once it is ready its one start, and at any time the wish that it ends. */
export type WorkerCommand<Name extends JobName = JobName> =
  { kind: 'start'; options: Jobs[Name]['options'] } | { kind: 'cancel' };
