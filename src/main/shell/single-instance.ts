import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { app, type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { z } from 'zod';
import { printable } from '../../preload/contract/printable';
import { commandLine } from './command-line';
import { dataFolder, runningFile } from './folders';

const runningSchema = z.object({ data: z.string() });
/**
 * What a second start tells the first one: the folder it named or null, and the files. Not by its
 * arguments, whose order Chromium changes and whose paths are relative to another folder.
 */
const askedSchema = z.object({ data: z.string().nullable(), paths: z.array(z.string()) });

/**
 * True where this is the first instance. A second one has the first one show its window and open
 * its files instead; where it asks for other data than that one shows, both say so, and it ends
 * with 1. `window` returns the window, if there is one.
 */
export function setupSingleInstance(
  window: () => BrowserWindow | null,
  open: (paths: readonly string[]) => void,
): boolean {
  const { data: asked, paths } = commandLine();
  if (!app.requestSingleInstanceLock({ data: asked, paths })) {
    const shown = runningData();
    if (asked !== null && shown !== null && !isSameFolder(asked, shown)) {
      const { message, detail } = otherDataWords(shown, asked);
      console.error(printable(`${message} ${detail}`));
      app.exit(1);
    } else app.quit();
    return false;
  }
  const own = dataFolder();
  noteRunning(own);
  app.on('second-instance', (_event, _argv, _folder, told) => {
    const shown = window();
    if (shown !== null) {
      if (shown.isMinimized()) shown.restore();
      shown.show();
      shown.focus();
    }
    const wanted = askedSchema.safeParse(told).data;
    const other = wanted?.data ?? null;
    if (other !== null && !isSameFolder(other, own)) void sayOtherData(shown, own, other);
    else open(wanted?.paths ?? []);
  });
  return true;
}

async function sayOtherData(
  window: BrowserWindow | null,
  shown: string,
  asked: string,
): Promise<void> {
  const box: MessageBoxOptions = {
    type: 'info',
    ...otherDataWords(shown, asked),
    buttons: ['OK'],
  };
  await (window === null ? dialog.showMessageBox(box) : dialog.showMessageBox(window, box));
}

function otherDataWords(shown: string, asked: string): { message: string; detail: string } {
  return {
    message: `Pokédex Explorer is open already and shows the data in ${shown}.`,
    detail: `To see those in ${asked}, quit it first and start it again with --data, or run: pokedex serve --data "${asked}".`,
  };
}

/** A folder that cannot be written does not prevent a start; the second start then says less. */
function noteRunning(data: string): void {
  try {
    writeFileSync(runningFile(), JSON.stringify({ data }));
  } catch (error) {
    console.error(`${runningFile()} could not be written:`, error);
  }
}

function runningData(): string | null {
  try {
    return runningSchema.parse(JSON.parse(readFileSync(runningFile(), 'utf8'))).data;
  } catch {
    // Written by an unknown version, or not readable: the window is shown anyway.
    return null;
  }
}

function isSameFolder(one: string, other: string): boolean {
  return realFolder(one) === realFolder(other);
}

/** The folder itself where it is there: a link to it is the same one. */
function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
