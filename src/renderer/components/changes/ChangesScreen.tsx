import { Button, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { VersionEntry } from '../../../preload/contract/reports';
import { columnTitle } from '../../state/column-words';
import { useNoun } from '../../state/noun';
import { useCall } from '../../state/use-call';
import { countedOf } from '../../words/noun';
import { formatNumber } from '../../words/numbers';
import { useApp } from '../../state/app-store';
import { ErrorNote } from '../ErrorNote';
import { startRefresh } from '../refresh/refresh-panel-store';
import { toggled } from '../../state/toggled';
import { AlikeList } from './AlikeList';
import { countFields, newsOf, ofFields, summaryOf } from './change-news';
import { ChangeList } from './ChangeList';
import { useChosenVersion } from './changes-store';
import {
  type ChangeKind,
  countKinds,
  filterChanges,
  groupChanges,
  KIND_WORDS,
  type RowChange,
} from './group-changes';
import { countsOf, VersionList } from './VersionList';
import styles from './changes.module.css';

/** What each refresh changed: every version, and every field of every row in it. */
export default function ChangesScreen() {
  const current = useApp((state) => state.dataset?.version ?? null);
  const history = useCall('history.list', {}, current);
  const wanted = useChosenVersion((state) => state.version);
  const versions = useMemo(
    () => [...(history.value ?? [])].sort((a, b) => b.version - a.version),
    [history.value],
  );
  const newest = versions[0] ?? null;
  /** The newest when one came here: what is looked at does not change under the eyes. */
  const [seen, setSeen] = useState<number | null>(null);
  if (seen === null && newest !== null) setSeen(newest.version);
  const find = (number: number | null) => versions.find(({ version }) => version === number);
  const chosen = find(wanted) ?? find(seen) ?? newest;
  const arrived =
    newest !== null && seen !== null && newest.version > seen && newest !== chosen ? newest : null;
  const choose = (version: number) => {
    useChosenVersion.setState({ version });
    if (newest !== null) setSeen(newest.version);
  };
  return (
    <section className={styles.screen} aria-labelledby="changes-title">
      <header className={styles.head}>
        <h1 id="changes-title">Changes</h1>
        <p className={styles.quiet}>What each refresh changed, field by field.</p>
      </header>
      <div role="status">
        {arrived !== null && (
          <p className={styles.arrived}>
            Version {arrived.version} has arrived: {countsOf(arrived)}.
            <Button size="compact-xs" variant="default" onClick={() => choose(arrived.version)}>
              Show version {arrived.version}
            </Button>
          </p>
        )}
      </div>
      {history.error !== null ? (
        <ErrorNote error={history.error} onRetry={history.retry} />
      ) : history.value === null ? (
        <Skeleton height={200} role="img" aria-label="Loading" />
      ) : chosen === null ? (
        <NoVersions />
      ) : (
        <div className={styles.columns}>
          <VersionList versions={versions} chosen={chosen.version} onChoose={choose} />
          <ChangesOfVersion key={chosen.version} entry={chosen} />
        </div>
      )}
    </section>
  );
}

function NoVersions() {
  return (
    <div className={styles.empty}>
      <p>No version has been published yet.</p>
      <button type="button" onClick={() => void startRefresh()}>
        Refresh data
      </button>
    </div>
  );
}

function ChangesOfVersion({ entry }: { entry: VersionEntry }) {
  const noun = useNoun();
  const request = entry.kept ? { version: entry.version } : null;
  const { value: result, error, retry } = useCall('changes.list', request, null);
  const groups = useMemo(() => groupChanges(result ?? []), [result]);
  if (!entry.kept) {
    return (
      <p className={styles.empty}>
        Version {entry.version} is no longer kept: its changes cannot be read. The counts stay in
        the list.
      </p>
    );
  }
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  if (result === undefined) return <Skeleton height={200} role="img" aria-label="Loading" />;
  if (groups.length === 0) {
    return (
      <p className={styles.empty}>
        Version {entry.version} changed no field of any {noun.one}.
      </p>
    );
  }
  return <FilteredChanges groups={groups} />;
}

const KINDS: readonly ChangeKind[] = ['insert', 'update', 'delete'];

function FilteredChanges({ groups }: { groups: readonly RowChange[] }) {
  const noun = useNoun();
  const [kind, setKind] = useState<ChangeKind | null>(null);
  const [columns, setColumns] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const counts = countKinds(groups);
  const fields = useMemo(() => countFields(groups), [groups]);
  const shown = useMemo(
    () => ofFields(filterChanges(groups, kind, text), columns),
    [groups, kind, columns, text],
  );
  const { alike, single } = useMemo(() => newsOf(shown), [shown]);
  return (
    <section className={styles.changes} aria-label="Changes of the version">
      <p className={styles.summary}>{summaryOf(groups)}</p>
      <div className={styles.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Kind of change"
          value={kind ?? 'all'}
          onChange={(value) => setKind(KINDS.find((known) => known === value) ?? null)}
          data={[
            { value: 'all', label: `All ${formatNumber(groups.length)}` },
            ...KINDS.map((known) => ({
              value: known,
              label: `${KIND_WORDS[known]} ${formatNumber(counts[known])}`,
              disabled: counts[known] === 0,
            })),
          ]}
        />
        <TextInput
          size="xs"
          placeholder="Name or number"
          aria-label={`Find a ${noun.one} among the changes`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className={styles.quiet} role="status">
          {countedOf(noun, shown.length, groups.length)}
        </span>
      </div>
      {fields.length > 1 && (
        <div className={styles.fields} role="group" aria-label="Changed fields">
          {fields.map(([column, n]) => (
            <button
              key={column}
              type="button"
              className={styles.fieldChip}
              aria-pressed={columns.includes(column)}
              onClick={() => setColumns(toggled(columns, column))}
            >
              {columnTitle(column)} <b>{formatNumber(n)}</b>
            </button>
          ))}
        </div>
      )}
      <AlikeList changes={alike} />
      {shown.length === 0 ? (
        <p className={styles.empty}>No change matches; choose “All”, another field or name.</p>
      ) : (
        single.length > 0 && <ChangeList groups={single} />
      )}
    </section>
  );
}
