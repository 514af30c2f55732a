import { app } from 'electron';

/** How long the app may take to end what it is doing before it is ended anyway. */
const PATIENCE_MS = 5000;

/**
 * Quits with the last window, after `close` has ended what still ran. macOS keeps apps open, and so does
 * a place in the tray from where it can be opened again.
 */
export function setupQuit(close: () => Promise<void>, isInTray: () => boolean): void {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !isInTray()) app.quit();
  });
  let closing = false;
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    if (closing) return;
    closing = true;
    void Promise.race([close(), patience()]).finally(() => {
      closed = true;
      app.quit();
    });
  });
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
}
