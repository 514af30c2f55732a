import { create } from 'zustand';
import { call } from '../../bridge';
import { useApp } from '../../state/app-store';
import { sayFailed } from '../help/notices';

/** Whether the panel under the refresh button is open. */
export const useRefreshPanel = create<{ open: boolean }>(() => ({ open: false }));

/** @param allowMissing publishes also where some documents cannot be had */
export async function startRefresh({ force = false, allowMissing = false } = {}): Promise<void> {
  if (useApp.getState().refresh.state === 'running') return;
  useRefreshPanel.setState({ open: true });
  try {
    await call('refresh.start', { force, allow_missing: allowMissing });
  } catch (error) {
    sayFailed(error);
  }
}

export async function cancelRefresh(): Promise<void> {
  try {
    await call('refresh.cancel', {});
  } catch (error) {
    sayFailed(error);
  }
}
