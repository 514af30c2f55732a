import { create } from 'zustand';
import type { DatasetInfo, RefreshState, StartState } from '../../preload/contract/calls';
import type { AppError } from '../../preload/contract/errors';
import { type Settings, settingsSchema } from '../../preload/contract/settings';
import { call, on } from '../bridge';

export const SCREENS = ['explore', 'compare', 'sql', 'changes', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

export interface AppState {
  screen: Screen;
  host: StartState['host'];
  appVersion: string;
  dataset: DatasetInfo | null;
  settings: Settings;
  refresh: RefreshState;
  /** What keeps the app from starting. */
  startError: AppError | null;
  show(screen: Screen): void;
}

export const useApp = create<AppState>((set) => ({
  screen: 'explore',
  host: 'browser',
  appVersion: '',
  dataset: null,
  settings: settingsSchema.parse({}),
  refresh: { state: 'idle' },
  startError: null,
  show: (screen) => set({ screen }),
}));

/**
 * Asks main for the state of things once and keeps it true afterwards. In the browser the answer
 * and the events travel apart: what was told while the answer was on its way is the newer.
 */
export async function startApp(): Promise<void> {
  const told: Partial<Pick<AppState, 'dataset' | 'refresh'>> = {};
  const tell = (news: typeof told) => {
    Object.assign(told, news);
    useApp.setState(news);
  };
  on('refresh.changed', (refresh) => tell({ refresh }));
  on('dataset.changed', (dataset) => tell({ dataset }));
  try {
    const state = await call('app.start', {});
    useApp.setState({
      host: state.host,
      appVersion: state.app_version,
      dataset: state.dataset,
      settings: state.settings,
      refresh: state.refresh,
      ...told,
    });
  } catch (error) {
    useApp.setState({ startError: error as AppError });
  }
}
