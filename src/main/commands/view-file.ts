import { readFile, stat } from 'node:fs/promises';
import { decodeText } from '../../preload/contract/decode-text';
import { AppError } from '../../preload/contract/errors';
import { LONGEST_VIEW, type NewView, viewTooLarge } from '../../preload/contract/view-format';
import { isMissing } from '../base/durable-file';
import { systemCode } from '../base/host-error';

/** The text of a view file that a command names. Throws `bad-view`. */
export async function readViewFile(path: string): Promise<string> {
  try {
    if ((await stat(path)).size <= LONGEST_VIEW) return decodeText(await readFile(path));
  } catch (cause) {
    throw new AppError('bad-view', `The view file ${path} cannot be read.`, {
      hint: viewFileHint(cause),
      cause,
    });
  }
  throw viewTooLarge();
}

function viewFileHint(cause: unknown): string {
  if (isMissing(cause)) return 'There is no such file.';
  return systemCode(cause) === 'EISDIR' ? 'It is a folder.' : 'Check its permissions.';
}

/** A view may be of an earlier version; a version that is asked for by itself comes first. */
export function versionOf(view: NewView | null): number | undefined {
  return view?.dataset.kind === 'published' ? view.dataset.version : undefined;
}
