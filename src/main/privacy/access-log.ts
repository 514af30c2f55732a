import { createHmac } from 'node:crypto';
import { mkdir, open, truncate } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Access, AccessLog } from '../../preload/contract/access-log';
import { AppError } from '../../preload/contract/errors';
import { highestOf } from '../../preload/contract/extent';
import type { DataPaths } from '../base/data-folder';
import {
  isMissing,
  OWNER_ONLY,
  removeTemporaries,
  replaceFileContent,
  syncFolder,
  whereFlushable,
} from '../base/durable-file';
import { folderKey, keysOf } from '../base/folder-keys';
import { readText } from '../base/read-text';
import { readRecord } from '../base/record-file';
import { withShortLock } from '../base/short-lock';
import {
  CHAIN_START,
  type ChainEnd,
  chained,
  chainProblems,
  entryIn,
  isSame,
  sealOf,
} from './access-chain';

/**
 * Who used identity when, one JSON object per line, chained (access-chain.ts). The seal of its end lies
 * beside the folder's keys. It is written before the line, with the line in it, and again once the line is
 * in the log: whoever is killed in between has noted the entry, which the next one brings into the log.
 */

const SEAL_FILE = 'access-log-seal.json';
const LOCK_FILE = 'access-log.lock';

const sealSchema = z.strictObject({
  count: z.int().nonnegative(),
  last: z.string(),
  /** The last line while it may not be in the log yet; null once it is. */
  pending: z.string().nullable(),
  seal: z.string(),
});

/**
 * Notes an access. Rejects where that cannot be done; what is noted before it is done did not happen
 * unseen.
 */
export async function noteAccess(paths: DataPaths, access: Access): Promise<void> {
  const key = await folderKey(paths, 'access-log', true);
  const keys = await keysOf(paths);
  await underLock(keys, async () => {
    const sealed = await readSeal(keys, key);
    if (sealed !== null && sealed.pending !== null) await bringIn(paths, sealed.pending);
    const end = sealed ?? (await endWithoutSeal(paths));
    const entry = { n: end.count + 1, at: new Date().toISOString(), user: userName(), ...access };
    const { line, seal } = chained(entry, end.last, key);
    const sealing = { count: entry.n, last: seal };
    await writeSeal(keys, key, { ...sealing, pending: line });
    await bringIn(paths, line);
    await writeSeal(keys, key, { ...sealing, pending: null });
  });
}

/** The log, held against its seal. */
export async function readAccessLog(paths: DataPaths): Promise<AccessLog> {
  const secrets = await secretsOf(paths);
  if (typeof secrets === 'string') {
    const lines = await linesOf(paths);
    const problems = lines.length === 0 ? [] : [`The log is not sealed. ${secrets}`];
    return told(lines, lines.length, problems);
  }
  const { key, keys } = secrets;
  return underLock(keys, async () => {
    const sealed = await readSeal(keys, key);
    const lines = await linesOf(paths);
    if (sealed === null && lines.length === 0) return told([], 0, []);
    const all = withPending(lines, sealed?.pending ?? null);
    return told(all, sealed?.count ?? lines.length, chainProblems(all, sealed, key));
  });
}

/**
 * The mark of a subject in the log, from its salt: whoever has erased the salt can no longer tell
 * whose mark it is.
 */
export function subjectMark(salt: Uint8Array): string {
  return createHmac('sha256', salt).update('access-log').digest('hex').slice(0, 32);
}

function told(lines: readonly string[], noted: number, problems: string[]): AccessLog {
  return { noted, problems, entries: lines.flatMap((line) => entryIn(line) ?? []) };
}

async function secretsOf(paths: DataPaths): Promise<{ key: Buffer; keys: string } | string> {
  try {
    return { key: await folderKey(paths, 'access-log', false), keys: await keysOf(paths) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'no-key') return error.message;
    throw error;
  }
}

async function underLock<Result>(keys: string, work: () => Promise<Result>): Promise<Result> {
  return withShortLock(join(keys, LOCK_FILE), work, 'The access log is');
}

type Sealed = Omit<z.infer<typeof sealSchema>, 'seal'>;

async function readSeal(keys: string, key: Buffer): Promise<Sealed | null> {
  const record = await readRecord(join(keys, SEAL_FILE), sealSchema);
  if (record === null) return null;
  const { seal, ...sealed } = record;
  return isSame(seal, sealOf(JSON.stringify(sealed), key)) ? sealed : null;
}

async function writeSeal(keys: string, key: Buffer, sealed: Sealed): Promise<void> {
  await removeTemporaries(keys, (name) => name === SEAL_FILE);
  const content = JSON.stringify({ ...sealed, seal: sealOf(JSON.stringify(sealed), key) });
  await replaceFileContent(join(keys, SEAL_FILE), `${content}\n`, OWNER_ONLY);
}

/** Entries go on being noted in a log that has lost its seal; that it was lost stays to be seen. */
async function endWithoutSeal(paths: DataPaths): Promise<ChainEnd> {
  const lines = await linesOf(paths);
  if (lines.length === 0) return { count: 0, last: CHAIN_START };
  const numbers = lines.flatMap((line) => entryIn(line)?.n ?? []);
  return { count: highestOf(numbers, lines.length), last: 'a log without its seal' };
}

async function linesOf({ accessLog }: DataPaths): Promise<string[]> {
  try {
    return (await readText(accessLog)).split('\n').filter((line) => line !== '');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** With the line that was sealed, of which a kill may have left a part or nothing. */
function withPending(lines: readonly string[], pending: string | null): readonly string[] {
  if (pending === null) return lines;
  const last = lines.at(-1) ?? '';
  if (last === pending) return lines;
  const isTorn = last !== '' && pending.startsWith(last);
  return [...(isTorn ? lines.slice(0, -1) : lines), pending];
}

/** Writes the sealed line where the log does not end in it yet. */
async function bringIn({ accessLog }: DataPaths, line: string): Promise<void> {
  await mkdir(dirname(accessLog), { recursive: true });
  const file = await open(accessLog, 'a+', OWNER_ONLY);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, Buffer.byteLength(line) + 1);
    const tail = Buffer.alloc(length);
    await file.read(tail, 0, length, size - length);
    const end = tail.toString();
    const last = end.slice(end.trimEnd().lastIndexOf('\n') + 1);
    if (last === `${line}\n`) return;
    if (last !== '' && !last.endsWith('\n') && line.startsWith(last)) {
      await truncate(accessLog, size - Buffer.byteLength(last));
    } else if (last !== '' && !last.endsWith('\n')) {
      await file.write('\n');
    }
    await file.write(`${line}\n`);
    await whereFlushable(() => file.sync());
  } finally {
    await file.close();
  }
  await syncFolder(dirname(accessLog));
}

/** The account's name; a process may have none, as in a container. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
