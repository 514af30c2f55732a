import {
  closeSync,
  constants,
  fdatasync,
  open as openCallback,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { mkdir, readFile, rm as remove } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DataPaths } from '../base/data-folder';
import { syncFolder, whereFlushable, writePieces } from '../base/durable-file';
import { systemCode } from '../base/host-error';

const open = promisify(openCallback);
const flush = promisify(fdatasync);

const { O_CREAT, O_DSYNC, O_EXCL, O_WRONLY } = constants;
/** The kernel makes one file at a time in a folder, and who waits burns processor time. */
const INCOMING_FOLDERS = 4;
/** Elsewhere it is missing, or promises less than a flush does. */
const FLUSHES_AS_IT_WRITES = process.platform === 'linux';
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | (FLUSHES_AS_IT_WRITES ? O_DSYNC : 0);

export interface LandedFile {
  bytes: number;
  mtimeMs: number;
}

/** Raw documents on disk, named by their number alone. */
export class LandingStore {
  constructor(private readonly paths: DataPaths) {}

  /** Makes the folders and clears bodies a killed run left half-way. */
  async prepare(): Promise<void> {
    await remove(this.paths.incoming, { recursive: true, force: true });
    for (let folder = 0; folder < INCOMING_FOLDERS; folder += 1) {
      await mkdir(join(this.paths.incoming, String(folder)), { recursive: true });
    }
    await mkdir(this.paths.documents, { recursive: true });
  }

  /**
   * Writes a body, flushes it to the disk and gives it its place, replacing an older one at once.
   *
   * What blocks here takes microseconds, while each trip through Node's thread pool costs several
   * times as much processor time. Two are taken where the kernel can need longer than for all the
   * rest: to find an inode, past those of files just deleted, and to find memory for the bytes.
   */
  async land(body: readonly Buffer[], id: number): Promise<void> {
    const path = join(this.paths.incoming, String(id % INCOMING_FOLDERS), `${id}.json`);
    const file = await open(path, NEW_FILE);
    try {
      await writePieces(file, body);
      if (!FLUSHES_AS_IT_WRITES) await whereFlushable(() => flush(file));
    } finally {
      closeSync(file);
    }
    renameSync(path, this.pathOf(id));
  }

  remove(id: number): void {
    rmSync(this.pathOf(id), { force: true });
  }

  /** Makes all that landed or was removed so far survive a power cut. */
  async sync(): Promise<void> {
    await syncFolder(this.paths.documents);
  }

  /** The documents that are there, by number. Blocks for some milliseconds. */
  files(): Map<number, LandedFile> {
    const files = new Map<number, LandedFile>();
    for (const name of readdirSync(this.paths.documents)) {
      const id = documentId(name);
      if (id === null) continue;
      const { size, mtimeMs } = statSync(join(this.paths.documents, name));
      files.set(id, { bytes: size, mtimeMs });
    }
    return files;
  }

  /** A document's bytes; null where it cannot be read as a file, and has to be fetched anew. */
  async read(id: number): Promise<Buffer | null> {
    try {
      return await readFile(this.pathOf(id));
    } catch (error) {
      if (['ENOENT', 'EISDIR', 'EACCES'].includes(systemCode(error) ?? '')) return null;
      throw error;
    }
  }

  private pathOf(id: number): string {
    return join(this.paths.documents, `${id}.json`);
  }
}

/** The number in a landed file's name; null for anything else in the folder. */
export function documentId(fileName: string): number | null {
  const match = /^([1-9]\d{0,9})\.json$/.exec(fileName);
  return match?.[1] === undefined ? null : Number(match[1]);
}
