import { Button, Skeleton } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { VersionEntry } from '../../../preload/contract/reports';
import { useNoun } from '../../state/noun';
import { useCall } from '../../state/use-call';
import { useApp } from '../../state/app-store';
import { VersionTimeline } from './VersionTimeline';
import { ErrorNote } from '../ErrorNote';
import { openChanges } from '../open/open-actions';
import { startRefresh } from '../refresh/refresh-panel-store';
import { FilteredChanges } from './FilteredChanges';
import { useChosenVersion } from './changes-store';
import { groupChanges } from './group-changes';
import { VersionActions } from './VersionActions';
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
        <Button
          className={styles.all}
          size="xs"
          variant="default"
          onClick={() => void openChanges()}
        >
          Explore all changes
        </Button>
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
      {chosen !== null && (
        <VersionTimeline versions={versions} chosen={chosen.version} onChoose={choose} />
      )}
      {history.error !== null ? (
        <ErrorNote error={history.error} onRetry={history.retry} />
      ) : history.value === null ? (
        <Skeleton height={200} role="img" aria-label="Loading" />
      ) : chosen === null ? (
        <NoVersions />
      ) : (
        <div className={styles.columns}>
          <VersionList versions={versions} chosen={chosen.version} onChoose={choose} />
          <div className={styles.version}>
            <VersionActions entry={chosen} versions={versions} />
            <ChangesOfVersion key={chosen.version} entry={chosen} />
          </div>
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
  const request = entry.told ? { version: entry.version } : null;
  const { value: result, error, retry } = useCall('changes.list', request, null);
  const groups = useMemo(() => groupChanges(result ?? []), [result]);
  if (!entry.told || error?.code === 'version-not-kept') {
    return (
      <p className={styles.empty}>
        Here history ends: what version {entry.version} changed is no longer kept. The counts stay
        in the list.
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
  return <FilteredChanges groups={groups} before={entry.version - 1} />;
}
