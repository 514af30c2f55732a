import { create } from 'zustand';
import type { Datasets } from '../../preload/contract/opened';

/** Which tables are open beside the published data, and which were before. */
export const useDatasets = create<Datasets>(() => ({
  open: [],
  recent: [],
  asked: null,
  refused: [],
}));
