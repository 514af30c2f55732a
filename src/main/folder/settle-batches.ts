import type { DataPaths } from '../base/data-folder';
import { ErasedSubjects } from '../base/erased-subjects';
import { type FolderBatch, openBatches, removeBatch } from './folder-batch';
import { FolderLedger, type LedgerRow } from './folder-ledger';

/** What the log of the tables says of batches. */
export interface Committed {
  /** The version that names a batch; null where none does. */
  versionOf(batch: string): number | null;
  /** The newest one. */
  newest: number;
}

/** The batches that have landed and are not settled, with how many files they take up; null for none. */
export async function unpublished(
  paths: DataPaths,
): Promise<{ batches: string[]; files: number } | null> {
  const open = await openBatches(paths);
  if (open.length === 0) return null;
  const files = open.flatMap((batch) => batch.files).filter(({ replaced }) => !replaced);
  return { batches: open.map(({ batch }) => batch), files: files.length };
}

/**
 * Completes the ledger from the log. A batch that no version names is left open, unless `isCurrent` says
 * that the tables hold what has landed: then it changed nothing. Only for the holder of the writer's lock.
 */
export async function settleBatches(
  paths: DataPaths,
  { versionOf, newest }: Committed,
  isCurrent: boolean,
): Promise<void> {
  const open = await openBatches(paths);
  if (open.length === 0) return;
  const ledger = await FolderLedger.read(paths.folderLedger, await ErasedSubjects.read(paths));
  for (const batch of open) {
    const version = versionOf(batch.batch);
    if (version === null && !isCurrent) continue;
    await ledger.append(rowsOf(batch, version, newest));
    await removeBatch(paths, batch.batch);
  }
}

function rowsOf(
  { batch, folder, at, files }: FolderBatch,
  version: number | null,
  newest: number,
): LedgerRow[] {
  return files.map(({ replaced, ...file }) => {
    const common = { ...file, folder, batch, at };
    if (replaced) {
      const reason = 'newer files that came with it have each of its documents';
      return { ...common, version: null, outcome: 'replaced', reason };
    }
    if (version !== null) return { ...common, version, outcome: 'published', reason: null };
    const reason = `changes no row of version ${newest}`;
    return { ...common, version: null, outcome: 'unchanged', reason };
  });
}
