import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isMissing } from '../base/durable-file';

/** What the app's protocol serves: the renderer's build, and sprites by number. */
export interface AppFolders {
  renderer: string;
  sprites: string;
}

export interface AppFile {
  path: string;
  mime: string;
}

const MIME_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

const SPRITE = /^\/sprites\/([1-9]\d{0,8})\.png$/;

/** One or more plain names: no empty one, none that begins with a dot, nothing encoded. */
const PLAIN_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/;

/**
 * The file behind a URL's path, as it stands in the URL. Null for whatever is not plainly a file
 * of the app: other characters, `..` in any spelling, unknown kinds. Touches no disk.
 */
export function appFile(pathname: string, folders: AppFolders): AppFile | null {
  const sprite = SPRITE.exec(pathname);
  if (sprite !== null) {
    return { path: join(folders.sprites, `${sprite[1]}.png`), mime: 'image/png' };
  }
  const wanted = pathname === '/' ? '/index.html' : pathname;
  if (!PLAIN_PATH.test(wanted) || wanted.startsWith('/sprites/')) return null;
  const mime = MIME_TYPES[extname(wanted).toLowerCase()];
  if (mime === undefined) return null;
  return { path: join(folders.renderer, ...wanted.split('/')), mime };
}

/** Null where there is no such file. */
export async function readAppFile({ path }: AppFile): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return null;
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') return null;
    throw error;
  }
}
