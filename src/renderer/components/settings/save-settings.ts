import type { Settings } from '../../../preload/contract/settings';
import { call } from '../../bridge';
import { useApp } from '../../state/app-store';
import { sayFailed } from '../help/notices';

/** Keeps the settings and puts them into force. Rejects with AppError; then nothing has changed. */
export async function saveSettings(settings: Settings): Promise<void> {
  const saved = await call('settings.save', { settings });
  useApp.setState({ settings: saved });
}

/** Changes the theme at once and keeps it for the next launch. */
export async function saveTheme(theme: Settings['theme']): Promise<void> {
  try {
    await saveSettings({ ...useApp.getState().settings, theme });
  } catch (error) {
    sayFailed(error);
  }
}
