import { BrowserWindow, ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { CALL_CHANNEL, DROP_CHANNEL } from '../../preload/contract/bridge';
import type { ErrorShape } from '../../preload/contract/errors';
import type { Dispatch } from '../app/dispatcher';
import { isAppUrl } from './app-url';
import type { OpenDropped } from './dropped-files';

/**
 * The one way in from a renderer. A message from anywhere but the app's own page in the app's
 * own window is refused before it is read.
 */
export function setupCalls(
  dispatch: Dispatch,
  openDropped: OpenDropped,
  window: () => BrowserWindow | null,
): void {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, request: unknown) => {
    if (!isOwnPage(event, window())) {
      return notOwnPage();
    }
    return dispatch(name, request, pageSignal(event.sender));
  });
  // The preload script alone can send here; the page hands it files, never paths.
  ipcMain.handle(DROP_CHANNEL, (event, paths: unknown) =>
    isOwnPage(event, window()) ? openDropped(paths) : notOwnPage(),
  );
}

function notOwnPage(): { ok: false; error: ErrorShape } {
  return { ok: false, error: { code: 'usage', message: 'This page may not ask the app.' } };
}

const pages = new WeakMap<WebContents, AbortController>();

/** Aborts once the page that is loaded now is left, reloaded, closed or has crashed. */
function pageSignal(sender: WebContents): AbortSignal {
  const known = pages.get(sender);
  if (known !== undefined) return known.signal;
  const page = new AbortController();
  pages.set(sender, page);
  const leave = () => {
    if (pages.get(sender) === page) pages.delete(sender);
    page.abort();
  };
  sender.once('did-navigate', leave);
  sender.once('destroyed', leave);
  sender.once('render-process-gone', leave);
  return page.signal;
}

/** `senderFrame` is null where the frame is gone by now. */
function isOwnPage(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (frame === null || window === null || window.isDestroyed()) return false;
  if (event.sender !== window.webContents) return false;
  return frame === event.sender.mainFrame && frame.parent === null && isAppUrl(frame.url);
}
