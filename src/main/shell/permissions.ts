import { session, type WebContents } from 'electron';
import { isAppUrl } from './app-url';

/** Copying is all a page of the app needs: text out to the clipboard, never in. */
const ALLOWED = 'clipboard-sanitized-write';

/** Denies every permission a page can ask for or look up, devices and screens included. */
export function setupPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((contents, permission, callback) => {
    callback(permission === ALLOWED && isAppPage(contents));
  });
  defaultSession.setPermissionCheckHandler(
    (contents, permission) => permission === ALLOWED && isAppPage(contents),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setDisplayMediaRequestHandler((_request, callback) => callback({}));
}

function isAppPage(contents: WebContents | null): boolean {
  return contents !== null && isAppUrl(contents.getURL());
}
