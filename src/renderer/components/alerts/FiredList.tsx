import { Button, VisuallyHidden } from '@mantine/core';
import type { Firing } from '../../../preload/contract/alerts';
import { useApp } from '../../state/app-store';
import { openRow } from '../../state/open-row';
import { formatMoment } from '../../words/dates';
import { formatNumber } from '../../words/numbers';
import { showChanges } from '../changes/changes-store';
import { readAlerts, showFired } from './alert-actions';
import { rowsWords } from './rule-words';
import styles from './alerts.module.css';

interface Props {
  firings: readonly Firing[];
  unread: number;
}

/** What fired, the newest first. */
export function FiredList({ firings, unread }: Props) {
  return (
    <section className={styles.panel} aria-labelledby="alerts-fired">
      <div className={styles.ruleHead}>
        <h2 id="alerts-fired">What fired</h2>
        <span className={styles.quiet} role="status">
          {unread === 0 ? 'all read' : `${formatNumber(unread)} unread`}
        </span>
        {unread > 0 && (
          <Button size="compact-xs" variant="default" onClick={() => void readAlerts(null)}>
            Mark all as read
          </Button>
        )}
      </div>
      {firings.length === 0 ? (
        <p className={styles.quiet}>Nothing has fired yet.</p>
      ) : (
        <ol className={styles.list}>
          {firings.map((firing) => (
            <FiredItem key={firing.id} firing={firing} />
          ))}
        </ol>
      )}
    </section>
  );
}

function FiredItem({ firing }: { firing: Firing }) {
  const { id, version, ids, names, gone, again } = firing;
  const there = ids.length - gone;
  const more = ids.length - names.length;
  const isPlace = useApp((state) => state.dataset !== null);
  return (
    <li className={styles.fired} data-unread={firing.read ? undefined : true}>
      <div className={styles.ruleHead}>
        <h3>
          {!firing.read && <VisuallyHidden>Unread: </VisuallyHidden>}
          {firing.title}
        </h3>
        <span className={styles.quiet}>{formatMoment(firing.at)}</span>
      </div>
      <p>
        {firing.summary}
        {version === null ? '' : ` in version ${version}`}.
      </p>
      {again.length > 0 && (
        <p className={styles.quiet}>
          Went back and forth since, in {again.length === 1 ? 'version' : 'versions'}{' '}
          {again.join(', ')}.
        </p>
      )}
      {firing.snoozed && <p className={styles.quiet}>Not sent: the rule was snoozed.</p>}
      {names.length > 0 && (
        <p className={styles.names}>
          {names.map((name, index) => (
            <RowName key={ids[index]} id={ids[index] ?? 0} name={name} isThere={there > 0} />
          ))}
          {more > 0 && <span className={styles.quiet}>and {rowsWords(more)} more</span>}
        </p>
      )}
      <div className={styles.actions}>
        {there > 0 && isPlace && (
          <Button size="compact-xs" variant="default" onClick={() => showFired(firing)}>
            Show {there === 1 ? 'it' : `these ${formatNumber(there)}`} in Explore
          </Button>
        )}
        {version !== null && (
          <Button size="compact-xs" variant="default" onClick={() => showChanges(version)}>
            See version {version}
          </Button>
        )}
        {!firing.read && (
          <Button size="compact-xs" variant="default" onClick={() => void readAlerts([id])}>
            Mark as read
          </Button>
        )}
      </div>
    </li>
  );
}

/** Leads to the row's detail; who left has none any more. */
function RowName({ id, name, isThere }: { id: number; name: string; isThere: boolean }) {
  if (!isThere) return <span>{name}</span>;
  return (
    <button type="button" className={styles.name} onClick={() => openRow(String(id))}>
      {name}
    </button>
  );
}
