import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app } from 'electron';

/** Where the app keeps things: `--data DIR` if said, else the system's place for this app. */
export function dataFolder(): string {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { data: { type: 'string' } },
    // Electron's and Chromium's own switches are among them.
    strict: false,
  });
  if (typeof values.data === 'string' && values.data !== '') return resolve(values.data);
  return join(app.getPath('userData'), 'data');
}

export function windowStateFile(): string {
  return join(app.getPath('userData'), 'window.json');
}
