import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const { O_NONBLOCK, O_RDONLY } = constants;

/** A file's text; rejects as `readBytes` does. */
export async function readText(path: string): Promise<string> {
  return (await readBytes(path)).toString('utf8');
}

/**
 * A file's bytes. Unlike Node's own call it never waits for a pipe that is in the file's place, and
 * its error names the path, also for a folder there.
 */
export async function readBytes(path: string): Promise<Buffer> {
  // Windows has no such flag, and no pipes among its files.
  const handle = await open(path, O_RDONLY | (O_NONBLOCK ?? 0));
  try {
    const file = await handle.stat();
    if (!file.isFile()) throw notAFile(path, file.isDirectory() ? 'EISDIR' : 'EFTYPE');
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** EFTYPE is BSD's word for a file of the wrong kind; Linux has none. */
function notAFile(path: string, code: 'EISDIR' | 'EFTYPE'): Error {
  return Object.assign(new Error(`${code}: not an ordinary file, read '${path}'`), {
    code,
    path,
    syscall: 'read',
  });
}
