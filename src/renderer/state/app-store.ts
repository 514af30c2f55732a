import { create } from 'zustand';
import type { DatasetInfo, RefreshState, StartState } from '../../preload/contract/calls';
import type { AppError } from '../../preload/contract/errors';
import { type Settings, settingsSchema } from '../../preload/contract/settings';
import { call, on } from '../bridge';

export const SCREENS = ['explore', 'compare', 'sql', 'changes', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

interface AppState {
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
 * Asks main for the state of things once and keeps it true afterwards. `restore` comes before the
 * first chart is drawn.
 */
export async function startApp(restore: (settings: Settings) => void): Promise<void> {
  on('refresh.changed', (refresh) => useApp.setState({ refresh }));
  on('dataset.changed', (dataset) => useApp.setState({ dataset }));
  try {
    const state = await call('app.start', {});
    restore(state.settings);
    useApp.setState(({ dataset }) => ({
      host: state.host,
      appVersion: state.app_version,
      // What was told meanwhile is newer.
      dataset: dataset ?? state.dataset,
      settings: state.settings,
      refresh: state.refresh,
    }));
  } catch (error) {
    useApp.setState({ startError: error as AppError });
  }
}
