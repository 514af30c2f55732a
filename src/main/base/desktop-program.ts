import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the `electron` package is installed below or above `root`; null where it is not. */
export function electronFolder(root: string): string | null {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
  } catch {
    // Not installed: the app's other hosts do without it.
    return null;
  }
}

/** Electron's program. Read from the package's files, because its own entry would start a download. */
export function electronProgram(root: string): string | null {
  const folder = electronFolder(root);
  if (folder === null) return null;
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const name = join(folder, 'path.txt');
  if (!existsSync(name) && !override) return null;
  const file = existsSync(name) ? readFileSync(name, 'utf8').trim() : 'electron';
  const path = join(override || join(folder, 'dist'), file);
  return existsSync(path) ? path : null;
}

export const NO_DISPLAY = 'There is no display for the desktop app.';
export const LIBRARIES_MISSING = 'This system lacks libraries that Electron needs.';
/** The loader's own exit code: a system library is missing, so the program never began. */
export const NEVER_BEGAN = 127;

export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}
