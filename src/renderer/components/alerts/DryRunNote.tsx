import { Skeleton } from '@mantine/core';
import type { AlertRule } from '../../../preload/contract/alerts';
import { useApp } from '../../state/app-store';
import { useCall } from '../../state/use-call';
import { showChanges } from '../changes/changes-store';
import { VersionTimeline } from '../changes/VersionTimeline';
import { ErrorNote } from '../ErrorNote';
import { closeDraft } from './alert-draft';
import { dryRunWords, markWords, staleRunWords } from './rule-words';
import styles from './alerts.module.css';

/** What a rule would have fired over the versions that are kept, marked on their timeline. */
export function DryRunNote({ rule }: { rule: AlertRule }) {
  const version = useApp((state) => state.dataset?.version ?? null);
  const history = useCall('history.list', {}, version).value;
  const isStale = rule.on.stale_for !== undefined;
  const asked = { rule: { ...rule, channels: [] } };
  const { value, error, isCurrent, retry } = useCall('alerts.try', asked, version);
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  if (value === undefined) return <Skeleton height={48} role="img" aria-label="Loading" />;
  const marks = value.firings.map((firing) => ({
    version: firing.version,
    label: markWords(firing),
  }));
  const [words, quiet] = isStale ? staleRunWords(value) : [dryRunWords(value)];
  return (
    <div aria-busy={!isCurrent}>
      <p role="status">{words}</p>
      {quiet !== undefined && <p className={styles.quiet}>{quiet}</p>}
      {value.untold.length > 0 && (
        <p className={styles.quiet}>
          The changes of {value.untold.length} more can no longer be told.
        </p>
      )}
      {history !== undefined && history.length > 0 && (
        <VersionTimeline
          versions={history}
          chosen={marks.at(-1)?.version ?? null}
          marks={marks}
          onChoose={(chosen) => {
            closeDraft();
            showChanges(chosen);
          }}
        />
      )}
    </div>
  );
}
