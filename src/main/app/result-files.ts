import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ScratchFolder } from '../datasets/scratch-folder';

/** Where the console's engine writes whole results: private files, each gone once it is taken. */
export class ResultFiles {
  private readonly scratch = new ScratchFolder();
  private made: Promise<string> | null = null;
  private last = 0;

  /** The folder that the engine may write to, and the files in it alone. */
  folder(): Promise<string> {
    this.made ??= this.make();
    return this.made;
  }

  /** A path in it where nothing is yet, and what takes the file there away. */
  async newFile(ending: string): Promise<{ path: string; remove(): Promise<void> }> {
    this.last += 1;
    const path = join(await this.folder(), `result-${this.last}.${ending}`);
    return { path, remove: () => rm(path, { force: true }) };
  }

  close(): Promise<void> {
    return this.scratch.remove();
  }

  private async make(): Promise<string> {
    const folder = await this.scratch.newPath('');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }
}
