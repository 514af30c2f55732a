import { app, type BrowserWindow, dialog } from 'electron';

/** Reloads in a row at most, and after how long a row counts as over. */
const RELOADS = 3;
const FORGIVEN_AFTER_MS = 60_000;

/** True while another reload is allowed; it then counts. Times are epoch milliseconds. */
export function createReloadLimit(): (now: number) => boolean {
  let recent: number[] = [];
  return (now) => {
    recent = recent.filter((time) => now - time < FORGIVEN_AFTER_MS);
    if (recent.length >= RELOADS) return false;
    recent.push(now);
    return true;
  };
}

/** Brings the page back when its process dies; when it dies again and again, asks. */
export function setupCrashRecovery(
  window: BrowserWindow,
  logError: (what: string, error: unknown) => void,
): void {
  const mayReload = createReloadLimit();
  window.webContents.on('render-process-gone', (_event, details) => {
    logError('the page', new Error(`its process is gone: ${details.reason}`));
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    if (mayReload(Date.now())) window.webContents.reload();
    else void askWhatNext(window);
  });
}

async function askWhatNext(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The screen stopped several times in a row.',
    detail: 'Your data are safe. Reload to try again, or quit.',
    buttons: ['Reload', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else app.quit();
}
