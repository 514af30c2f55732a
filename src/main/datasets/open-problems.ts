import { AppError, cancelled } from '../../preload/contract/errors';
import { printable, shortened } from '../../preload/contract/printable';
import { hostError, systemCode } from '../base/host-error';
import { isOutOfMemory, outOfMemory } from '../base/whole-result';

/** Why something cannot be opened, in one sentence, and the next step. Names, never paths. */

export function cannotOpen(name: string, why: string, hint: string, cause?: unknown): AppError {
  return new AppError(
    'not-readable',
    `“${shortened(printable(name), 200)}” cannot be opened: ${why}.`,
    {
      hint,
      cause,
    },
  );
}

const OTHER_FILE = 'Check the name, or choose another file.';

/** For a call to the system that failed, or a reader of DuckDB; passes on what is neither. */
export function openingProblem(error: unknown, name: string): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.name === 'AbortError') return cancelled();
  const system = systemProblem(error, name);
  if (system !== null) return system;
  if (isOutOfMemory(error)) return outOfMemory(error);
  return readerProblem(error, name);
}

function systemProblem(error: unknown, name: string): AppError | null {
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return cannotOpen(name, 'there is no such file or folder', OTHER_FILE, error);
    case 'EACCES':
    case 'EPERM':
      return cannotOpen(
        name,
        'you may not read it',
        'Change its permissions, then open it again.',
        error,
      );
    case 'ELOOP':
      return cannotOpen(name, 'it is a link that leads back to itself', OTHER_FILE, error);
    case 'ENAMETOOLONG':
      return cannotOpen(name, 'its path is too long for this system', OTHER_FILE, error);
    case 'EIO':
    case 'ESTALE':
      return cannotOpen(
        name,
        'the disk reported an error',
        'Check the disk or the network drive, then open it again.',
        error,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk-full', 'The disk for temporary files is full.', {
        hint: 'Free some space, or set TMPDIR to a folder on another disk, then open it again.',
        cause: error,
      });
    default:
      return null;
  }
}

/** What DuckDB says of a file it cannot read, as far as a person can use it. */
function readerProblem(error: unknown, name: string): unknown {
  if (!(error instanceof Error)) return error;
  const text = error.message.split('\n')[0] ?? '';
  const kind = /^(IO|Invalid Input|Invalid|Conversion|Not implemented|Serialization) Error: /.exec(
    text,
  );
  if (kind === null) return hostError(error, 'The file') ?? error;
  if (/No files found|does not exist|Cannot open file/i.test(text)) {
    return cannotOpen(name, 'it has been moved or deleted meanwhile', OTHER_FILE, error);
  }
  if (/encrypt/i.test(text)) return encrypted(name, error);
  if (/magic bytes found at end|too small to be a Parquet/i.test(text)) {
    return cannotOpen(
      name,
      'its end is missing: it is cut off, or still being written',
      'Wait until it is complete, or get it again from where it came.',
      error,
    );
  }
  if (/^Not implemented|Unsupported |only supported for|not supported/i.test(text)) {
    return cannotOpen(
      name,
      `it uses something that is not supported (${reason(text, kind[0])})`,
      'Write it again in a more common form, for instance with snappy or zstd compression.',
      error,
    );
  }
  return cannotOpen(
    name,
    `it is damaged or not complete (${reason(text, kind[0])})`,
    'Get the file again from where it came, or choose another one.',
    error,
  );
}

/** Without paths, which are nobody's business on a page. */
function reason(text: string, kind: string): string {
  const plain = text
    .slice(kind.length)
    .replace(/^Failed to read file "[^"]*": /, '')
    .replace(/(["'])[^"']*[\\/][^"']*\1/g, 'the file')
    .replace(/ in file the file\b/, '')
    .replace(/[.: ]+$/, '');
  return shortened(printable(plain), 160);
}

export function encrypted(name: string, cause?: unknown): AppError {
  return cannotOpen(
    name,
    'it is encrypted',
    'Write it again without encryption, and open that file.',
    cause,
  );
}
