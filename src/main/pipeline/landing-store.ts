import { createHash } from 'node:crypto';
import { close, fdatasync, open, rename, rm, unlink, write } from 'node:fs';
import { mkdir, readdir, rm as remove, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DataPaths } from '../base/data-folder';
import { syncFolder } from '../base/durable-file';

type WriteDone = (error: Error | null, written: number) => void;

/** The callback API: a FileHandle a document costs a third more time here. */
const fs = {
  open: promisify(open),
  write: promisify((file: number, body: Buffer, at: number, done: WriteDone) => {
    write(file, body, at, body.length - at, null, done);
  }),
  fdatasync: promisify(fdatasync),
  close: promisify(close),
  rename: promisify(rename),
  unlink: promisify(unlink),
  rm: promisify(rm),
};

/** Raw documents on disk, named by their number alone. */
export class LandingStore {
  private sequence = 0;

  constructor(private readonly paths: DataPaths) {}

  /** Makes the folders and clears bodies a killed run left half-way. */
  async prepare(): Promise<void> {
    await remove(this.paths.incoming, { recursive: true, force: true });
    await mkdir(this.paths.incoming, { recursive: true });
    await mkdir(this.paths.documents, { recursive: true });
  }

  /** Writes a body aside and flushes it to the disk; `accept` or `drop` decides about it. */
  async receive(body: Buffer): Promise<string> {
    this.sequence += 1;
    const path = join(this.paths.incoming, `${this.sequence}.json`);
    const file = await fs.open(path, 'wx');
    try {
      for (let at = 0; at < body.length;) {
        at += await fs.write(file, body, at);
      }
      await fs.fdatasync(file);
    } finally {
      await fs.close(file);
    }
    return path;
  }

  /** Gives a received body its place, replacing an older one at once. */
  async accept(received: string, id: number): Promise<void> {
    await fs.rename(received, this.pathOf(id));
  }

  async drop(received: string): Promise<void> {
    await fs.unlink(received);
  }

  async remove(id: number): Promise<void> {
    await fs.rm(this.pathOf(id), { force: true });
  }

  /** Makes all accepts and removes so far survive a power cut. */
  async sync(): Promise<void> {
    await syncFolder(this.paths.documents);
  }

  /** Numbers and sizes in bytes of the documents that are there. */
  async sizes(): Promise<Map<number, number>> {
    const sizes = new Map<number, number>();
    const names = await readdir(this.paths.documents);
    await Promise.all(
      names.map(async (name) => {
        const id = documentId(name);
        if (id !== null) sizes.set(id, (await stat(join(this.paths.documents, name))).size);
      }),
    );
    return sizes;
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

export function sha256(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}
