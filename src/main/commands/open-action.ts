import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError, cancelled } from '../../preload/contract/errors';
import { builtFolder } from '../base/built-folder';
import {
  electronProgram,
  hasDisplay,
  LIBRARIES_MISSING,
  NEVER_BEGAN,
  NO_DISPLAY,
} from '../base/desktop-program';
import { placeOrGlob } from '../datasets/open';
import type { CommonOptions } from './options';
import { printJson, printNote } from './output';
import { runServe } from './serve-command';

/** Ends with the window, or once the app that runs already has been told. */
export async function runOpen(
  paths: readonly string[],
  flags: CommonOptions,
  isDataGiven: boolean,
  signal: AbortSignal,
): Promise<void> {
  // What is not there is said here, where a person has just typed it.
  for (const path of paths) await placeOrGlob(path);
  const desktop = desktopApp();
  if ('missing' in desktop) return inBrowser(desktop.missing);
  const data = isDataGiven ? ['--data', flags.data] : [];
  const opened = paths.map((path) => resolve(path));
  const code = await run(desktop.program, [desktop.root, ...data, ...opened], signal);
  if (code === NEVER_BEGAN) return inBrowser(LIBRARIES_MISSING);
  if (signal.aborted) throw cancelled();
  if (code !== 0) {
    throw new AppError('internal', 'The desktop app ended with a failure.', {
      hint: 'Its log in the data folder says more; pokedex serve --open shows the files in a browser.',
    });
  }
  if (flags.json) printJson({ app: 'desktop', opened });

  function inBrowser(reason: string): Promise<void> {
    printNote(`${reason} The app opens in the browser instead.`);
    return runServe({ ...flags, port: 0, open: [...paths] }, signal);
  }
}

/** The program and the app it is to run, or the reason why there is none, as one sentence. */
function desktopApp(): { program: string; root: string } | { missing: string } {
  const built = builtFolder();
  if (!existsSync(join(built, 'main/index.js'))) {
    return { missing: 'This build has no desktop app.' };
  }
  if (!hasDisplay()) return { missing: NO_DISPLAY };
  const root = resolve(built, '..');
  const program = electronProgram(root);
  return program === null ? { missing: 'Electron’s program is not installed.' } : { program, root };
}

/** Resolves to the program's exit code. */
function run(program: string, args: readonly string[], signal: AbortSignal): Promise<number> {
  return new Promise((settle, reject) => {
    // What the app prints is for nobody's reading as data.
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.on('error', reject);
    child.on('exit', (code) => settle(code ?? 1));
  });
}
