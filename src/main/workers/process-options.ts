import { DEFAULT_GAMES } from '../../preload/contract/dataset';

export interface ProcessOptions {
  /** The data folder. */
  data: string;
  games: readonly string[] | 'all';
  /** Versions kept readable. */
  keepVersions: number;
}

export const DEFAULT_PROCESS: Omit<ProcessOptions, 'data'> = {
  games: DEFAULT_GAMES,
  keepVersions: 30,
};
