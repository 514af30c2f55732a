import type { DroppedFile } from '../../../preload/contract/calls';

/** The browser's own dialog; nothing where the person chooses nothing. */
export default function chooseFiles(kind: 'file' | 'folder'): Promise<DroppedFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    if (kind === 'folder') input.webkitdirectory = true;
    else input.multiple = true;
    input.addEventListener('change', () =>
      resolve(
        Array.from(input.files ?? [], (file) => ({
          file,
          place: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
        })),
      ),
    );
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

/**
 * What was dropped, a folder by each file in it. In Electron a folder is handed on as it is: its
 * path is asked for there.
 */
export async function droppedFiles(
  data: DataTransfer,
  isElectron: boolean,
): Promise<DroppedFile[]> {
  if (isElectron) return Array.from(data.files, (file) => ({ file, place: file.name }));
  // All at once: after the first wait the browser has taken them away.
  const dropped = Array.from(data.items, (item) => ({
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const files: DroppedFile[] = [];
  for (const { entry, file } of dropped) {
    if (entry !== null) await collect(entry, '', files);
    else if (file !== null) files.push({ file, place: file.name });
  }
  return files;
}

async function collect(entry: FileSystemEntry, above: string, files: DroppedFile[]): Promise<void> {
  const place = `${above}${entry.name}`;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    files.push({ file, place });
  } else if (isFolder(entry)) {
    for (const inside of await entriesOf(entry)) await collect(inside, `${place}/`, files);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A browser gives a hundred at a time, and none once it is through. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    for (const entry of some) all.push(entry);
  }
}
