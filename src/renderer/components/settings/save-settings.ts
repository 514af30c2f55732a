import type { Settings, SettingsChanges } from '../../../preload/contract/settings';
import { call } from '../../bridge';
import { useApp } from '../../state/app-store';
import { sayFailed } from '../help/notices';

/** Saves are numbered as they are asked for: answers of the browser host may overtake each other. */
let asked = 0;
let shown = 0;

/**
 * Keeps some settings and puts them into force; the others stay. Rejects with AppError; then
 * nothing has changed.
 */
export async function saveSettings(changes: SettingsChanges): Promise<void> {
  const number = ++asked;
  const settings = await call('settings.save', { settings: changes });
  if (number < shown) return;
  shown = number;
  useApp.setState({ settings });
}

/** Changes the theme at once and keeps it for the next launch. */
export async function saveTheme(theme: Settings['theme']): Promise<void> {
  try {
    await saveSettings({ theme });
  } catch (error) {
    sayFailed(error);
  }
}
