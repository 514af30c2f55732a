import { Button, CloseButton, Popover } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { DatasetInfo, RefreshState } from '../../../preload/contract/calls';
import { useApp } from '../../state/app-store';
import { ErrorNote } from '../ErrorNote';
import { toldText } from '../../../preload/contract/printable';
import { isIncomplete, type RefreshReport } from '../../../preload/contract/reports';
import { AppError, type ErrorShape } from '../../../preload/contract/errors';
import { formatNumber } from '../../words/numbers';
import { RefreshIcon } from '../icons';
import { RefreshOutcome } from './RefreshOutcome';
import { RefreshProgress } from './RefreshProgress';
import { startRefresh, useRefreshPanel } from './refresh-panel-store';
import { missingSentence } from './missing-words';
import { documents, refreshSentence } from './refresh-words';
import styles from './refresh.module.css';

/**
 * The button that refreshes the data, and what is to be known of the refresh in a panel under it.
 * The panel takes no focus and what is seen (filters, sort, scroll) stays as it is.
 */
export function RefreshButton() {
  const refresh = useApp((state) => state.refresh);
  const open = useRefreshPanel((state) => state.open);
  useOpenAtTheEnd(refresh);
  const running = refresh.state === 'running';
  const told = refresh.state !== 'idle';
  return (
    <div
      className={styles.place}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        event.currentTarget.querySelector('button')?.focus();
      }}
    >
      <Popover
        opened={open && told}
        onChange={setOpen}
        position="bottom-end"
        width={340}
        trapFocus={false}
        withRoles={false}
        returnFocus={false}
        closeOnClickOutside={!running}
        // Beside its button, so that Tab goes on into it; under the windows that open over all.
        withinPortal={false}
        zIndex={150}
        shadow="md"
      >
        <Popover.Target>
          <Button
            className={styles.button}
            size="xs"
            variant={running ? 'default' : 'filled'}
            leftSection={<RefreshIcon />}
            aria-expanded={open && told}
            onClick={() => (running ? setOpen(!open) : void startRefresh())}
          >
            {running ? shortProgress(refresh) : 'Refresh data'}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <section aria-label="Refresh">
            <CloseButton
              className={styles.close}
              size="sm"
              aria-label="Close"
              onClick={() => setOpen(false)}
            />
            <Panel refresh={refresh} />
          </section>
        </Popover.Dropdown>
      </Popover>
      <p className={styles.spoken} role="status">
        {announcement(refresh)}
      </p>
    </div>
  );
}

function Panel({ refresh }: { refresh: RefreshState }) {
  switch (refresh.state) {
    case 'idle':
      return null;
    case 'running':
      return <RefreshProgress progress={refresh.progress} startedAt={refresh.started_at} />;
    case 'done':
      return <RefreshOutcome report={refresh.report} />;
    case 'failed':
      return <ErrorNote error={endOf(refresh.error)} onRetry={() => void startRefresh()} />;
    default: {
      const never: never = refresh;
      throw new Error(`unknown state ${JSON.stringify(never)}`);
    }
  }
}

const CANCELLED = 'The refresh was cancelled.';

/** Why it ended early, said of the refresh. */
function endOf(error: ErrorShape): AppError {
  if (error.code !== 'cancelled') return AppError.fromShape(error);
  return AppError.fromShape({ ...error, message: CANCELLED });
}

function setOpen(open: boolean): void {
  useRefreshPanel.setState({ open });
}

/** Who closed the panel meanwhile is still told how the refresh ended. */
function useOpenAtTheEnd(refresh: RefreshState): void {
  const last = useRef(refresh);
  useEffect(() => {
    const { current } = last;
    // Of a scheduled one nobody is told unasked: the header says what comes of it.
    const ended = current.state === 'running' && !current.scheduled && refresh.state !== 'running';
    if (ended && !isFirstLaunch(refresh, useApp.getState().dataset)) setOpen(true);
    last.current = refresh;
  }, [refresh]);
}

/**
 * The snapshot unpacked by the app itself: nobody asked for it, and the charts are the news, or
 * the reason in their place.
 */
function isFirstLaunch(refresh: RefreshState, dataset: DatasetInfo | null): boolean {
  if (refresh.state !== 'done') return dataset === null;
  const { source, version, failed } = refresh.report;
  return source === 'bundled' && version === 1 && failed.length === 0;
}

function shortProgress(refresh: RefreshState & { state: 'running' }): string {
  const { progress } = refresh;
  if (progress?.phase === 'process') return 'Processing…';
  if (progress === null || progress.total === null) return 'Refreshing…';
  return `${formatNumber(progress.done)} of ${formatNumber(progress.total)}`;
}

function spokenEnd(report: RefreshReport): string {
  const how = isIncomplete(report) ? 'incomplete' : 'done';
  const notes = report.notes.map(toldText);
  return [`Refresh ${how}. ${refreshSentence(report)}`, missingSentence(report), ...notes]
    .filter(Boolean)
    .join(' ');
}

/** Said politely, at the quarters only: a count at every document would drown everything else. */
function announcement(refresh: RefreshState): string {
  if (refresh.state === 'done') {
    return spokenEnd(refresh.report);
  }
  if (refresh.state === 'failed') {
    if (refresh.error.code === 'cancelled') return `${CANCELLED} ${refresh.error.hint ?? ''}`;
    return `Refresh failed. ${toldText(refresh.error.message)}`;
  }
  if (refresh.state === 'idle') return '';
  const { progress } = refresh;
  if (progress === null || progress.phase === 'process') return 'Refreshing the data.';
  const quarter = progress.total === null ? 0 : Math.floor((progress.done / progress.total) * 4);
  if (quarter === 0 || progress.total === null) return 'Refreshing the data.';
  return `${quarter * 25} % of ${documents(progress.total)} received.`;
}
