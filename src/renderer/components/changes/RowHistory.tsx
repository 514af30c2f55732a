import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import type { ChangeEntry } from '../../../preload/contract/reports';
import { useApp } from '../../state/app-store';
import { columnTitle } from '../../state/column-words';
import { useNoun } from '../../state/noun';
import { useCall } from '../../state/use-call';
import { formatDate } from '../../words/dates';
import { ErrorNote } from '../ErrorNote';
import { showChanges } from './changes-store';
import { FieldDifference } from './FieldDifference';
import { KIND_WORDS } from './group-changes';
import styles from './history.module.css';

/** What happened to one row in every version that can be told, the newest first. */
export default function RowHistory({ id }: { id: number }) {
  const noun = useNoun();
  const current = useApp((state) => state.dataset?.version ?? null);
  const { value, error, retry } = useCall('changes.row', { id }, current);
  const versions = useMemo(() => byVersion(value?.entries ?? []), [value]);
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  if (value === undefined || value === null) {
    return <Skeleton height={60} role="img" aria-label="Loading" />;
  }
  const earliest = value.untold.at(-1);
  return (
    <>
      {versions.length === 0 && <p className={styles.quiet}>No change of it can be told.</p>}
      <ol className={styles.history} aria-label={`History of this ${noun.one}`}>
        {versions.map((entries) => (
          <Version key={entries[0]?.version} entries={entries} />
        ))}
      </ol>
      {earliest !== undefined && (
        <p className={styles.quiet}>
          History ends here: what changed up to version {earliest} is no longer kept.
        </p>
      )}
    </>
  );
}

function Version({ entries }: { entries: readonly ChangeEntry[] }) {
  const [first] = entries;
  if (first === undefined) return null;
  const { version, timestamp } = first;
  const fields = entries.filter(({ column }) => column !== null);
  return (
    <li>
      <button type="button" className={styles.version} onClick={() => showChanges(version)}>
        Version {version}
      </button>
      {timestamp !== '' && <span className={styles.quiet}> {formatDate(timestamp)}</span>}
      {entries.map(
        ({ column, change }) => column === null && <p key={change}>{KIND_WORDS[change]}</p>,
      )}
      {fields.length > 0 && (
        <dl>
          {fields.map(({ column, before, after }) => (
            <div key={column}>
              <dt>{columnTitle(column ?? '')}</dt>
              <dd>
                <FieldDifference column={column ?? ''} before={before} after={after} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function byVersion(entries: readonly ChangeEntry[]): ChangeEntry[][] {
  const versions = new Map<number, ChangeEntry[]>();
  for (const entry of entries) {
    versions.set(entry.version, [...(versions.get(entry.version) ?? []), entry]);
  }
  return [...versions.values()].reverse();
}
