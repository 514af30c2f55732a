import { app, type BrowserWindow, dialog } from 'electron';
import { createReloadLimit } from './reload-limit';

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
