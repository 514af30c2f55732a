import type { FolderFile } from '../../preload/contract/folder-files';
import type { DataPaths } from '../base/data-folder';
import { openBatches } from './folder-batch';
import { FolderLedger } from './folder-ledger';

/** What became of each file of each folder that was the source, newest first. */
export async function folderFiles(paths: DataPaths): Promise<FolderFile[]> {
  const taken = (await openBatches(paths)).flatMap(({ folder, batch, at, files }) =>
    files.map(({ path, size, sha256, documents }): FolderFile => {
      const file = { folder, path, size, sha256, documents, batch, version: null, at };
      return { ...file, outcome: 'waiting', reason: 'is taken up and comes with the next version' };
    }),
  );
  const told = (await FolderLedger.read(paths.folderLedger)).files();
  const isTaken = new Set(taken.map(({ folder, path }) => `${folder}\0${path}`));
  // What they waited for before is over.
  const isOver = ({ folder, path, outcome }: FolderFile) =>
    outcome === 'waiting' && isTaken.has(`${folder}\0${path}`);
  return [...taken, ...told.filter((file) => !isOver(file))];
}
