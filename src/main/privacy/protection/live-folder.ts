import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs, symlink, utimes, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../preload/contract/errors';
import { type DataPaths, dataPaths, OWN_NAMES } from '../../base/data-folder';
import { namesIn, OWNER_ONLY } from '../../base/durable-file';
import { dataFolderId } from '../../base/folder-keys';
import { isOwnerAlive, MARK, ownerMark } from '../../base/owner-mark';
import { withShortLock } from '../../base/short-lock';
import { acquireWriterLock } from '../../base/writer-lock';
import { mirrorFolder } from './mirror-folder';
import { writeRedacted } from './redacted-folder';
import { hasChanged, openFolder, sealFolder } from './sealed-folder';

/**
 * A protected data folder while somebody may see it: whole and in the clear, in a folder that is only in
 * memory. All programs of this account that have the key use the same one; the last to leave takes it
 * away. What changes in it is sealed, and the folder on the disk gets a redacted copy.
 */

/** Stay where they are, on the disk: they name nobody. */
const SHARED = ['privacy', 'receipts'] as const;
/** Neither sealed nor redacted; the folder itself has no name. */
const APART: ReadonlySet<string> = new Set([
  '',
  ...SHARED,
  ...['sealed', 'log', 'writer.lock', 'writer.lock.wal', 'writer.json', 'live.json'],
]);
/** What of the redacted folder follows each version. */
const FOLLOWING = ['tables', 'pokemon.parquet'];

const MEMORY = '/dev/shm';
/** The number of tmpfs, as statfs(2) tells it. */
const TMPFS = 0x01021994;

/** The names directly in a data folder that hold the data, in the clear or redacted. */
export const DATA_NAMES: readonly string[] = [
  ...[...OWN_NAMES].filter((name) => !APART.has(name)),
  // Where people keep the views of these data.
  'views',
];

/** Whether a file of a data folder is sealed, by its path. */
export function isSealed(path: string): boolean {
  const [first = ''] = path.split('/');
  return (
    DATA_NAMES.includes(first.toLowerCase()) && !path.endsWith('.tmp') && !path.endsWith('.lock')
  );
}

/** Throws `not-writable` where this system has no folder that is only in memory. */
export async function requireMemory(): Promise<void> {
  const type = process.platform === 'linux' ? (await statfs(MEMORY).catch(() => null))?.type : null;
  if (type === TMPFS) return;
  throw new AppError('not-writable', 'The protected mode needs a folder that is only in memory.', {
    hint: 'On this system there is none: Linux has it as /dev/shm. Encrypt the whole disk instead.',
  });
}

const SEAL_EVERY_MS = 10_000;
const TRY_EVERY_MS = 100;
const MOST_TRIES = 100;

