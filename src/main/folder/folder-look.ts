import { dataPaths } from '../base/data-folder';
import { ErasedSubjects } from '../base/erased-subjects';
import { fileIdentity } from '../base/published-file';
import { openBatches } from './folder-batch';
import { FolderLedger, type LedgerRow } from './folder-ledger';
import { absoluteFolderSource, openFolder } from './folder-path';
import { listFolder } from './list-folder';
import { CANNOT_BE_READ } from './read-file';

/** A file that a drive did not give is tried again after so long. */
const TRY_AGAIN_MS = 60_000;

/** Looks whether a folder has anything that a gather would read. It opens no file of the folder. */
export class FolderLook {
  private readonly source: string;
  private readonly paths;
  private ledger: { identity: string | null; read: FolderLedger } | null = null;

  constructor(
    source: string,
    private readonly data: string,
  ) {
    this.source = absoluteFolderSource(source);
    this.paths = dataPaths(data);
  }

  /** `folders` are the folders to be told of changes in. Rejects where the folder cannot be listed. */
  async look(): Promise<{ hasNews: boolean; folders: string[] }> {
    const folder = await openFolder(this.source, this.data);
    const { files, folders } = await listFolder(folder, this.data);
    // What a killed process had taken up comes first.
    if ((await openBatches(this.paths)).length > 0) return { hasNews: true, folders };
    const ledger = await this.readLedger();
    const isNew = ({ path, stamp }: (typeof files)[number]) => {
      const known = ledger.ofPath(folder, path);
      return known?.stamp !== stamp || isDue(known);
    };
    return { hasNews: files.some(isNew), folders };
  }

  private async ledgerNow(): Promise<FolderLedger> {
    return FolderLedger.read(this.paths.folderLedger, await ErasedSubjects.read(this.paths));
  }

  private async readLedger(): Promise<FolderLedger> {
    const identity = await fileIdentity(this.paths.folderLedger);
    if (this.ledger === null || this.ledger.identity !== identity) {
      this.ledger = { identity, read: await this.ledgerNow() };
    }
    return this.ledger.read;
  }
}

function isDue({ outcome, reason, at }: LedgerRow): boolean {
  const isUnread = outcome === 'waiting' && reason?.startsWith(CANNOT_BE_READ) === true;
  return isUnread && Math.abs(Date.now() - Date.parse(at)) > TRY_AGAIN_MS;
}
