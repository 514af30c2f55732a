import { readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataPaths } from '../base/data-folder';
import { syncFolder, writeSynced } from '../base/durable-file';
import { systemCode } from '../base/host-error';

export interface LandedFile {
  bytes: number;
  mtimeMs: number;
}

/** Raw documents on disk, named by their number alone. */
export class LandingStore {
  constructor(private readonly paths: DataPaths) {}

  /** Makes the folders and removes bodies that a killed run left half written. */
  async prepare(): Promise<void> {
    await rm(this.paths.incoming, { recursive: true, force: true });
    await mkdir(this.paths.incoming, { recursive: true });
    await mkdir(this.paths.documents, { recursive: true });
  }

  /** Writes a body, flushes it to the disk and gives it its place, replacing an older one at once. */
  async land(id: number, body: Buffer): Promise<void> {
    const path = join(this.paths.incoming, `${id}.json`);
    await writeSynced(path, body);
    await rename(path, this.pathOf(id));
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

  /** A document's bytes; null where it cannot be read as a file and has to be fetched again. */
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
