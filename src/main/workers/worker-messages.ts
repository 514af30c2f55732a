import type { ErrorShape } from '../../preload/contract/errors';
import type { JobName, Jobs } from './jobs';

export interface WorkerInput<Name extends JobName = JobName> {
  job: Name;
  options: Jobs[Name]['options'];
  programs: WorkerPrograms;
}

/** Built entries of the threads a job may start; only the main bundle knows where they are. */
export interface WorkerPrograms {
  landing: string;
}

/** From the worker: progress any number of times, then one ending. */
export type WorkerMessage<Name extends JobName = JobName> =
  | { kind: 'progress'; progress: Jobs[Name]['progress'] }
  | { kind: 'done'; result: Jobs[Name]['result'] }
  | { kind: 'failed'; error: ErrorShape; detail: string };

/** To the worker. */
export const CANCEL = 'cancel';
