import { createReadStream, createWriteStream } from 'node:fs';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { cannotOpen, openingProblem } from './open-problems';
import type { ScratchFolder } from './scratch-folder';

/** Unpacks a file into the scratch folder. Throws `not-readable` where it is damaged or cut off. */
export async function unpack(
  path: string,
  packed: 'gzip' | 'zstd',
  name: string,
  scratch: ScratchFolder,
  signal?: AbortSignal,
): Promise<string> {
  const out = await scratch.newPath('');
  const unpacking = packed === 'gzip' ? createGunzip() : new Unzstd();
  try {
    await pipeline(createReadStream(path), unpacking, createWriteStream(out, { mode: 0o600 }), {
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (!isPackingFault(error)) throw openingProblem(error, name);
    throw cannotOpen(
      name,
      `its ${packed} packing is damaged or cut off`,
      'Get the file again from where it came.',
      error,
    );
  }
  return out;
}

/** Node says Z_BUF_ERROR and the like; fzstd gives its errors a number. */
function isPackingFault(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return typeof error.code === 'number' || /^Z_|^UNZSTD/.test(String(error.code));
}

/** Frames of zstd, one behind the other. */
class Unzstd extends Transform {
  private readonly decompress = new Decompress((part) => {
    // The memory of a part is used again for the next.
    this.push(Buffer.from(part));
  });

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.feed(chunk, false, done);
  }

  override _flush(done: TransformCallback): void {
    this.feed(new Uint8Array(0), true, done);
  }

  private feed(chunk: Uint8Array, last: boolean, done: TransformCallback): void {
    try {
      this.decompress.push(chunk, last);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
