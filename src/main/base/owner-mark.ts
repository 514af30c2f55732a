import { createHash } from 'node:crypto';
import { readFileSync, type Stats } from 'node:fs';
import { hostname } from 'node:os';

/** For another machine, which may share the folder, only the age is known. */
const OTHER_MACHINES_MS = 24 * 60 * 60_000;

const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** The owner of a temporary file or folder, for its name: this machine and process. */
export function ownerMark(): string {
  return `${machine}-${process.pid}`;
}

/** An owner's mark in a name, as one group of a regular expression. */
export const MARK = '([0-9a-f]{8}-[1-9][0-9]*)';

/** Whether the owner that a file's name states has ended without removing the file. */
export function isAbandoned(mark: string, file: Stats): boolean {
  if (process.getuid !== undefined && file.uid !== process.getuid()) return false;
  const [host, pid] = mark.split('-');
  if (host !== machine) return Date.now() - file.mtimeMs > OTHER_MACHINES_MS;
  // A process before this one may have had the same number.
  if (Number(pid) === process.pid) return file.mtimeMs < Date.now() - process.uptime() * 1000;
  return !isAlive(Number(pid));
}

/** Whether the owner runs, as far as this machine can tell. */
export function isOwnerAlive(mark: string): boolean {
  const [host, pid] = mark.split('-');
  return host === machine && isAlive(Number(pid));
}

/** A process that has ended keeps its number until its parent, or the container's first process, asks. */
function isZombie(pid: number): boolean {
  try {
    // The name before the state is in brackets and may have any characters in it.
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // No such place, as on all systems but Linux, or no such process any more.
    return false;
  }
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
