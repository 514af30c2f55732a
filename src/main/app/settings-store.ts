import { humanCount } from '../../preload/contract/counts';
import {
  type KeptSettings,
  MOST_COMPARED,
  type Settings,
  type SettingsChanges,
  soundSettings,
  type Trouble,
  type Workspace,
} from '../../preload/contract/settings';
import { isRecord, mergeChanges } from '../../preload/contract/merge-changes';
import { EditedFile, type JsonObject } from '../base/edited-file';
import { hostError } from '../base/host-error';
import { fileIdentity } from '../base/published-file';
import { soundSource } from '../folder/folder-path';
import { withNewCards } from './kept-cards';
import { withRowIds } from './kept-row-ids';
import type { CallHandlers } from './dispatcher';
import type { Host } from './host';

interface Told {
  /** After each change of the settings, be it of this process or of another one. */
  changed(kept: KeptSettings): void;
  /** Something of the file is not usable. */
  trouble(trouble: Trouble): void;
}

/** How often to look for what another process or a person has written. */
const LOOK_EVERY_MS = 2_000;

/**
 * What the person set, in one JSON file. Another process may change the file too, and so may the
 * person; what this app does not know in it stays as it is.
 */
export class SettingsStore {
  private readonly file: EditedFile;
  private saving: Promise<unknown> = Promise.resolve();
  /** What the file holds, with whatever this app does not know. */
  private json: JsonObject = {};
  private revision = 0;
  private seen: string | null = null;
  private looking = false;
  private readonly timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  current: Settings = soundSettings({}).settings;

  private constructor(
    path: string,
    private readonly told: Told,
  ) {
    this.file = new EditedFile(path, (trouble) => told.trouble(trouble));
  }

  /** Defaults where there is no file; of one with unsound values, whatever is sound. */
  static async open(path: string, told: Told): Promise<SettingsStore> {
    const store = new SettingsStore(path, told);
    await store.refresh();
    return store;
  }

  get kept(): KeptSettings {
    return { settings: this.current, revision: this.revision };
  }

  /** Takes up what another process or a person has written since; keeps to what it has else. */
  refresh(): Promise<KeptSettings> {
    return this.inTurn(async () => {
      try {
        const json = await this.file.read();
        if (json !== null) this.take(json);
      } catch (error) {
        this.tellUnread(error);
      }
      return this.kept;
    });
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** What is half written, or broken by a person who still edits it, is left alone. */
  private look(): void {
    if (this.looking) return;
    this.looking = true;
    this.inTurn(async () => {
      const identity = await fileIdentity(this.file.path);
      if (identity === this.seen) return;
      this.seen = identity;
      const json = await this.file.peek();
      if (json !== null) this.take(json);
    })
      .catch((error: unknown) => this.tellUnread(error))
      .finally(() => (this.looking = false));
  }

  private tellUnread(error: unknown): void {
    const { message, hint } = hostError(error, 'The settings file') ?? {
      message: 'The settings file cannot be read.',
      hint: undefined,
    };
    this.told.trouble({ message, hint: hint ?? `Look at ${this.file.path}.` });
  }

  /**
   * One after the other, each over what the one before it left: of one setting the last one asked
   * for stays. A workspace is merged with the kept one; `base` is the one it was made from.
   * Throws `bad-source` for a source that no refresh could use; then nothing changes.
   */
  save(changes: SettingsChanges, base?: Partial<Workspace>): Promise<KeptSettings> {
    return this.inTurn(async () => {
      const { source } = changes;
      const sound = source === undefined ? changes : { ...changes, source: soundSource(source) };
      try {
        this.take(await this.file.change((json) => merged(json ?? this.json, sound, base)));
      } catch (error) {
        throw hostError(error, 'The settings file') ?? error;
      }
      return this.kept;
    });
  }

  private take(json: JsonObject): void {
    if (JSON.stringify(json) === JSON.stringify(this.json)) return;
    const { settings, problems } = soundSettings(withNewCards(withRowIds(json)));
    this.json = json;
    this.current = settings;
    this.revision += 1;
    this.tellProblems(problems);
    this.told.changed(this.kept);
  }

  /** Each once: a save leaves what it does not change as it is, sound or not. */
  private readonly problemsTold = new Set<string>();

  private tellProblems(problems: readonly string[]): void {
    const fresh = problems.filter((problem) => !this.problemsTold.has(problem));
    for (const problem of fresh) this.problemsTold.add(problem);
    if (fresh.length === 0) return;
    const some = fresh.slice(0, 3).join('; ');
    const more = fresh.length > 3 ? `; and ${humanCount(fresh.length - 3)} more` : '';
    this.told.trouble({
      message: `Not everything in settings.json can be used: ${some}${more}.`,
      hint: 'The rest counts, and the file keeps what is left out. Mend it there, or set it again here.',
    });
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.saving.then(work);
    this.saving = done.catch(() => {});
    return done;
  }
}

function merged(
  json: JsonObject,
  { workspace, ...rest }: SettingsChanges,
  base?: Partial<Workspace>,
): JsonObject {
  if (workspace === undefined) return { ...json, ...rest };
  const { workspace: theirs } = withRowIds(json);
  const begun = base ?? soundSettings(withNewCards(withRowIds(json))).settings.workspace ?? {};
  // Parts that are not named are not changed.
  const mine = { ...begun, ...workspace };
  const kept = mergeChanges(begun, mine, isRecord(theirs) ? theirs : mine);
  return { ...json, ...rest, workspace: withinLimit(kept) };
}

/** Two windows may each have chosen as many as can be compared. */
function withinLimit(workspace: unknown): unknown {
  const compared = isRecord(workspace) ? workspace['compared'] : undefined;
  if (!isRecord(workspace) || !Array.isArray(compared)) return workspace;
  return { ...workspace, compared: compared.slice(0, MOST_COMPARED) };
}

export function settingsCalls(
  store: SettingsStore,
  host: Pick<Host, 'chooseDataset'>,
): Pick<CallHandlers, 'settings.save' | 'settings.choose-folder'> {
  return {
    'settings.save': ({ settings, base }) => store.save(settings, base),
    'settings.choose-folder': () => host.chooseDataset('folder'),
  };
}
