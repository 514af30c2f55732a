import { Button } from '@mantine/core';
import type { RefreshReport } from '../../../preload/contract/reports';
import { showChanges } from '../changes/changes-store';
import { startRefresh, useRefreshPanel } from './refresh-panel-store';
import {
  failureName,
  formatBytes,
  formatDuration,
  gatheredWords,
  refreshSentence,
} from './refresh-words';
import styles from './refresh.module.css';

/** How a refresh ended: what changed and where to see it, or what did not arrive and why. */
export function RefreshOutcome({ report }: { report: RefreshReport }) {
  const { failed, version } = report;
  return (
    <div className={styles.part}>
      <p className={styles.headline}>{refreshSentence(report)}</p>
      <p className={styles.quiet}>
        {gatheredWords(report)} · {formatBytes(report.bytes)} in{' '}
        {formatDuration(report.duration_ms)}
      </p>
      {failed.length > 0 && (
        <>
          <ul className={styles.failures} tabIndex={0} aria-label="Documents that did not arrive">
            {failed.map((failure, index) => (
              <li key={index}>
                <strong>{failureName(failure)}</strong>: {failure.reason}
              </li>
            ))}
          </ul>
          <div className={styles.actions}>
            <Button size="xs" onClick={() => void startRefresh()}>
              Retry
            </Button>
            <span className={styles.quiet}>Only what is missing is asked for again.</span>
          </div>
        </>
      )}
      {version !== null && (
        <div className={styles.actions}>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              // It would cover what it leads to.
              useRefreshPanel.setState({ open: false });
              showChanges(version);
            }}
          >
            Show the changes
          </Button>
        </div>
      )}
    </div>
  );
}
