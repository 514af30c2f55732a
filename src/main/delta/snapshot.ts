import type { Action, AddFile, MetaData, Protocol } from './delta-actions';

/** What a table is at one version. */
export interface Snapshot {
  /** Data files by path, as the log writes it. */
  files: ReadonlyMap<string, AddFile>;
  /** Null where the log no longer says, which only a damaged one does. */
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

/** What a commit makes of the table before it. Source: PROTOCOL.md, “Action Reconciliation”. */
export function snapshotAfter(before: Snapshot, actions: readonly Action[]): Snapshot {
  const files = new Map(before.files);
  const transactions = new Map(before.transactions);
  let { protocol, metaData } = before;
  for (const { remove } of actions) if (remove) files.delete(remove.path);
  for (const action of actions) {
    if (action.add) files.set(action.add.path, action.add);
    if (action.txn) transactions.set(action.txn.appId, action.txn.version);
    if (action.protocol) protocol = action.protocol;
    if (action.metaData) metaData = action.metaData;
  }
  return { files, protocol, metaData, transactions };
}
