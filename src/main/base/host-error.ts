import { counted } from '../../preload/contract/counts';
import { AppError } from '../../preload/contract/errors';

/** What DuckDB writes for the system's errors, in strerror's words. */
const WORDS: readonly [text: RegExp, code: string][] = [
  [/No space left on device/i, 'ENOSPC'],
  [/Disk quota exceeded/i, 'EDQUOT'],
  [/Permission denied/i, 'EACCES'],
  [/Operation not permitted/i, 'EPERM'],
  [/Read-only file system/i, 'EROFS'],
  [/Not a directory/i, 'ENOTDIR'],
  [/Is a directory/i, 'EISDIR'],
  [/Too many levels of symbolic links/i, 'ELOOP'],
  [/File name too long/i, 'ENAMETOOLONG'],
  [/Too many open files in system/i, 'ENFILE'],
  [/Too many open files/i, 'EMFILE'],
  [/Input\/output error/i, 'EIO'],
  [/No locks available/i, 'ENOLCK'],
  [/Operation not supported/i, 'ENOTSUP'],
  [/Function not implemented/i, 'ENOSYS'],
  [/Stale (NFS )?file handle/i, 'ESTALE'],
  [/fsync (failed|file)/i, 'EIO'],
];

const CODES = new Set(WORDS.map(([, code]) => code));

/** The system's own error code, whether Node or DuckDB reports the failure. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') {
    // Node's own names for these errors of the system.
    return error.code.replace(/^ERR_FS_/, '');
  }
  const text = error.message;
  const worded = WORDS.find(([words]) => words.test(text))?.[1];
  return worded ?? /\bE[A-Z]{3,}\b/.exec(text)?.find((code) => CODES.has(code)) ?? null;
}

/**
 * A fault of the host machine, in a person's words: full disk, read-only folder.
 * Returns null where the error is not the host's fault.
 *
 * @param place what was worked on, as a sentence begins: `The data folder /home/ash/pokedex`
 */
export function hostError(error: unknown, place: string): AppError | null {
  if (error instanceof AppError) return error;
  const code = isFileForFolder(error) ? 'ENOTDIR' : systemCode(error);
  const intact = 'and run it again; what was published before is intact.';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk-full', `The disk is full: ${place} could not be written.`, {
        hint: `Free some space ${intact}`,
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
      return new AppError('not-writable', `${place} cannot be written${named(error)}.`, {
        hint: 'Check the folder’s permissions, or choose another one with --data DIR.',
        cause: error,
      });
    case 'EROFS':
      return new AppError(
        'not-writable',
        `${place} cannot be written: its file system is read-only${named(error)}.`,
        { hint: 'Mount it for writing, or choose another folder with --data DIR.', cause: error },
      );
    case 'ENOTDIR':
      return new AppError(
        'not-writable',
        `${place} cannot be written: a file stands where a folder belongs${named(error)}.`,
        { hint: `Move that file away ${intact}`, cause: error },
      );
    case 'EISDIR':
    case 'ENOTEMPTY':
      return new AppError(
        'not-writable',
        `${place} has a folder where a file belongs${named(error)}.`,
        { hint: `Move that folder away ${intact}`, cause: error },
      );
    case 'EFTYPE':
      return new AppError(
        'not-readable',
        `${place} has a pipe or a device where a file belongs${named(error)}.`,
        { hint: `Remove it ${intact}`, cause: error },
      );
    case 'ELOOP':
      return new AppError(
        'not-writable',
        `${place} has a link where none belongs, or a loop of links${named(error)}.`,
        { hint: `Remove that link ${intact}`, cause: error },
      );
    case 'ENAMETOOLONG':
      return new AppError(
        'not-writable',
        `${shortened(place)} has a path that is too long for this system.`,
        { hint: 'Choose a folder with a shorter path with --data DIR.', cause: error },
      );
    case 'EMFILE':
    case 'ENFILE':
      return new AppError('too-few-files', 'The system allows no more open files.', {
        hint: 'Raise the limit (ulimit -n), or lower --concurrency.',
        cause: error,
      });
    case 'EIO':
    case 'ESTALE':
      return new AppError(
        'not-readable',
        `${place} cannot be used: the disk reported an error${named(error)}.`,
        {
          hint: 'Check the disk or the network drive; what was published before is intact.',
          cause: error,
        },
      );
    default:
      return isSystemError(error) ? refusedBySystem(error, place) : null;
  }
}

function isFileForFolder(error: unknown): boolean {
  return isSystemError(error) && error.syscall === 'mkdir' && error.code === 'EEXIST';
}

type SystemError = Error & { code: string; syscall: string };

/** For a system call about a file; connections are described elsewhere. */
function isSystemError(error: unknown): error is SystemError {
  return (
    error instanceof Error &&
    'path' in error &&
    'syscall' in error &&
    typeof error.syscall === 'string' &&
    'code' in error &&
    typeof error.code === 'string'
  );
}

function refusedBySystem(error: SystemError, place: string): AppError {
  return new AppError(
    'not-writable',
    `${place} cannot be used: the system answered ${error.code} to ${error.syscall}${named(error)}.`,
    {
      hint: 'Check the folder and the drive it is on, or choose another one with --data DIR.',
      cause: error,
    },
  );
}

/** The path, where the system names it: the last of two, which is what a rename should have made. */
function named(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const path =
    /'([^']+)'$/.exec(error.message)?.[1] ??
    ('path' in error && typeof error.path === 'string' ? error.path : undefined) ??
    /"([^"]+)"/.exec(error.message)?.[1];
  return path === undefined ? '' : `: ${shortened(path)}`;
}

/** A path of thousands of characters cannot be read by a person. */
function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST_SHOWN) return text;
  return `${characters.slice(0, LONGEST_SHOWN).join('')}… (${counted(characters.length, 'character')})`;
}

const LONGEST_SHOWN = 300;

/** For an error while reading data that is there but not readable for us. Null for other errors. */
export function readingError(error: unknown, place: string): AppError | null {
  if (error instanceof AppError) return error;
  switch (systemCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return new AppError('not-readable', `${place} cannot be read${named(error)}.`, {
        hint: 'Check its permissions, or choose another folder with --data DIR.',
        cause: error,
      });
    case 'EISDIR':
      return new AppError(
        'not-readable',
        `${place} has a folder where a file belongs${named(error)}.`,
        { hint: 'Move that folder away, then run refresh.', cause: error },
      );
    case 'ELOOP':
      return new AppError('not-readable', `${place} has a loop of links${named(error)}.`, {
        hint: 'Remove that link, then run refresh.',
        cause: error,
      });
    default:
      return hostError(error, place);
  }
}
