import { constants } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, replaceFile, replaceFileContent } from '../base/durable-file';
import { systemCode } from '../base/host-error';

/** What is larger is not copied: the reason and the file's own place have to do. */
const MOST_COPIED_BYTES = 64 * 1024 * 1024;
const LONGEST_NAME = 60;

interface Bad {
  folder: string;
  path: string;
  size: number;
  sha256: string;
  reason: string;
  at: string;
}

/**
 * Keeps a copy of a file that was not taken up, and its reason beside it. The file itself stays where it is:
 * the folder is somebody else's, whose tool would miss it or send it again.
 */
export async function quarantine(quarantined: string, absolute: string, bad: Bad): Promise<void> {
  await mkdir(quarantined, { recursive: true });
  const name = join(quarantined, `${bad.sha256.slice(0, 12)}-${plainName(bad.path)}`);
  await replaceFileContent(`${name}.reason.json`, `${JSON.stringify(bad, null, 2)}\n`);
  if (bad.size > MOST_COPIED_BYTES) return;
  try {
    await replaceFile(name, (temporary) =>
      copyFile(absolute, temporary, constants.COPYFILE_FICLONE),
    );
  } catch (error) {
    // It went away, or is closed by now: the reason stays.
    if (!isMissing(error) && systemCode(error) !== 'EACCES') throw error;
  }
}

/** A file's name that every system takes. */
function plainName(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  const plain = name.replaceAll(/[\p{Cc}\p{Cs}\p{Cn}"*/:<>?\\|]/gu, '_');
  return [...plain].slice(-LONGEST_NAME).join('').replace(/^\.+/, '_');
}
