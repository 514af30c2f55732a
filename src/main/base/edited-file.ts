import { access, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decodeText } from '../../preload/contract/decode-text';
import type { Trouble } from '../../preload/contract/settings';
import { isMissing, replaceFileContent } from './durable-file';
import { readBytes } from './read-text';
import { withShortLock } from './short-lock';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Far beyond anything a person sets or runs. */
const MOST_BYTES = 20_000_000;

/**
 * A JSON file of this app that a person may edit and that several processes may change. It is
 * changed by reading it, merging and writing it under a lock. One that is not JSON is never
 * overwritten: it is renamed, and the new name is reported.
 */
export class EditedFile {
  constructor(
    readonly path: string,
    private readonly tell: (trouble: Trouble) => void,
  ) {}

  /** Null where there is none, or none any more. */
  async read(): Promise<JsonObject | null> {
    const found = await this.parse();
    return found === 'broken' ? this.locked(() => this.readOrPutAside()) : found;
  }

  /** What it holds; null where that cannot be used at the moment. Never renames it. */
  async peek(): Promise<JsonObject | null> {
    const found = await this.parse();
    return found === 'broken' ? null : found;
  }

  /** `to` gets what the file holds now, null for none, and returns what it shall hold. */
  change(to: (json: JsonObject | null) => JsonObject): Promise<JsonObject> {
    return this.locked(async () => {
      const json = to(await this.readOrPutAside());
      await replaceFileContent(this.path, `${JSON.stringify(json, null, 2)}\n`);
      return json;
    });
  }

  private locked<Result>(work: () => Promise<Result>): Promise<Result> {
    return withShortLock(`${this.path}.lock`, work);
  }

  private async readOrPutAside(): Promise<JsonObject | null> {
    const found = await this.parse();
    if (found !== 'broken') return found;
    const aside = await freeName(this.path, new Date());
    await rename(this.path, aside);
    const name = basename(this.path);
    this.tell({
      message: `${name} could not be read as JSON. It was put aside as ${basename(aside)}, and a new one is begun.`,
      hint: `To get back what it held, mend ${aside} and rename it to ${name} while the app is closed.`,
    });
    return null;
  }

  private async parse(): Promise<JsonObject | null | 'broken'> {
    try {
      if ((await stat(this.path)).size > MOST_BYTES) return 'broken';
      const json: unknown = JSON.parse(decodeText(await readBytes(this.path)));
      const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
      return isObject ? (json as JsonObject) : 'broken';
    } catch (error) {
      if (isMissing(error)) return null;
      if (error instanceof SyntaxError) return 'broken';
      throw error;
    }
  }
}

/** `settings.json` becomes `settings.broken-2026-11-28.json`, with a number where that is taken. */
async function freeName(path: string, now: Date): Promise<string> {
  const stem = basename(path, '.json');
  const day = now.toISOString().slice(0, 10);
  for (let number = 1; ; number += 1) {
    const more = number === 1 ? '' : `-${number}`;
    const name = join(dirname(path), `${stem}.broken-${day}${more}.json`);
    try {
      await access(name);
    } catch (error) {
      if (isMissing(error)) return name;
      throw error;
    }
  }
}
