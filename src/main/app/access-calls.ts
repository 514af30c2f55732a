import type { Access } from '../../preload/contract/access-log';
import type { DataPaths } from '../base/data-folder';
import { isProtected } from '../base/protected-folder';
import { noteAccess, readAccessLog } from '../privacy/access-log';
import type { CallHandlers } from './dispatcher';

/** Notes in the access log before identity is given out. */
export type NoteAccess = (access: Access) => Promise<void>;

/** Where the log cannot be written, as on a disk that is read only, the app goes on and `failed` is told. */
export function accessNotes(paths: DataPaths, failed: (error: unknown) => void): NoteAccess {
  return async (access) => {
    try {
      // Of protected data that are locked only the redacted copy is given out.
      if (!(await isProtected(paths))) await noteAccess(paths, access);
    } catch (error) {
      failed(error);
    }
  };
}

/** More are in the file than a page shows. */
const MOST_ENTRIES = 500;

export function accessLogCalls(paths: DataPaths): Pick<CallHandlers, 'access.log'> {
  return {
    'access.log': async () => {
      const log = await readAccessLog(paths);
      return { ...log, entries: log.entries.slice(-MOST_ENTRIES) };
    },
  };
}