export class LiveFolder {
  private sealing: NodeJS.Timeout | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly disk: DataPaths,
    private readonly place: string,
    private readonly holder: string,
    private readonly dataKey: Uint8Array,
  ) {}

  /** Throws `wrong-key`. */
  static async enter(disk: DataPaths, dataKey: Uint8Array): Promise<LiveFolder> {
    await requireMemory();
    const place = await placeOf(disk);
    const holder = join(place, 'holders', `${ownerMark()}-${randomUUID()}`);
    await underLock(place, async () => {
      if (!(await hasHolder(place))) {
        await rm(place, { recursive: true, force: true });
        await mkdir(join(place, 'holders'), { recursive: true, mode: 0o700 });
        try {
          await fill(disk, join(place, 'data'), dataKey);
        } catch (error) {
          await rm(place, { recursive: true, force: true });
          throw error;
        }
      }
      await writeFile(holder, '', { mode: OWNER_ONLY });
    });
    return new LiveFolder(disk, place, holder, dataKey);
  }

  /** The data folder to be used. */
  get data(): string {
    return join(this.place, 'data');
  }

  /** For temporary files of every kind. */
  async temporary(): Promise<string> {
    const folder = join(this.place, 'tmp');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Brings changes to the disk every few seconds, until it is left. @param failed is told why not */
  keepSealed(failed: (error: unknown) => void): void {
    const seal = () => void this.inTurn(() => this.sealIfFree()).catch(failed);
    this.sealing = setInterval(seal, SEAL_EVERY_MS).unref();
  }

  /** Brings what has changed to the disk. Throws `locked` where somebody writes for long. */
  seal(): Promise<void> {
    return this.inTurn(async () => {
      for (let tries = 1; !(await this.sealIfFree()); tries += 1) {
        if (tries === MOST_TRIES) throw inUse();
        await new Promise((again) => setTimeout(again, TRY_EVERY_MS));
      }
    });
  }

  /** False where somebody writes just now. */
  private async sealIfFree(): Promise<boolean> {
    if (!(await hasChanged(this.data, this.disk.sealed, this.dataKey, isSealed))) return true;
    const live = dataPaths(this.data);
    const lock = await acquireWriterLock(live, 'seal').catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'locked') return null;
      throw error;
    });
    if (lock === null) return false;
    try {
      await sealFolder(this.data, this.disk.sealed, this.dataKey, isSealed);
      await this.redact(live);
      return true;
    } finally {
      await lock.release();
    }
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }

  /** Seals, and takes the folder away where nobody else uses it. */
  async leave(): Promise<void> {
    clearInterval(this.sealing);
    await underLock(this.place, async () => {
      await rm(this.holder, { force: true });
      if (await hasHolder(this.place)) return;
      try {
        await this.seal();
      } finally {
        await rm(this.place, { recursive: true, force: true });
      }
    });
  }

  /** Whether others still use the folder in memory. */
  async isThere(): Promise<boolean> {
    return hasHolder(this.place);
  }

  private async redact(live: DataPaths): Promise<void> {
    const made = join(this.place, 'redacted');
    await rm(made, { recursive: true, force: true });
    await writeRedacted(live, made);
    await mirrorFolder(made, this.disk.data, FOLLOWING);
    await rm(made, { recursive: true, force: true });
  }
}

/** For data that another program of this account uses. */
export function inUse(): AppError {
  return new AppError('locked', 'The protected data are in use by another program.', {
    hint: 'Lock or close it, then try again.',
  });
}

/** Takes away what programs of this account that were killed have left in memory, of any data folder. */
export async function clearAbandonedLive(): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const name of await namesIn(MEMORY)) {
    if (!name.startsWith(placeName('')) || name.endsWith('.lock')) continue;
    const place = join(MEMORY, name);
    if (await hasHolder(place)) continue;
    await underLock(place, async () => {
      if (!(await hasHolder(place))) await rm(place, { recursive: true, force: true });
    });
  }
}

async function placeOf(disk: DataPaths): Promise<string> {
  return join(MEMORY, placeName(await dataFolderId(disk)));
}

function placeName(id: string): string {
  return `pokedex-live-${userInfo().uid}-${id}`;
}

async function fill(disk: DataPaths, data: string, dataKey: Uint8Array): Promise<void> {
  await mkdir(data, { mode: 0o700 });
  await openFolder(disk.sealed, data, dataKey);
  for (const name of SHARED) {
    await mkdir(join(disk.data, name), { recursive: true });
    await symlink(join(disk.data, name), join(data, name));
  }
  await writeFile(dataPaths(data).live, `${JSON.stringify({ of: disk.data })}\n`);
}

const HOLDER = new RegExp(`^${MARK}-`);

/** Of a program that still runs. */
async function hasHolder(place: string): Promise<boolean> {
  const marks = (await namesIn(join(place, 'holders'))).flatMap(
    (name) => HOLDER.exec(name)?.[1] ?? [],
  );
  return marks.some(isOwnerAlive);
}

/** The lock counts as abandoned after a while, so it is renewed during the work. */
async function underLock<Result>(place: string, work: () => Promise<Result>): Promise<Result> {
  const lock = `${place}.lock`;
  return withShortLock(
    lock,
    async () => {
      const renewing = setInterval(() => {
        const now = new Date();
        // Whoever renews a lock that is just given back renews nothing.
        utimes(lock, now, now).catch(() => {});
      }, 1000);
      try {
        return await work();
      } finally {
        clearInterval(renewing);
      }
    },
    'The protected data are',
  );
}
