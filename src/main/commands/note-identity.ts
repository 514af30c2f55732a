import type { Access } from '../../preload/contract/access-log';
import { AppError } from '../../preload/contract/errors';
import { dataPaths } from '../base/data-folder';
import { isProtected } from '../base/protected-folder';
import { noteAccess } from '../privacy/access-log';
import { asAppError, printNote } from './output';

/**
 * Notes before a command gives identity out. Where the access log cannot be written, as on a disk that
 * is read only, the command goes on and says so.
 */
export async function noteIdentity(data: string, access: Access): Promise<void> {
  try {
    // Of protected data that are locked only the redacted copy is given out.
    if (await isProtected(dataPaths(data))) return;
    await noteAccess(dataPaths(data), access);
  } catch (error) {
    const { message } = error instanceof AppError ? error : asAppError(error);
    printNote(`This is not in the access log. ${message}`);
  }
}
