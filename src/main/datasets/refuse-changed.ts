import { changedFiles } from '../base/file-stamps';
import type { FileStamp } from '../base/scan';
import { cannotOpen } from './open-problems';
import { nameOf } from './place';

/** Throws `not-readable` where a file changed while it was read: its rows may be of two contents. */
export async function refuseChanged(stamps: readonly FileStamp[]): Promise<void> {
  const [changed] = await changedFiles(stamps);
  if (changed === undefined) return;
  throw cannotOpen(
    nameOf(changed),
    'it changed while it was read',
    'Open it again once nothing writes to it any more.',
  );
}
