import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Calls `pressed` for each line on standard input until `signal` aborts. A program in the
 * background that reads from its terminal is stopped by the system, so there nothing is read
 * until it comes to the foreground.
 */
export function onEnterKey(signal: AbortSignal, pressed: () => void): void {
  const { stdin } = process;
  const lines = createInterface({ input: stdin, terminal: false });
  lines.on('line', pressed);
  const followJob = () => {
    if (isForeground()) lines.resume();
    else lines.pause();
  };
  if (stdin.isTTY) {
    followJob();
    process.on('SIGCONT', followJob);
  }
  const end = () => {
    process.off('SIGCONT', followJob);
    lines.close();
    stdin.destroy();
  };
  signal.addEventListener('abort', end, { once: true });
}

/** Whether the terminal's input is this program's: its group is the one in the foreground. */
function isForeground(): boolean {
  if (process.platform === 'win32') return true;
  const [own, foreground] = processGroups();
  return own !== undefined && own === foreground;
}

function processGroups(): (string | undefined)[] {
  try {
    if (process.platform === 'linux') {
      // `pid (name) state ppid pgrp session tty_nr tpgid …`; a name may hold anything.
      const fields = readFileSync('/proc/self/stat', 'utf8').split(')').at(-1)?.trim().split(' ');
      return [fields?.[2], fields?.[5]];
    }
    const args = ['-o', 'pgid=,tpgid=', '-p', String(process.pid)];
    return execFileSync('ps', args, { encoding: 'utf8' }).trim().split(/\s+/);
  } catch {
    // Not known: no new links are better than a stopped program.
    return [];
  }
}
