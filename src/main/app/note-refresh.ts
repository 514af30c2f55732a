import { counted, humanCount } from '../../preload/contract/counts';
import type { RefreshState } from '../../preload/contract/calls';
import { isIncomplete } from '../../preload/contract/reports';
import { AppError } from '../../preload/contract/errors';
import type { LogFile } from '../base/log-file';

/** Logs how a refresh ended, in numbers. */
export function noteRefresh(log: LogFile, state: RefreshState): void {
  // A fault of the app is logged with its stack where it is caught.
  if (state.state === 'failed' && !['internal', 'cancelled'].includes(state.error.code)) {
    log.failed('refresh', AppError.fromShape(state.error));
  }
  if (state.state !== 'done') return;
  const { version, inserted, updated, deleted, failed, duration_ms } = state.report;
  const what = isIncomplete(state.report)
    ? 'incomplete, nothing was published'
    : version === null
      ? 'nothing changed'
      : `version ${version}: ${humanCount(inserted)} inserted, ${humanCount(updated)} updated, ${humanCount(deleted)} deleted`;
  log.note(
    `refresh done in ${humanCount(duration_ms)} ms: ${what}; ${counted(failed.length, 'document')} failed`,
  );
}
