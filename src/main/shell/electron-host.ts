import { readFile, stat } from 'node:fs/promises';
import {
  type BrowserWindow,
  dialog,
  Notification,
  type OpenDialogOptions,
  type SaveDialogOptions,
} from 'electron';
import { decodeText } from '../../preload/contract/decode-text';
import { AppError } from '../../preload/contract/errors';
import { LONGEST_VIEW, viewTooLarge } from '../../preload/contract/view-format';
import type { Host, SaveTarget } from '../app/host';
import type { Emit } from './events';
import { showFolder } from './show-folder';

const KINDS: Record<string, string> = {
  parquet: 'Parquet',
  csv: 'CSV',
  json: 'JSON',
  png: 'PNG picture',
  svg: 'SVG picture',
  'pokeview.json': 'View',
};

const TABLE_ENDINGS = [
  ...['parquet', 'csv', 'tsv', 'txt', 'json', 'ndjson', 'jsonl', 'arrow', 'feather', 'gz', 'zst'],
];

/** The app's host in Electron: native dialogs, the taskbar's progress, the window's events. */
export function createElectronHost(
  window: () => BrowserWindow | null,
  emit: Emit,
  showTables: Host['showTables'],
  showSchedule: Host['showSchedule'],
): Host {
  return {
    chooseSaveTarget: (name, extension) => chooseSaveTarget(window(), name, extension),
    chooseViewFile: () => chooseViewFile(window()),
    chooseDataset: (kind) => chooseDataset(window(), kind),
    // Paths of dropped files come by the preload script.
    takeUpload: async () => null,
    showFolder,
    showProgress: (fraction) => window()?.setProgressBar(fraction ?? -1),
    showTables,
    notify: Notification.isSupported() ? (note) => notify(note, window(), emit) : null,
    showSchedule,
    emit,
  };
}

/** A click leads to the list of what fired. */
function notify(
  { title, summary }: { title: string; summary: string },
  window: BrowserWindow | null,
  emit: Emit,
): void {
  const note = new Notification({ title, body: summary });
  note.on('click', () => {
    window?.show();
    emit('command.chosen', 'go.alerts');
  });
  note.show();
}

async function chooseSaveTarget(
  window: BrowserWindow | null,
  name: string,
  extension: string,
): Promise<SaveTarget | null> {
  const options: SaveDialogOptions = {
    defaultPath: name,
    filters: [{ name: KINDS[extension] ?? extension, extensions: [extension] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (canceled || filePath === '') return null;
  return { path: filePath, finish: () => ({ kind: 'saved', path: filePath }) };
}

async function chooseDataset(
  window: BrowserWindow | null,
  kind: 'file' | 'folder',
): Promise<string | null> {
  const options: OpenDialogOptions =
    kind === 'folder'
      ? { properties: ['openDirectory'] }
      : {
          // A file is known by its content: any may be chosen.
          filters: [
            { name: 'Tables', extensions: TABLE_ENDINGS },
            { name: 'All files', extensions: ['*'] },
          ],
          properties: ['openFile'],
        };
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}

async function chooseViewFile(window: BrowserWindow | null): Promise<string | null> {
  const options: OpenDialogOptions = {
    filters: [{ name: 'View', extensions: ['json'] }],
    properties: ['openFile'],
  };
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  const [path] = filePaths;
  if (canceled || path === undefined) return null;
  return readViewFile(path);
}

async function readViewFile(path: string): Promise<string> {
  try {
    if ((await stat(path)).size <= LONGEST_VIEW) return decodeText(await readFile(path));
  } catch (cause) {
    throw new AppError('not-readable', 'The view file cannot be read.', {
      hint: 'Check that it is there and that you may read it.',
      cause,
    });
  }
  throw viewTooLarge();
}
