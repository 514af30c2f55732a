import { AppError } from '../../preload/contract/errors';

const CODES = [
  'ENOSPC',
  'EDQUOT',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EISDIR',
  'EMFILE',
  'EIO',
] as const;

/** The system's own error code, whether Node or DuckDB reports the failure. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  const text = error.message;
  if (/No space left on device/i.test(text)) return 'ENOSPC';
  if (/Disk quota exceeded/i.test(text)) return 'EDQUOT';
  if (/Permission denied/i.test(text)) return 'EACCES';
  if (/Read-only file system/i.test(text)) return 'EROFS';
  if (/Not a directory/i.test(text)) return 'ENOTDIR';
  return CODES.find((code) => text.includes(code)) ?? null;
}

/**
 * What the host machine did to us, in a person's words: full disk, read-only folder.
 * Returns null where the error is not the host's fault.
 */
export function hostError(error: unknown, place: string): AppError | null {
  if (error instanceof AppError) return error;
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk-full', `The disk is full: ${place} could not be written.`, {
        hint: 'Free some space and run it again; what was published before is intact.',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new AppError('not-writable', `${place} cannot be written.`, {
        hint: 'Check the folder’s permissions, or choose another one with --data DIR.',
        cause: error,
      });
    case 'EISDIR':
    case 'ENOTEMPTY':
      return new AppError(
        'not-writable',
        `${place} has a folder where a file belongs${named(error)}.`,
        {
          hint: 'Move that folder away and run it again; what was published before is intact.',
          cause: error,
        },
      );
    case 'EMFILE':
    case 'ENFILE':
      return new AppError('internal', 'The system allows no more open files.', {
        hint: 'Raise the limit (ulimit -n), or lower --concurrency.',
        cause: error,
      });
    case 'EIO':
      return new AppError('not-readable', `The disk reported an error at ${place}.`, {
        hint: 'Check the disk; what was published before is intact.',
        cause: error,
      });
    default:
      return null;
  }
}

/** Which one it is, where the system says so: of two paths the last, which a rename was to make. */
function named(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const path = /'([^']+)'$/.exec(error.message)?.[1] ?? /"([^"]+)"/.exec(error.message)?.[1];
  return path === undefined ? '' : `: ${path}`;
}

/** Of an error while reading: the data is there, but not for us. Null where it is not that. */
export function readingError(error: unknown, place: string): AppError | null {
  if (error instanceof AppError) return error;
  if (!['EACCES', 'EPERM'].includes(systemCode(error) ?? '')) return null;
  return new AppError('not-readable', `${place} cannot be read.`, {
    hint: 'Check its permissions, or choose another folder with --data DIR.',
    cause: error,
  });
}
