import { readFileSync } from 'node:fs';

/** The most memory a process has held so far, as Linux reports it (VmHWM); megabytes. */
export function highWaterMark(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? '0') / 1000;
  } catch {
    return 0; // it has just ended
  }
}
