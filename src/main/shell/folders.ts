import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app } from 'electron';

/** The app's data folder: `--data DIR` if given, else the system's place for this app. */
export function dataFolder(): string {
  return chosenDataFolder() ?? join(app.getPath('userData'), 'data');
}

/** The folder of `--data DIR`; null where none is given. */
export function chosenDataFolder(): string | null {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { data: { type: 'string' } },
    // Electron's and Chromium's own switches are among them.
    strict: false,
  });
  return typeof values.data === 'string' && values.data !== '' ? resolve(values.data) : null;
}

/** Which data folder the running app shows, for a second start that asks for another one. */
export function runningFile(): string {
  return join(app.getPath('userData'), 'running.json');
}

export function windowStateFile(): string {
  return join(app.getPath('userData'), 'window.json');
}
