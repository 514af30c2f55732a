import type { Settings, SettingsChanges, Workspace } from '../../../preload/contract/settings';
import { call } from '../../bridge';
import { takeSettings } from '../../state/app-store';
import { sayFailed } from '../help/notices';

/**
 * Keeps some settings and puts them into force; the others stay. A workspace is merged with the
 * kept one, which another window may have changed since `base`. Rejects with AppError; then
 * nothing has changed.
 */
export async function saveSettings(
  settings: SettingsChanges,
  base?: Partial<Workspace>,
): Promise<void> {
  takeSettings(await call('settings.save', { settings, ...(base === undefined ? {} : { base }) }));
}

/** Changes the theme at once and keeps it for the next launch. */
export async function saveTheme(theme: Settings['theme']): Promise<void> {
  try {
    await saveSettings({ theme });
  } catch (error) {
    sayFailed(error);
  }
}
