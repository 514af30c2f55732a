import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFile, syncFolder } from '../base/durable-file';

/** Files of a commit that is not decided yet: made durable together, or all taken away again. */
export class StagedFiles {
  private readonly paths: string[] = [];

  /** To be called before the file is begun, so that a half-written one is known too. */
  add(path: string): void {
    this.paths.push(path);
  }

  async sync(): Promise<void> {
    await Promise.all(this.paths.map(syncFile));
    await Promise.all([...new Set(this.paths.map(dirname))].map(syncFolder));
  }

  async discard(paths: readonly string[] = this.paths): Promise<void> {
    await Promise.all(paths.map((path) => rm(path, { force: true })));
  }
}
