import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { settingsSchema } from '../../../preload/contract/settings';
import {
  BUNDLED,
  folderOf,
  folderSource,
  sourceKind,
  type SourceKind,
} from '../../../preload/contract/source-kinds';
import { call, inElectron } from '../../bridge';
import { sayFailed } from '../help/notices';
import { type DataChoice, useSettingsDraft } from './settings-draft';
import styles from './settings.module.css';

const DEFAULTS = settingsSchema.parse({});

const KINDS: readonly { value: SourceKind; label: string }[] = [
  { value: 'url', label: 'PokéAPI over HTTP' },
  { value: 'folder', label: 'A folder' },
  { value: 'bundled', label: 'Bundled snapshot' },
];

/** Where the documents come from. What was typed for another kind is kept while the form is open. */
export function SourceField({
  source,
  problem,
  onChange,
}: {
  source: string;
  problem: string | undefined;
  onChange(part: Partial<DataChoice>): void;
}) {
  const kind = sourceKind(source);
  const aside = useSettingsDraft((state) => state.sources);
  const choose = (value: string) => {
    useSettingsDraft.setState({ sources: { ...aside, [kind]: source } });
    const chosen = KINDS.find((each) => each.value === value)?.value ?? 'url';
    const usual = { url: DEFAULTS.source, folder: folderSource(''), bundled: BUNDLED };
    onChange({ source: aside[chosen] ?? usual[chosen] });
  };
  return (
    <fieldset className={styles.fields}>
      <legend>Source</legend>
      <SegmentedControl
        className={styles.narrow}
        aria-label="Kind of source"
        value={kind}
        onChange={choose}
        data={[...KINDS]}
      />
      {kind === 'bundled' && (
        <p className={styles.quiet}>The documents that came with this app; needs no network.</p>
      )}
      {kind === 'url' && (
        <TextInput
          label="Address"
          description="Any PokéAPI-compatible address."
          type="url"
          value={source}
          onChange={(event) => onChange({ source: event.currentTarget.value })}
          error={problem}
        />
      )}
      {kind === 'folder' && (
        <TextInput
          label="Folder"
          inputContainer={(input) => (
            <div className={styles.chosen}>
              {input}
              {inElectron() && (
                <ChooseFolder onChoose={(path) => onChange({ source: folderSource(path) })} />
              )}
            </div>
          )}
          description="Documents that any tool puts there are added as they come: one per file or one per line, also gzipped. Nothing in the folder is changed."
          placeholder="/home/you/documents"
          spellCheck={false}
          value={folderOf(source) ?? ''}
          onChange={(event) => onChange({ source: folderSource(event.currentTarget.value) })}
          error={problem}
        />
      )}
    </fieldset>
  );
}

/** The system's dialog, which a browser's page has not: there a path is typed. */
function ChooseFolder({ onChoose }: { onChoose(path: string): void }) {
  const choose = async () => {
    try {
      const path = await call('settings.choose-folder', {});
      if (path !== null) onChoose(path);
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <Button variant="default" onClick={() => void choose()}>
      Choose…
    </Button>
  );
}
