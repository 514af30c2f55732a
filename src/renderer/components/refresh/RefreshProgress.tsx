import { Button, Progress as Bar } from '@mantine/core';
import type { Progress } from '../../../preload/contract/reports';
import { formatNumber } from '../../words/numbers';
import { FactList } from '../FactList';
import { cancelRefresh } from './refresh-panel-store';
import { documents, formatBytes, formatDuration } from './refresh-words';
import { useEstimate } from './use-estimate';
import { useNow } from './use-now';
import styles from './refresh.module.css';

interface Props {
  progress: Progress | null;
  startedAt: string;
}

/** How far a running refresh is, and how to end it. */
export function RefreshProgress({ progress, startedAt }: Props) {
  const now = useNow(true);
  const { bytesPerSecond, remainingMs } = useEstimate(progress);
  const gather = progress?.phase === 'gather' ? progress : null;
  const total = gather?.total ?? null;
  const paused = gather?.paused_until ?? 0;
  const isPaused = paused > now;
  const facts: [string, string][] = [
    ['Received', formatBytes(gather?.bytes ?? 0)],
    ['Rate', bytesPerSecond === null ? '–' : `${formatBytes(bytesPerSecond)}/s`],
    ['Retries', formatNumber(gather?.retries ?? 0)],
    ['Failed', formatNumber(gather?.failed ?? 0)],
    ['Running for', formatDuration(now - Date.parse(startedAt))],
    ['Remaining', remainingMs === null ? '–' : `about ${formatDuration(remainingMs)}`],
  ];
  return (
    <div className={styles.part}>
      <p className={styles.headline}>{stepOf(progress)}</p>
      <Bar
        value={total === null || gather === null || total === 0 ? 100 : (gather.done / total) * 100}
        animated={total === null}
        striped={total === null}
        aria-label="Documents received"
      />
      {gather !== null && <FactList className={styles.facts} facts={facts} />}
      <div className={styles.actions}>
        <Button size="xs" variant="default" onClick={() => void cancelRefresh()}>
          Cancel
        </Button>
        <span className={styles.note} data-paused={isPaused || undefined}>
          {isPaused
            ? `The source asked for a pause; it goes on in ${formatDuration(paused - now)}.`
            : 'The charts stay usable meanwhile.'}
        </span>
      </div>
    </div>
  );
}

function stepOf(progress: Progress | null): string {
  if (progress === null) return 'Asking the source for its list';
  if (progress.phase === 'process') {
    return progress.step === 'read' ? 'Reading the documents' : 'Writing the new version';
  }
  if (progress.total === null) return 'Asking the source for its list';
  return `${formatNumber(progress.done)} of ${documents(progress.total)}`;
}
