import { protocol } from 'electron';
import { appFile, type AppFolders, readAppFile } from '../page/app-files';
import { APP_SCHEME, isAppUrl } from './app-url';
import { CONTENT_SECURITY_POLICY } from '../page/content-security-policy';

/** Has to run before Electron is ready. Gives the scheme an origin, and no way around the CSP. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the app's own files at `app://pokedex/`, and nothing else. */
export function setupAppProtocol(folders: AppFolders): void {
  protocol.handle(APP_SCHEME, (request) => answer(request, folders));
}

async function answer(request: Request, folders: AppFolders): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  if (!isAppUrl(request.url)) return refusal(404);
  const file = appFile(new URL(request.url).pathname, folders);
  if (file === null) return refusal(404);
  const content = await readAppFile(file);
  if (content === null) return refusal(404);
  return new Response(new Uint8Array(content), { headers: headersFor(file.mime) });
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: headersFor('text/plain; charset=utf-8') });
}

function headersFor(mime: string): Record<string, string> {
  return {
    'content-type': mime,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
}
