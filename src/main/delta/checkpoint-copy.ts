import { join } from 'node:path';
import { z } from 'zod';
import { replaceFileContent } from '../base/durable-file';
import { readRecord } from '../base/record-file';
import { type Action, actionSchema } from './delta-actions';
import { logFolder, paddedVersion } from './log-entries';

/**
 * What a checkpoint of this app says, once more as JSON: that is read without a database, whose start
 * takes longer than the rest of a log. Derived, may be deleted; hidden, so that no engine looks at it.
 */
const copySchema = z.object({
  /** Of the commit at that version: another one may take its place where a log was damaged. */
  txnId: z.string(),
  actions: z.array(actionSchema),
});

function copyPath(table: string, version: number): string {
  return join(logFolder(table), `.${paddedVersion(version)}.checkpoint.json`);
}

export async function writeCheckpointCopy(
  table: string,
  version: number,
  txnId: string,
  actions: readonly Action[],
): Promise<void> {
  await replaceFileContent(copyPath(table, version), JSON.stringify({ txnId, actions }));
}

/** Null where there is none of that commit. */
export async function readCheckpointCopy(
  table: string,
  version: number,
  txnId: string | undefined,
): Promise<Action[] | null> {
  if (txnId === undefined) return null;
  const copy = await readRecord(copyPath(table, version), copySchema);
  return copy?.txnId === txnId ? copy.actions : null;
}
