import type {
  GatherProgress,
  GatherReport,
  ProcessProgress,
  ProcessReport,
} from '../../preload/contract/reports';
import { type Background, ForegroundUse } from '../base/foreground-use';
import type { GatherOptions, JobContext } from '../pipeline/gather';
import type { ProcessOptions } from './process-options';

/** Built entries of the threads a job may start; only the main bundle knows where they are. */
export interface WorkerPrograms {
  landing: string;
}

/** Every job a worker thread can be given. */
export interface Jobs {
  gather: { options: GatherOptions; progress: GatherProgress; result: GatherReport };
  process: { options: ProcessOptions; progress: ProcessProgress; result: ProcessReport };
}

export type JobName = keyof Jobs;

export type JobRunner<Name extends JobName> = (
  options: Jobs[Name]['options'],
  context: JobContext<Jobs[Name]['progress']>,
) => Promise<Jobs[Name]['result']>;

/** Loaded when needed: DuckDB and the HTTP client take long to load, and no job needs both. */
export const JOB_LOADERS: {
  [Name in JobName]: (programs: WorkerPrograms, background: Background) => Promise<JobRunner<Name>>;
} = {
  gather: async (programs, background) => {
    const { LandingThread } = await import('./landing-thread');
    // It starts while the rest loads.
    const landing = new LandingThread(programs.landing);
    const { gather } = await import('../pipeline/gather').catch(async (error: unknown) => {
      // A thread that nobody closes keeps the whole process.
      await landing.close();
      throw error;
    });
    const use = background === null ? null : new ForegroundUse(background);
    return (options, { report, signal }) =>
      gather(options, { report, signal, isInUse: () => use?.isRecent ?? false }, (paths) =>
        landing.open(paths),
      );
  },
  process: async (_programs, background) => {
    const { processLanding } = await import('./process-landing');
    return (options, context) => processLanding(options, context, background);
  },
};
