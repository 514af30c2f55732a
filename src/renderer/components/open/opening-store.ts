import { create } from 'zustand';

interface Opening {
  /** What is being opened, in words; null while nothing is. */
  busy: string | null;
  /** The sheet on how a CSV is read is in sight. */
  sheet: boolean;
}

export const useOpening = create<Opening>(() => ({ busy: null, sheet: false }));
