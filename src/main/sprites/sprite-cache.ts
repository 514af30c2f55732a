import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { namesIn, replaceFileContent } from '../base/durable-file';
import { readRecord } from '../base/record-file';

/** The URL that each sprite came from, by number. */
const indexSchema = z.record(z.string().regex(/^[1-9]\d{0,8}$/), z.string());

/** `<id>.png` of every sprite fetched, in one folder; derived, may be deleted at any time. */
export class SpriteCache {
  private index: Record<string, string> = {};

  constructor(private readonly folder: string) {}

  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const files = new Set(await namesIn(this.folder));
    const known = Object.entries(await readIndex(this.indexPath));
    this.index = Object.fromEntries(known.filter(([id]) => files.has(`${id}.png`)));
  }

  has(id: number, url: string): boolean {
    return this.index[id] === url;
  }

  async put(id: number, url: string, png: Buffer): Promise<void> {
    await replaceFileContent(join(this.folder, `${id}.png`), png);
    this.index[id] = url;
  }

  /** Deletes the sprites of Pokémon that are no longer in the dataset. */
  async keepOnly(ids: ReadonlySet<number>): Promise<void> {
    for (const name of await namesIn(this.folder)) {
      const id = /^(\d+)\.png$/.exec(name)?.[1];
      if (id === undefined || ids.has(Number(id))) continue;
      await rm(join(this.folder, name), { force: true });
      delete this.index[id];
    }
  }

  async save(): Promise<void> {
    await replaceFileContent(this.indexPath, JSON.stringify(this.index));
  }

  private get indexPath(): string {
    return join(this.folder, 'index.json');
  }
}

/** The numbers of the sprites in a cache's folder; none where there is no such folder. */
export async function cachedSprites(folder: string): Promise<number[]> {
  const ids = (await namesIn(folder)).map((name) => /^([1-9]\d{0,8})\.png$/.exec(name)?.[1]);
  return ids.filter((id) => id !== undefined).map(Number);
}

/** An index that cannot be read counts as empty: the sprites are fetched again. */
async function readIndex(path: string): Promise<Record<string, string>> {
  return (await readRecord(path, indexSchema)) ?? {};
}
