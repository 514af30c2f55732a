import { Button, Skeleton } from '@mantine/core';
import { AppError } from '../../../preload/contract/errors';
import { askAlerts, useAlerts } from '../../state/alerts';
import { DeliveryLog } from '../deliveries/DeliveryLog';
import { ErrorNote } from '../ErrorNote';
import { draftAlert } from './alert-draft';
import { FiredList } from './FiredList';
import { RuleList } from './RuleList';
import styles from './alerts.module.css';

/** Rules on what each version changes, and what they fired. */
export default function AlertsScreen() {
  const { alerts, error } = useAlerts();
  return (
    <section className={styles.screen} aria-labelledby="alerts-title">
      <header className={styles.head}>
        <div>
          <h1 id="alerts-title">Alerts</h1>
          <p className={styles.quiet}>
            Rules that tell what a new version changed, or that nothing new came.
          </p>
        </div>
        <Button size="xs" onClick={() => draftAlert({ title: '', on: { change: ['delete'] } })}>
          New alert…
        </Button>
      </header>
      {alerts !== null && alerts.error !== null && (
        <ErrorNote error={AppError.fromShape(alerts.error)} />
      )}
      {alerts === null && error !== null && (
        <ErrorNote error={error} onRetry={() => void askAlerts()} />
      )}
      {alerts === null ? (
        error === null && <Skeleton height={200} role="img" aria-label="Loading" />
      ) : (
        <div className={styles.columns}>
          <RuleList rules={alerts.rules} />
          <FiredList firings={alerts.firings} unread={alerts.unread} />
        </div>
      )}
      <DeliveryLog />
    </section>
  );
}
