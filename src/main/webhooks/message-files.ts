import { createHash } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, OWNER_ONLY, replaceFileContent, syncFolder } from '../base/durable-file';
import { readRecord } from '../base/record-file';
import { withShortLock } from '../base/short-lock';
import {
  type Book,
  bookSchema,
  type Endpoint,
  type Message,
  messageSchema,
  NEW_ENDPOINT,
} from './message';

/** Messages that are done beyond these are forgotten, the oldest first. */
const MOST_DONE = 1_000;

const OWNER_FOLDER = 0o700;
const NAME = /^\d{10}-[0-9a-f]{16}-[0-9a-f]{32}\.json$/;

/**
 * A message is a file in `waiting/` or `done/`, named for its place in the order, its URL and its id;
 * `endpoints.json` holds what is known of URLs, with their secrets. Only the owner may read them.
 */
export class MessageFiles {
  private readonly waiting: string;
  private readonly done: string;
  private readonly book: string;

  constructor(private readonly folder: string) {
    this.waiting = join(folder, 'waiting');
    this.done = join(folder, 'done');
    this.book = join(folder, 'endpoints.json');
  }

  /** One step for all processes: no other reads or writes here meanwhile. */
  async locked<Result>(work: () => Promise<Result>): Promise<Result> {
    await mkdir(this.folder, { recursive: true, mode: OWNER_FOLDER });
    return withShortLock(
      join(this.folder, 'deliveries.lock'),
      work,
      'The messages to webhooks are',
    );
  }

  async readBook(): Promise<Book> {
    return (await readRecord(this.book, bookSchema)) ?? { order: 0, endpoints: {} };
  }

  async writeBook(book: Book): Promise<void> {
    await replaceFileContent(this.book, JSON.stringify(book), OWNER_ONLY);
  }

  async changeEndpoint(url: string, change: Partial<Endpoint>): Promise<void> {
    const book = await this.readBook();
    const endpoint = { ...(book.endpoints[url] ?? NEW_ENDPOINT), ...change };
    await this.writeBook({ ...book, endpoints: { ...book.endpoints, [url]: endpoint } });
  }

  /** The names of the messages that wait, in order; with `url` only those that go there. */
  async namesWaiting(url?: string): Promise<string[]> {
    const names = await messagesIn(this.waiting);
    return url === undefined ? names : names.filter((name) => name.includes(`-${urlPart(url)}-`));
  }

  /** Null where it is gone, or done: a kill came before it was moved. */
  async readWaiting(name: string): Promise<Message | null> {
    const message = await readRecord(join(this.waiting, name), messageSchema);
    if (message === null || message.state === 'waiting') return message;
    await this.moveToDone(name);
    return null;
  }

  async writeWaiting(name: string, message: Message): Promise<void> {
    await replaceFileContent(join(this.waiting, name), JSON.stringify(message), OWNER_ONLY);
  }

  async add(order: number, message: Message): Promise<void> {
    const name = `${String(order).padStart(10, '0')}-${urlPart(message.url)}-${idPart(message.id)}.json`;
    await this.writeWaiting(name, message);
  }

  /** Writes its last state first, so that a kill in between does not send it again. */
  async finish(name: string, message: Message): Promise<void> {
    await this.writeWaiting(name, message);
    await this.moveToDone(name);
  }

  async putBack(name: string, message: Message): Promise<void> {
    await this.writeWaiting(name, message);
    await rm(join(this.done, name), { force: true });
  }

  /** Null for an id that is not known, or forgotten. */
  async find(id: string): Promise<{ name: string; message: Message } | null> {
    for (const folder of [this.waiting, this.done]) {
      const name = (await messagesIn(folder)).find((each) => each.endsWith(`-${idPart(id)}.json`));
      if (name === undefined) continue;
      const message = await readRecord(join(folder, name), messageSchema);
      if (message !== null) return { name, message };
    }
    return null;
  }

  /** All messages, the latest first. */
  async all(): Promise<Message[]> {
    const waiting = await messagesIn(this.waiting);
    const done = (await messagesIn(this.done)).filter((name) => !waiting.includes(name));
    const paths = [
      ...waiting.map((name) => ({ name, folder: this.waiting })),
      ...done.map((name) => ({ name, folder: this.done })),
    ].sort((a, b) => (a.name < b.name ? 1 : -1));
    const found: Message[] = [];
    for (const { name, folder } of paths) {
      const message = await readRecord(join(folder, name), messageSchema);
      if (message !== null) found.push(message);
    }
    return found;
  }

  private async moveToDone(name: string): Promise<void> {
    await mkdir(this.done, { recursive: true });
    await rename(join(this.waiting, name), join(this.done, name));
    await syncFolder(this.done);
    const names = await messagesIn(this.done);
    for (const old of names.slice(0, Math.max(0, names.length - MOST_DONE))) {
      await rm(join(this.done, old), { force: true });
    }
  }
}

async function messagesIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => NAME.test(name)).sort();
}

function urlPart(url: string): string {
  return sha256(url).slice(0, 16);
}

function idPart(id: string): string {
  return sha256(id).slice(0, 32);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
