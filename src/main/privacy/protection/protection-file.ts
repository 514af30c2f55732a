import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../preload/contract/errors';
import type { DataPaths } from '../../base/data-folder';
import { isMissing, OWNER_ONLY, replaceFileContent, syncFolder } from '../../base/durable-file';
import { readText } from '../../base/read-text';
import { wrapSchema } from './secrets';

/**
 * How a data folder is protected, and which step of switching was decided. `turning-on` and
 * `turning-off` are decided: the folder they lead to is whole beside the one that is shown.
 */

const protectionSchema = z.strictObject({
  state: z.enum(['turning-on', 'on', 'turning-off']),
  passphrase: wrapSchema,
  /** Minutes without a call after which the app locks by itself. */
  lock_after: z.int().min(1).max(1440),
});

export type Protection = z.infer<typeof protectionSchema>;

/** Null where the folder is not protected. Throws `not-readable` where that cannot be told. */
export async function readProtection({ protection }: DataPaths): Promise<Protection | null> {
  try {
    return protectionSchema.parse(JSON.parse(await readText(protection)));
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw new AppError('not-readable', `The file ${protection} cannot be read.`, {
      hint: 'It holds the key of the protected data: bring it back from a copy.',
      cause,
    });
  }
}

export async function writeProtection(paths: DataPaths, protection: Protection): Promise<void> {
  await mkdir(dirname(paths.protection), { recursive: true });
  const content = `${JSON.stringify(protectionSchema.parse(protection), null, 2)}\n`;
  await replaceFileContent(paths.protection, content, OWNER_ONLY);
}

export async function removeProtection({ protection }: DataPaths): Promise<void> {
  await rm(protection, { force: true });
  await syncFolder(dirname(protection));
}
