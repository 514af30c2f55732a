import { randomUUID } from 'node:crypto';
import { APP_NAME, APP_VERSION } from '../base/app-info';
import type { Action, CommitInfo } from '../delta/delta-actions';
import type { TableVersion } from '../delta/delta-log';

/**
 * The application in Delta's `txn` action, whose version is the dataset's: checkpoints keep it,
 * also where the log before them was cleaned up. Source: PROTOCOL.md, “Transaction Identifiers”.
 */
export const APP_ID = 'pokedex-explorer';

/** A commit's lines: first what it is, last the dataset version it makes. */
export function ownCommit(version: number, info: CommitInfo, actions: readonly Action[]): Action[] {
  return [
    {
      commitInfo: { ...info, engineInfo: `${APP_NAME}/${APP_VERSION}`, txnId: randomUUID() },
    },
    ...actions,
    { txn: { appId: APP_ID, version } },
  ];
}

export function isOwnInfo(info: CommitInfo): boolean {
  return info.engineInfo?.startsWith(`${APP_NAME}/`) ?? false;
}

export function isOwn(version: TableVersion): boolean {
  return isOwnInfo(version.info);
}

/**
 * The dataset version that a commit makes; null for another program's. Commits of earlier releases
 * do not say it: it was the table's own.
 */
export function datasetVersion(commit: TableVersion): number | null {
  const said = commit.transactions.get(APP_ID);
  if (said !== undefined) return said;
  if (isOwn(commit)) return commit.version;
  if (!commit.base) return null;
  return commit.snapshot?.transactions.get(APP_ID) ?? commit.version;
}

/** Whether a commit of this app replaces the whole table: where it has rows, it always does. */
export function replacesAll(actions: readonly Action[]): boolean {
  const own = actions.some(({ commitInfo }) => commitInfo && isOwnInfo(commitInfo));
  return own && actions.some(({ add }) => add);
}

/**
 * Whether a commit of this app lost its end exactly between two lines: a complete one ends with the
 * dataset's version (or, before commits had that, does not replace files by nothing).
 */
export function lostItsEnd(actions: readonly Action[]): boolean {
  const info = actions.find(({ commitInfo }) => commitInfo)?.commitInfo;
  if (!info || !isOwnInfo(info)) return false;
  if (info.txnId !== undefined) return !actions.some(({ txn }) => txn?.appId === APP_ID);
  return actions.some(({ remove }) => remove) && !actions.some(({ add }) => add);
}
