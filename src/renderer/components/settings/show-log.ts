import { call } from '../../bridge';
import { sayDone, sayFailed } from '../help/notices';
import { takeSavedFile } from '../take-saved-file';

/** Opens the log's folder; in a browser it is saved among the downloads. */
export async function showLog(): Promise<void> {
  try {
    const shown = await call('log.show', {});
    if (shown.kind === 'shown') return;
    takeSavedFile(shown);
    if (shown.kind === 'download') sayDone('Saved the log, among the browser’s downloads.');
  } catch (error) {
    sayFailed(error);
  }
}
