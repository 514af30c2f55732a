import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdtemp, rm, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { removeAbandoned } from '../base/abandoned';
import { isMissing } from '../base/durable-file';
import { hostError } from '../base/host-error';
import { MARK, ownerMark } from '../base/owner-mark';
import type { SaveTarget } from '../app/host';
import { refuse } from './responses';

const FOLDER = 'pokedex-downloads-';
const FOLDERS = new RegExp(`^${FOLDER}${MARK}-[A-Za-z0-9]+$`);

/** A download nobody fetched is deleted after this time. */
const KEPT_MS = 10 * 60_000;

const TYPES: Record<string, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  'pokeview.json': 'application/json; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
  txt: 'text/plain; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

interface Download {
  path: string;
  name: string;
  extension: string;
  expiry: NodeJS.Timeout;
}

/** Files made for the browser: in a private folder, each served once at a URL nobody can guess. */
export class Downloads {
  private readonly waiting = new Map<string, Download>();
  private folder: string | null = null;
  private readonly made: string[] = [];
  private finding: Promise<string> | null = null;

  async target(name: string, extension: string): Promise<SaveTarget> {
    // Of two downloads at once both wait for the same folder.
    this.finding ??= this.privateFolder().finally(() => {
      this.finding = null;
    });
    const folder = await this.finding;
    const id = randomBytes(16).toString('hex');
    const path = join(folder, `${id}.${extension}`);
    return {
      path,
      finish: () => {
        const expiry = setTimeout(() => void this.forget(id), KEPT_MS);
        expiry.unref();
        this.waiting.set(id, { path, name, extension, expiry });
        return { kind: 'download', url: `/download/${id}` };
      },
    };
  }

  async serve(id: string, response: ServerResponse): Promise<void> {
    const download = this.waiting.get(id);
    if (download === undefined) return refuse(response, 404, 'There is no such download any more.');
    this.waiting.delete(id);
    clearTimeout(download.expiry);
    try {
      const { size } = await stat(download.path);
      response.writeHead(200, {
        'content-type': TYPES[download.extension] ?? 'application/octet-stream',
        'content-length': size,
        'content-disposition': attachment(download.name),
        'cache-control': 'no-store',
      });
      await pipeline(createReadStream(download.path), response);
    } catch (error) {
      // The browser may go away in the middle; there is nobody left to tell.
      if (response.headersSent) return;
      if (!isMissing(error)) throw error;
      refuse(response, 404, 'There is no such download any more.');
    } finally {
      await rm(download.path, { force: true });
    }
  }

  async close(): Promise<void> {
    for (const { expiry } of this.waiting.values()) clearTimeout(expiry);
    this.waiting.clear();
    await this.finding?.catch(() => {});
    for (const folder of this.made) await rm(folder, { recursive: true, force: true });
  }

  /** Removes what programs before this one left when they were killed. */
  async clearAbandoned(): Promise<void> {
    await removeAbandoned(tmpdir(), FOLDERS);
  }

  /**
   * Made when it is first needed, and again where it was tidied away; a failure is not kept. In a
   * place that everybody may write to, one by the same name may be somebody else's.
   */
  private async privateFolder(): Promise<string> {
    // The place for temporary files is another one while protected data are unlocked.
    const { folder } = this;
    if (folder !== null && dirname(folder) === tmpdir() && (await isPrivate(folder))) return folder;
    try {
      // Readable by this user alone, as mkdtemp makes it.
      this.folder = await mkdtemp(join(tmpdir(), `${FOLDER}${ownerMark()}-`));
      this.made.push(this.folder);
      return this.folder;
    } catch (error) {
      throw hostError(error, `The folder for downloads in ${tmpdir()}`) ?? error;
    }
  }

  private async forget(id: string): Promise<void> {
    const download = this.waiting.get(id);
    this.waiting.delete(id);
    if (download !== undefined) await rm(download.path, { force: true });
  }
}

async function isPrivate(folder: string): Promise<boolean> {
  try {
    const file = await lstat(folder);
    if (!file.isDirectory()) return false;
    if (process.getuid === undefined) return true;
    return file.uid === process.getuid() && (file.mode & 0o077) === 0;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** RFC 6266: a plain name for old readers, the real one in UTF-8. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
