import { join } from 'node:path';
import { app } from 'electron';
import { commandLine } from './command-line';

/** The app's data folder: `--data DIR` if given, else the system's place for this app. */
export function dataFolder(): string {
  return commandLine().data ?? join(app.getPath('userData'), 'data');
}

/** Which data folder the running app shows, for a second start that asks for another one. */
export function runningFile(): string {
  return join(app.getPath('userData'), 'running.json');
}

export function windowStateFile(): string {
  return join(app.getPath('userData'), 'window.json');
}
