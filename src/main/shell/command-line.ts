import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app } from 'electron';

interface CommandLine {
  /** The folder of `--data DIR`; null where none is given. */
  data: string | null;
  /** Files, folders and patterns to open. */
  paths: string[];
}

/** What this start of the app was given, by a person or by the system's file manager. */
export function commandLine(): CommandLine {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(1),
    options: { data: { type: 'string' } },
    allowPositionals: true,
    // Electron's and Chromium's own switches are among them.
    strict: false,
  });
  // Where the app is not packaged, the first is the app's own folder.
  const given = app.isPackaged ? positionals : positionals.slice(1);
  return {
    data: typeof values.data === 'string' && values.data !== '' ? resolve(values.data) : null,
    paths: given.filter((text) => text !== '').map(pathOf),
  };
}

/** A desktop of Linux names files by their URLs. */
function pathOf(text: string): string {
  if (!/^file:\/\//i.test(text)) return resolve(text);
  try {
    return fileURLToPath(text);
  } catch {
    // On another machine, or not encoded as a URL is: said of it as it stands.
    return resolve(text);
  }
}
