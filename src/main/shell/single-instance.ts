import { app, type BrowserWindow } from 'electron';

/**
 * True where this is the first instance; a second one shows the first one's window instead.
 * `window` answers the window there is, if any.
 */
export function setupSingleInstance(window: () => BrowserWindow | null): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', () => {
    const shown = window();
    if (shown === null) return;
    if (shown.isMinimized()) shown.restore();
    shown.show();
    shown.focus();
  });
  return true;
}
