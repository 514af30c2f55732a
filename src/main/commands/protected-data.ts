import { dataPaths } from '../base/data-folder';
import { hasFile } from '../base/has-file';
import { isProtected, refuseProtected } from '../base/protected-folder';
import type { LiveFolder } from '../privacy/protection/live-folder';
import { askPassphrase, givenPassphrase } from './ask-passphrase';
import { printNote } from './output';

/** Have words of their own for protected data. */
const APART: ReadonlySet<string> = new Set(['protect', 'access-log', 'serve', 'open']);
/** Write, so that a redacted copy is of no use to them. */
const WRITING: ReadonlySet<string> = new Set(['gather', 'process', 'refresh', 'watch', 'erase']);

/**
 * Unlocks protected data for one command, where there is a passphrase. Null where there is nothing to
 * unlock: the command then works on the folder as it lies there.
 */
export async function unlockFor(data: string, command: string): Promise<LiveFolder | null> {
  const paths = dataPaths(data);
  if (!(await hasFile(paths, paths.protection)) && !(await hasFile(paths, paths.sealed)))
    return null;
  const { completeSwitch, dataKeyOf } = await import('../privacy/protection/switch-protection');
  await completeSwitch(paths);
  if (APART.has(command) || !(await isProtected(paths))) return null;
  const isWriting = WRITING.has(command) && process.stdin.isTTY;
  const secret = isWriting ? await askPassphrase('Passphrase:') : givenPassphrase();
  if (secret === null) {
    // Rules that were added now would be no part of the protected data.
    if (command === 'alerts') await refuseProtected(paths);
    printNote('The data are protected: names and numbers are redacted without POKEDEX_PASSPHRASE.');
    return null;
  }
  const dataKey = await dataKeyOf(paths, secret);
  const { LiveFolder } = await import('../privacy/protection/live-folder');
  const live = await LiveFolder.enter(paths, dataKey);
  live.keepSealed((error) => printNote(`What has changed is not sealed yet: ${String(error)}`));
  const { noteAccess } = await import('../privacy/access-log');
  await noteAccess(paths, { what: 'unlock', how: `pokedex ${command}` });
  // Temporary files hold rows too; the engines' processes take this over.
  process.env['TMPDIR'] = await live.temporary();
  return live;
}
