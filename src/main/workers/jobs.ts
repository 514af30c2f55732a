import type {
  GatherProgress,
  GatherReport,
  ProcessProgress,
  ProcessReport,
} from '../../preload/contract/reports';
import type { EraseReport } from '../../preload/contract/erasure';
import { sourceKind } from '../../preload/contract/source-kinds';
import { dataPaths } from '../base/data-folder';
import type { GatherOptions, JobContext } from '../pipeline/gather';
import type { ProcessOptions } from './process-options';

export interface EraseOptions {
  /** The data folder. */
  data: string;
  /** A number or a name; null finishes only what was begun before. */
  asked: string | null;
}

/** Every job a worker thread can be given. */
export interface Jobs {
  gather: { options: GatherOptions; progress: GatherProgress; result: GatherReport };
  process: { options: ProcessOptions; progress: ProcessProgress; result: ProcessReport };
  erase: { options: EraseOptions; progress: never; result: EraseReport | null };
}

export type JobName = keyof Jobs;

export type JobRunner<Name extends JobName> = (
  options: Jobs[Name]['options'],
  context: JobContext<Jobs[Name]['progress']>,
) => Promise<Jobs[Name]['result']>;

/** Loaded when needed: DuckDB and the HTTP client take long to load, and no job needs both. */
export const JOB_LOADERS: {
  [Name in JobName]: (background: boolean) => Promise<JobRunner<Name>>;
} = {
  gather: async () => {
    const { gather } = await import('../pipeline/gather');
    const { gatherFolder } = await import('../folder/gather-folder');
    const { landDecided } = await import('../folder/folder-batch');
    return async (options, context) => {
      if (sourceKind(options.source) === 'folder') return gatherFolder(options, context);
      // What was decided comes before whatever is asked for now.
      await landDecided(dataPaths(options.data));
      return gather(options, context);
    };
  },
  process: async (background) => {
    const { processLanding } = await import('./process-landing');
    return (options, context) => processLanding(options, context, background);
  },
  erase: async () => {
    const { eraseSubject } = await import('../privacy/erase-subject');
    return ({ data, asked }) => eraseSubject(data, asked);
  },
};
