import { Button } from '@mantine/core';
import { toldText } from '../../../preload/contract/printable';
import { isIncomplete, type RefreshReport } from '../../../preload/contract/reports';
import { showChanges } from '../changes/changes-store';
import { FailureList } from './FailureList';
import { missingSentence, publishOffer } from './missing-words';
import { startRefresh, useRefreshPanel } from './refresh-panel-store';
import { formatBytes, formatDuration, gatheredWords, refreshSentence } from './refresh-words';
import styles from './refresh.module.css';

/** How a refresh ended: what changed and where to see it, or what did not arrive and why. */
export function RefreshOutcome({ report }: { report: RefreshReport }) {
  const { failed, missing, notes, refusal, version } = report;
  const incomplete = isIncomplete(report);
  // What the source as a whole is to blame for is told in its one sentence.
  const listed = failed.length > 0 && (refusal === null || refusal.documents < failed.length);
  return (
    <div className={styles.part}>
      <p className={styles.headline}>{refreshSentence(report)}</p>
      {incomplete && refusal !== null && (
        <p>{toldText(refusal.hint)} The data shown stay as they were.</p>
      )}
      {!incomplete && refusal !== null && <p>{toldText(refusal.message)}</p>}
      {missing.length > 0 && <p>{missingSentence(report)}</p>}
      {notes.map((note) => (
        <p key={note}>{toldText(note)}</p>
      ))}
      <p className={styles.quiet}>
        {gatheredWords(report)} · {formatBytes(report.bytes)} in{' '}
        {formatDuration(report.duration_ms)}
      </p>
      {listed && <FailureList failed={failed} />}
      {incomplete && <NextSteps report={report} />}
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

function NextSteps({ report }: { report: RefreshReport }) {
  const offer = publishOffer(report);
  return (
    <>
      <div className={styles.actions}>
        <Button size="xs" onClick={() => void startRefresh()}>
          Retry
        </Button>
        {offer !== null && (
          <Button
            size="xs"
            variant="default"
            onClick={() => void startRefresh({ allowMissing: true })}
          >
            {offer}
          </Button>
        )}
      </div>
      <p className={styles.quiet}>Only what is missing is asked for again.</p>
    </>
  );
}
