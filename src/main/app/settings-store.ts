import { readFile } from 'node:fs/promises';
import {
  type Settings,
  type SettingsChanges,
  settingsSchema,
} from '../../preload/contract/settings';
import { isMissing, replaceFileContent } from '../base/durable-file';
import { hostError } from '../base/host-error';
import { parseSourceUrl } from '../pipeline/source-url';
import type { CallHandlers } from './dispatcher';

/** What the person set, in one JSON file. */
export class SettingsStore {
  private saving: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly path: string,
    public current: Settings,
  ) {}

  /** Defaults where there is no file; of a broken one, whatever settings are still sound. */
  static async open(path: string): Promise<SettingsStore> {
    return new SettingsStore(path, soundSettings(await readJson(path)));
  }

  /**
   * One after the other, each over what the one before it left: of one setting the last one asked
   * for stays. Throws `bad-source` for a source that no refresh could use; then nothing changes.
   */
  save(changes: SettingsChanges): Promise<Settings> {
    const saved = this.saving.then(() => this.write({ ...this.current, ...changes }));
    this.saving = saved.catch(() => {});
    return saved;
  }

  private async write(settings: Settings): Promise<Settings> {
    if (settings.source !== 'bundled') parseSourceUrl(settings.source);
    try {
      await replaceFileContent(this.path, `${JSON.stringify(settings, null, 2)}\n`);
    } catch (error) {
      throw hostError(error, 'The settings file') ?? error;
    }
    this.current = settings;
    return settings;
  }
}

export function settingsCalls(store: SettingsStore): Pick<CallHandlers, 'settings.save'> {
  return { 'settings.save': ({ settings }) => store.save(settings) };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return {};
    throw error;
  }
}

function soundSettings(json: unknown): Settings {
  const whole = settingsSchema.safeParse(json);
  if (whole.success) return whole.data;
  const given = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  const sound = given.filter(
    ([name, value]) => settingsSchema.safeParse({ [name]: value }).success,
  );
  return settingsSchema.parse(Object.fromEntries(sound));
}
