import { createWriteStream } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Upload } from '../app/host';
import { removeAbandoned } from '../base/abandoned';
import { isMissing } from '../base/durable-file';
import { systemCode } from '../base/host-error';
import { MARK, ownerMark } from '../base/owner-mark';
import { refuse } from './responses';

const FOLDERS = new RegExp(`^${MARK}-[A-Za-z0-9]+$`);

/** Of the folders above a file, and of a name in bytes. */
const MOST_LEVELS = 20;
const LONGEST_NAME = 255;

/**
 * Files that a page hands over: streamed to a private folder, held by the disk and not by memory,
 * gone with the table they were opened as, or with the host.
 */
export class Uploads {
  private folder: Promise<string> | null = null;

  /** @param place the folder of all runs' uploads; made when first needed */
  constructor(private readonly place: string) {}

  /**
   * Takes one file of an upload.
   * @param pathname its place below the upload, as it stands in the URL: `2026/sales.csv`
   */
  async receive(
    id: string,
    pathname: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      return refuse(response, 405, 'Files are handed over by POST.');
    }
    // Another site's page cannot send this without asking first, which nobody here answers.
    if (request.headers['content-type'] !== 'application/octet-stream') {
      return refuse(response, 415, 'A file’s content type is application/octet-stream.');
    }
    const place = safePlace(pathname);
    if (place === null) return refuse(response, 400, 'This is not the name of a file.');
    const path = join(await this.own(), id, ...place);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await pipeline(request, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      if (systemCode(error) === 'EEXIST')
        return refuse(response, 409, 'This file is there already.');
      await rm(path, { force: true });
      if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(systemCode(error) ?? '')) {
        // What is still on its way is thrown away: a browser that is cut off never reads the answer.
        request.resume();
        return refuse(response, 507, 'The disk is full.');
      }
      throw error;
    }
    response.writeHead(204, { 'cache-control': 'no-store' }).end();
  }

  /** What has arrived under this id, by its own name; null where nothing has. */
  async take(id: string): Promise<Upload | null> {
    if (this.folder === null) return null;
    const own = join(await this.folder, id);
    const remove = () => rm(own, { recursive: true, force: true });
    try {
      const [first, ...others] = await readdir(own);
      if (first === undefined) return null;
      return { path: others.length === 0 ? join(own, first) : own, remove };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async close(): Promise<void> {
    const folder = this.folder;
    this.folder = null;
    if (folder !== null) await rm(await folder, { recursive: true, force: true });
  }

  /** Removes what runs before this one left when they were killed. */
  clearAbandoned(): Promise<void> {
    return removeAbandoned(this.place, FOLDERS);
  }

  private async own(): Promise<string> {
    if (this.folder !== null && (await isThere(await this.folder))) return this.folder;
    // Readable by this user alone, as mkdtemp makes it.
    this.folder = mkdir(this.place, { recursive: true, mode: 0o700 }).then(() =>
      mkdtemp(join(this.place, `${ownerMark()}-`)),
    );
    this.folder.catch(() => (this.folder = null));
    return this.folder;
  }
}

async function isThere(folder: string): Promise<boolean> {
  try {
    return (await lstat(folder)).isDirectory();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Plain names one below the other, none of which leads elsewhere; null for anything else. */
export function safePlace(pathname: string): string[] | null {
  let names: string[];
  try {
    names = pathname.split('/').map(decodeURIComponent);
  } catch {
    // Not encoded as a URL is.
    return null;
  }
  if (names.length > MOST_LEVELS) return null;
  return names.every(isPlainName) ? names : null;
}

function isPlainName(name: string): boolean {
  if (name === '' || name === '.' || name === '..') return false;
  if (Buffer.byteLength(name) > LONGEST_NAME) return false;
  // On Windows some signs part folders, or name streams and drives.
  const wrong = process.platform === 'win32' ? /[/\0\\:<>"|?*]/ : /[/\0]/;
  return !wrong.test(name);
}
