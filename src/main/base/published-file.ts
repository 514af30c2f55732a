import { open } from 'node:fs/promises';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from './data-folder';
import { readingError, systemCode } from './host-error';

/** The published Parquet file. Throws `no-data`, or `not-readable` where it may not be read. */
export async function publishedFile(paths: DataPaths): Promise<string> {
  try {
    await (await open(paths.parquet, 'r')).close();
    return paths.parquet;
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) {
      throw readingError(error, `The data folder ${paths.data}`) ?? error;
    }
    throw nothingPublished(error);
  }
}

export function nothingPublished(cause?: unknown): AppError {
  return new AppError('no-data', 'Nothing has been published yet.', {
    hint: 'Run refresh first.',
    cause,
  });
}
