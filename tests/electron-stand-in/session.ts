import { app } from './app';
import type { WebContents } from './web-contents';

type Request = (
  contents: WebContents,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
type Check = (contents: WebContents | null, permission: string, origin: string) => boolean;
type Device = (details: object) => boolean;
type Display = (request: object, callback: (streams: object) => void) => void;

/** Electron grants what nobody handles. */
let request: Request = (_contents, _permission, callback) => callback(true);
let check: Check = () => true;
let device: Device = () => true;
let display: Display = (_request, callback) => callback({ video: {} });

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Request) => void (request = handler),
    setPermissionCheckHandler: (handler: Check) => void (check = handler),
    setDevicePermissionHandler: (handler: Device) => void (device = handler),
    setDisplayMediaRequestHandler: (handler: Display) => void (display = handler),
  },
};

export interface PermissionAnswers {
  requested: boolean;
  checked: boolean;
  device: boolean;
  display: boolean;
}

/** What a page of this window would be answered. */
export async function askPermission(
  contents: WebContents,
  permission: string,
): Promise<PermissionAnswers> {
  const url = contents.getURL();
  return {
    requested: await new Promise((answer) => request(contents, permission, answer, {})),
    checked: check(contents, permission, url),
    device: device({ deviceType: permission, origin: url }),
    display: await new Promise((answer) =>
      display({ securityOrigin: url }, (streams) => answer('video' in streams)),
    ),
  };
}

/** Chromium's names of the permissions that Electron asks about. */
const CHROMIUM_NAMES = {
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  geolocation: 'geolocation',
  notifications: 'notifications',
} as const;

/** Makes Chromium's own answers those of the app's handlers. */
export async function grantAllowedPermissions(contents: WebContents, url: string): Promise<void> {
  const { context } = await app.browser();
  const granted: string[] = [];
  for (const [electron, chromium] of Object.entries(CHROMIUM_NAMES)) {
    const { requested, checked } = await askPermission(contents, electron);
    if (requested && checked) granted.push(chromium);
  }
  await context.clearPermissions();
  await context.grantPermissions(granted, { origin: new URL(url).origin });
}
