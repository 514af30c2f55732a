import type { Action, AddFile, MetaData, Protocol } from './delta-actions';
import { deletionVectorId } from './deletion-vector';

/** A table at one version. */
export interface Snapshot {
  /** Data files by path, as the log writes it. */
  files: ReadonlyMap<string, AddFile>;
  /** Null where the log does not say, which happens only in a damaged one. */
  protocol: Protocol | null;
  metaData: MetaData | null;
  /** The last version that each application says it has written. */
  transactions: ReadonlyMap<string, number>;
}

/** Before version 0. */
export const NO_TABLE: Snapshot = {
  files: new Map(),
  protocol: null,
  metaData: null,
  transactions: new Map(),
};

/** The table after a commit. */
export function snapshotAfter(before: Snapshot, actions: readonly Action[]): Snapshot {
  return snapshotAfterAll(before, [actions]);
}

/**
 * The table after commits, oldest first.
 * Source: PROTOCOL.md, “Action Reconciliation”.
 */
export function snapshotAfterAll(before: Snapshot, commits: Iterable<readonly Action[]>): Snapshot {
  const files = new Map(before.files);
  const transactions = new Map(before.transactions);
  let { protocol, metaData } = before;
  for (const actions of commits) {
    for (const { remove } of actions) {
      if (!remove) continue;
      const path = absoluteAsUrl(remove.path);
      // One data file is as many logical files as it has had deletion vectors.
      const there = files.get(path);
      if (sameVector(there, remove)) files.delete(path);
    }
    for (const action of actions) {
      if (action.add) files.set(absoluteAsUrl(action.add.path), action.add);
      if (action.txn) transactions.set(action.txn.appId, action.txn.version);
      if (action.protocol) protocol = action.protocol;
      if (action.metaData) metaData = action.metaData;
    }
  }
  return { files, protocol, metaData, transactions };
}

type Marked = Pick<AddFile, 'deletionVector'>;

function sameVector(one: Marked | undefined, other: Marked): boolean {
  return deletionVectorId(one?.deletionVector) === deletionVectorId(other.deletionVector);
}

/** The same absolute path is written `/a`, `file:/a` and `file:///a`; relative ones stay as they are. */
function absoluteAsUrl(path: string): string {
  return path.replace(/^(?:file:)?(?:\/\/)?\/(?!\/)/, 'file:///');
}
