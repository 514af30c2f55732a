import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntryLink } from './browser-host';
import { LINK_LASTS_MS } from './session';

const FOLDER = 'pokedex-opening-';

/**
 * Opens a link of ours in the person's browser; where there is none, nothing happens. Every user
 * of the machine can read a program's arguments, and the link lets in whoever has it first. So
 * the browser is given the path of a file that only this user can read; the file is gone as soon
 * as the link is used or too old. Resolves then.
 */
export async function openBrowser({ url, over }: EntryLink): Promise<void> {
  const place = await placeForFile();
  await removeLeftovers(place);
  // mkdtemp makes it readable by this user alone.
  const folder = await mkdtemp(join(place, FOLDER));
  try {
    const path = join(folder, 'open.html');
    await writeFile(path, redirectPage(url), { mode: 0o600, flag: 'wx' });
    const [command, ...args] = opener();
    const child = spawn(command, [...args, path], { detached: true, stdio: 'ignore' });
    child.on('error', () => {});
    child.unref();
    await over;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * On Linux browsers often come as snaps, which cannot read the system's temporary folder but can
 * read what is not hidden at home.
 */
async function placeForFile(): Promise<string> {
  if (process.platform !== 'linux') return tmpdir();
  const home = homedir();
  const usable = await stat(home).then(
    (found) => found.isDirectory() && found.uid === process.getuid?.(),
    () => false,
  );
  return usable ? home : tmpdir();
}

/** What a serve that was killed left behind; its link is dead. */
async function removeLeftovers(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (!name.startsWith(FOLDER)) continue;
    const path = join(place, name);
    const made = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - made > LINK_LASTS_MS * 2) await rm(path, { recursive: true, force: true });
  }
}

function redirectPage(url: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${url}"><title>Pokédex Explorer</title><p><a href="${url}">Open Pokédex Explorer</a></p>\n`;
}

function opener(): [command: string, ...args: string[]] {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['explorer.exe'];
  return ['xdg-open'];
}
