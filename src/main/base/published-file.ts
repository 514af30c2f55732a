import { access, constants, stat } from 'node:fs/promises';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from './data-folder';
import { isMissing } from './durable-file';
import { stampsOf } from './file-stamps';
import { readingError, systemCode } from './host-error';

/** The published Parquet file. Throws `no-data`, or `not-readable` where it may not be read. */
export async function publishedFile(paths: DataPaths): Promise<string> {
  try {
    await access(paths.parquet, constants.R_OK);
    // DuckDB would wait for a pipe.
    if ((await stat(paths.parquet)).isFile()) return paths.parquet;
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) {
      throw readingError(error, `The data folder ${paths.data}`) ?? error;
    }
    throw nothingPublished(error);
  }
  throw new AppError('not-readable', `${paths.parquet} is not a file.`, {
    hint: 'Move it away, then run refresh to publish the dataset again.',
  });
}

/** The published file as its engines load it, in its state now. */
export async function publishedScan(parquet: string) {
  return { name: 'pokemon', from: { parquet }, files: await stampsOf([parquet]) };
}

/** Another for each file that was ever published at that place; null where there is none. */
export async function fileIdentity(path: string): Promise<string | null> {
  try {
    const { ino, mtimeMs, ctimeMs, size } = await stat(path);
    return `${ino} ${mtimeMs} ${ctimeMs} ${size}`;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** For a file that is no longer the one whose version a person sees. */
export function versionReplaced(): AppError {
  return new AppError('version-replaced', 'The data have changed since they were opened.', {
    hint: 'Try again: they are being opened again.',
  });
}

export function nothingPublished(cause?: unknown): AppError {
  return new AppError('no-data', 'Nothing has been published yet.', {
    hint: 'Run refresh first.',
    cause,
  });
}

/** For a published file that DuckDB does not accept: damaged, or not a file at all. */
export function unreadableDataset(error: unknown): AppError {
  const text = error instanceof Error ? error.message : String(error);
  const reason = text.split('\n')[0]?.replace(/^[A-Z][A-Za-z ]* Error: /, '');
  return new AppError('not-readable', `The dataset cannot be read: ${reason}.`, {
    hint: 'Run refresh to publish the dataset again.',
    cause: error,
  });
}
