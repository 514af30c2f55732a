import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from './data-folder';
import { isMissing, OWNER_ONLY, syncFolder, temporaryBeside, writeSynced } from './durable-file';
import { readText } from './read-text';

/**
 * Random keys of a data folder that lie outside it, so that whoever has a copy of the folder alone
 * has none of them: a file of mode 0600 for each key in the platform's folder for configuration, or
 * in the folder that the environment variable POKEDEX_KEYS names. A data folder has an id of its own,
 * which goes with it where it is moved or copied.
 */

export type KeyName = 'tombstones' | 'access-log' | 'receipts' | 'pseudonyms';

const KEY_BYTES = 32;

const idSchema = z.object({ id: z.uuid() });
const keySchema = z.object({ key: z.hex().length(2 * KEY_BYTES) });

/**
 * The key, 32 bytes.
 *
 * @param make makes one where there is none yet; otherwise that is an error, because what was made with
 *   the key (tombstones, a sealed log) means nothing without it.
 * @throws AppError `no-key` where the key or the folder's id is not there or cannot be read.
 */
export async function folderKey(paths: DataPaths, name: KeyName, make: boolean): Promise<Buffer> {
  const id = await folderId(paths, make);
  const path = join(keysFolder(), id, `${name}.json`);
  const fresh = make ? { key: randomBytes(KEY_BYTES).toString('hex') } : null;
  const { key } = await readOrMake(path, keySchema, fresh, name);
  return Buffer.from(key, 'hex');
}

/** The folder in which the keys of this data folder lie, and what else must not lie in it. */
export async function keysOf(paths: DataPaths): Promise<string> {
  return join(keysFolder(), await folderId(paths, false));
}

/** What tells this data folder from others. Throws `no-key` where it has no keys yet. */
export function dataFolderId(paths: DataPaths): Promise<string> {
  return folderId(paths, false);
}

/** Where the keys of all data folders lie. */
export function keysFolder(): string {
  const named = process.env['POKEDEX_KEYS'];
  if (named !== undefined && named.trim() !== '') return named;
  return join(envPaths('pokedex-explorer', { suffix: '' }).config, 'keys');
}

async function folderId(paths: DataPaths, make: boolean): Promise<string> {
  const fresh = make ? { id: randomUUID() } : null;
  return (await readOrMake(paths.folderId, idSchema, fresh, 'data folder’s id')).id;
}

/** What is there, whoever made it; of two that make it at once, both get the first one's. */
async function readOrMake<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  fresh: z.output<Schema> | null,
  what: string,
): Promise<z.output<Schema>> {
  try {
    return schema.parse(JSON.parse(await readText(path)));
  } catch (error) {
    if (!isMissing(error) || fresh === null) throw noKey(path, what, error);
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = temporaryBeside(path);
  try {
    await writeSynced(temporary, `${JSON.stringify(fresh)}\n`, OWNER_ONLY);
    // Unlike a rename, a link never takes the place of what another process has just made.
    await link(temporary, path).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
  return readOrMake(path, schema, null, what);
}

function noKey(path: string, what: string, cause: unknown): AppError {
  return new AppError('no-key', `The key “${what}” of this data folder cannot be read: ${path}`, {
    hint: 'Bring the file back from a copy. Nothing was changed.',
    cause,
  });
}
