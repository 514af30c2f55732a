import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How a system without /proc is asked for a process's memory, and where the kilobytes stand. */
const TOLD_BY: Partial<Record<NodeJS.Platform, (pid: number) => [string, string[], RegExp]>> = {
  darwin: (pid) => ['/bin/ps', ['-o', 'rss=', '-p', String(pid)], /(\d+)\s*$/],
  win32: (pid) => [
    'tasklist.exe',
    ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'],
    /"([\d.,\s]+) K"\s*$/,
  ],
};

/**
 * Tells the memory another process holds, in bytes: on Linux at this moment, elsewhere as a command
 * of the system said it a moment ago. Null while nobody knows, and once the process is gone.
 */
export function residentMemory(pid: number | undefined): () => number | null {
  if (pid === undefined) return () => null;
  if (process.platform === 'linux') return () => fromProc(pid);
  const toldBy = TOLD_BY[process.platform];
  if (toldBy === undefined) return () => null;
  const [command, options, kilobytes] = toldBy(pid);
  let last: number | null = null;
  let asking = false;
  return () => {
    if (!asking) {
      asking = true;
      execFile(command, options, { windowsHide: true }, (error, told) => {
        asking = false;
        const digits = kilobytes.exec(told)?.[1]?.replace(/\D/g, '');
        last = error !== null || digits === undefined ? null : Number(digits) * 1024;
      });
    }
    return last;
  };
}

function fromProc(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    // It has just ended.
    return null;
  }
}
