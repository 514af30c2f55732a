import {
  Button,
  MultiSelect,
  NativeSelect,
  NumberInput,
  SegmentedControl,
  Switch,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DEFAULT_GAMES } from '../../../preload/contract/dataset';
import { gameLabel, inGameOrder } from '../../../preload/contract/games';
import type { AppError } from '../../../preload/contract/errors';
import { type Settings, settingsSchema } from '../../../preload/contract/settings';
import { sourceKind } from '../../../preload/contract/source-kinds';
import type { QuestionOf } from '../../../preload/contract/questions';
import { useAsked } from '../../state/answers';
import { slugWords } from '../../words/slug';
import { useApp } from '../../state/app-store';
import { ErrorNote } from '../ErrorNote';
import { sayDone, toAppError } from '../help/notices';
import { About } from './About';
import { FolderFiles } from './FolderFiles';
import { LOCALE_FIELD, offeredLocales } from '../../words/locales';
import { ScheduleSetting } from './ScheduleSetting';
import { SourceField } from './SourceField';
import { saveLocale, saveSettings, saveTheme } from './save-settings';
import {
  type DataChoice,
  discardEdits,
  dropSaved,
  editSettings,
  useSettingsDraft,
} from './settings-draft';
import { MOST_CONCURRENT, settingsProblems } from './validate-settings';
import styles from './settings.module.css';

const THEMES: readonly Settings['theme'][] = ['system', 'light', 'dark'];
const DEFAULTS = settingsSchema.parse({});

/** Where the data come from, how they are fetched, how the app looks, and what it is. */
export default function SettingsScreen() {
  const settings = useApp((state) => state.settings);
  return (
    <section className={styles.screen} aria-labelledby="settings-title">
      <h1 id="settings-title">Settings</h1>
      <section className={styles.group} aria-labelledby="settings-looks">
        <h2 id="settings-looks">Looks</h2>
        <SegmentedControl
          className={styles.narrow}
          aria-label="Theme"
          value={settings.theme}
          onChange={(value) => void saveTheme(THEMES.find((theme) => theme === value) ?? 'system')}
          data={THEMES.map((theme) => ({
            value: theme,
            label: slugWords(theme),
          }))}
        />
        <NativeSelect
          id={LOCALE_FIELD}
          className={styles.narrow}
          label="Numbers and dates"
          description="As this language writes them. The app’s words stay English, and files are written the same for all."
          value={settings.locale}
          onChange={(event) => void saveLocale(event.currentTarget.value)}
          data={offeredLocales(settings.locale)}
        />
      </section>
      <DataSettings />
      <FolderFiles />
      <ScheduleSetting />
      <About />
    </section>
  );
}

function choiceOf({ source, concurrency, games, sprites }: Settings): DataChoice {
  return { source, concurrency, games, sprites };
}

function DataSettings() {
  const settings = useApp((state) => state.settings);
  const edits = useSettingsDraft((state) => state.edits);
  const kept = choiceOf(settings);
  const draft = { ...kept, ...edits };
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const problems = settingsProblems({ ...settings, ...draft });
  const changed = Object.keys(edits).length > 0;
  const cannotSave = busy || !changed || Object.keys(problems).length > 0;
  const put = (part: Partial<DataChoice>) => editSettings(part, kept);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (cannotSave) return;
    setBusy(true);
    setError(null);
    try {
      await saveSettings(edits);
      dropSaved(edits);
      sayDone('Settings saved. They count from the next refresh on.');
    } catch (reason) {
      setError(toAppError(reason));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={styles.group} onSubmit={(event) => void submit(event)} noValidate>
      <h2>Data</h2>
      <SourceField source={draft.source} problem={problems.source} onChange={put} />
      <NumberInput
        className={styles.narrow}
        label="Requests at once"
        description="More is faster; a public source may ask for fewer."
        min={1}
        max={MOST_CONCURRENT}
        allowDecimal={false}
        clampBehavior="none"
        disabled={sourceKind(draft.source) !== 'url'}
        value={Number.isNaN(draft.concurrency) ? '' : draft.concurrency}
        onChange={(value) => put({ concurrency: value === '' ? Number.NaN : Number(value) })}
        error={problems.concurrency}
      />
      <GamesField games={draft.games} problem={problems.games} onChange={put} />
      <Switch
        label="Fetch sprites"
        description="Keeps the pictures on this machine, so that they show offline."
        checked={draft.sprites}
        onChange={(event) => put({ sprites: event.currentTarget.checked })}
      />
      {error !== null && <ErrorNote error={error} />}
      <div className={styles.actions}>
        {/* Not disabled in earnest: what was pressed last would lose the focus. */}
        <Button type="submit" data-disabled={cannotSave} aria-disabled={cannotSave}>
          Save
        </Button>
        <Button
          variant="default"
          data-disabled={!changed}
          aria-disabled={!changed}
          onClick={discardEdits}
        >
          Discard
        </Button>
        <Button variant="subtle" onClick={() => put(choiceOf(DEFAULTS))}>
          Defaults
        </Button>
      </div>
    </form>
  );
}

interface FieldProps {
  problem: string | undefined;
  onChange(part: Partial<DataChoice>): void;
}

const ALL_GAMES: QuestionOf<'counts'> = { kind: 'counts', columns: ['games'], most: 200 };

function GamesField({ games, problem, onChange }: FieldProps & { games: Settings['games'] }) {
  const { value } = useAsked(ALL_GAMES, 'none');
  const kept = useSettingsDraft((state) => state.games);
  const chosen = games === 'all' ? [...(kept ?? DEFAULT_GAMES)] : games;
  const known = (value?.values ?? []).map((each) => String(each.value));
  const options = inGameOrder([...new Set([...DEFAULT_GAMES, ...chosen, ...known])]);
  return (
    <fieldset className={styles.fields}>
      <legend>Games</legend>
      <Switch
        label="Keep every Pokémon, whatever the game"
        checked={games === 'all'}
        onChange={(event) => {
          useSettingsDraft.setState({ games: chosen });
          onChange({ games: event.currentTarget.checked ? 'all' : chosen });
        }}
      />
      {games !== 'all' && (
        <MultiSelect
          label="Keep Pokémon that appear in any of"
          searchable
          data={options.map((game) => ({ value: game, label: gameLabel(game) ?? slugWords(game) }))}
          value={games}
          onChange={(values) => onChange({ games: values })}
          error={problem}
        />
      )}
    </fieldset>
  );
}
