import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { AppError } from '../../preload/contract/errors';
import { folderOf, folderSource, sourceKind } from '../../preload/contract/source-kinds';
import { OWN_NAMES } from '../base/data-folder';
import { isMissing } from '../base/durable-file';
import { readingError } from '../base/host-error';
import { parseSourceUrl } from '../pipeline/source-url';

/** A source as it is kept: of a folder the whole path. Throws `bad-source` for what no gather could use. */
export function soundSource(source: string): string {
  const kind = sourceKind(source);
  if (kind === 'folder') return absoluteFolderSource(source);
  if (kind === 'url') parseSourceUrl(source);
  return source;
}

/** A folder source with its whole path. Throws `bad-source` where it names none. */
export function absoluteFolderSource(source: string): string {
  const path = folderOf(source);
  if (path === null || path.trim() === '') {
    throw new AppError('bad-source', `“${source}” names no folder.`, {
      hint: 'Give its path, such as folder:/home/ash/documents.',
    });
  }
  return folderSource(resolve(path));
}

/**
 * The folder that a source names. Throws `bad-source` where there is none, or where it is one in which
 * the app keeps its own data.
 */
export async function openFolder(source: string, data: string): Promise<string> {
  const folder = folderOf(absoluteFolderSource(source)) ?? '';
  try {
    if (!(await stat(folder)).isDirectory()) {
      throw new AppError('bad-source', `${folder} is not a folder.`, {
        hint: 'Give the folder that the documents are in.',
      });
    }
    // Before the first refresh there is none.
    const own = await realpath(data).catch(() => null);
    if (own !== null && isOwn(relative(own, await realpath(folder)))) {
      throw new AppError('bad-source', `${folder} belongs to the data folder.`, {
        hint: 'Choose a folder of your own: the app does not take up what it wrote itself.',
      });
    }
  } catch (cause) {
    if (isMissing(cause)) {
      throw new AppError('bad-source', `There is no folder ${folder}.`, {
        hint: 'Make it, connect its drive, or give another path; what was published before is intact.',
        cause,
      });
    }
    throw readingError(cause, `The folder ${folder}`) ?? cause;
  }
  return folder;
}

/** @param inData the folder as seen from the data folder */
function isOwn(inData: string): boolean {
  if (inData === '') return true;
  const [first = ''] = inData.split(sep);
  return !isAbsolute(inData) && OWN_NAMES.has(first.toLowerCase());
}
