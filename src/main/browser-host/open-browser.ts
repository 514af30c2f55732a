import { spawn } from 'node:child_process';

/** Opens a URL of ours in the person's browser; where there is none, nothing happens. */
export function openBrowser(url: string): void {
  const [command, ...args] = opener();
  const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}

function opener(): [command: string, ...args: string[]] {
  if (process.platform === 'darwin') return ['open'];
  // `start` is a part of the shell; its first quoted argument would be the window's title.
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  return ['xdg-open'];
}
