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
export function saveTheme(theme: Settings['theme']): Promise<void> {
  return saveOrSay({ theme });
}

/** Changes how numbers and dates are written at once and keeps it for the next launch. */
export function saveLocale(locale: string): Promise<void> {
  return saveOrSay({ locale });
}

/** Refreshes as often from now on. */
export function saveSchedule(schedule: string): Promise<void> {
  return saveOrSay({ schedule });
}

async function saveOrSay(settings: SettingsChanges): Promise<void> {
  try {
    await saveSettings(settings);
  } catch (error) {
    sayFailed(error);
  }
}
