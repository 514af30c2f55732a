import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { appFile, type AppFolders, readAppFile } from '../page/app-files';
import { refuse } from './responses';

/** Serves the renderer's build and the sprites; nothing else on the disk has a URL. */
export async function servePageFile(
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
  folders: AppFolders,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return refuse(response, 405, 'Files are read by GET.');
  }
  const file = appFile(pathname, folders);
  const content = file === null ? null : await readAppFile(file);
  if (file === null || content === null) return refuse(response, 404, 'There is nothing here.');
  response.writeHead(200, {
    'content-type': file.mime,
    'content-length': content.length,
    'cache-control': isHashed(file.path)
      ? 'private, max-age=31536000, immutable'
      : pathname.startsWith('/sprites/')
        ? 'private, max-age=3600'
        : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** Vite names its assets by their content. */
function isHashed(path: string): boolean {
  return /-[\w-]{8}\.\w+$/.test(basename(path));
}
