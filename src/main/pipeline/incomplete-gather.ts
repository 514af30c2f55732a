import { counted, humanCount } from '../../preload/contract/counts';
import { AppError } from '../../preload/contract/errors';
import { shortened } from '../../preload/contract/printable';
import type { Failure, Refusal } from '../../preload/contract/reports';

const AGAIN = 'Run gather or refresh again: what landed stays, only the rest is fetched.';
/** A name may be of any length. */
const LONGEST_NAME = 80;

const WITHOUT =
  'With --allow-missing those that stay missing are left out, or their copies from before are used.';

interface Incomplete {
  failed: readonly Failure[];
  listed: number;
  refusal: Refusal | null;
  can_do_without: boolean;
}

/** The error that ends a refresh whose gather left documents out. */
export function incompleteGather(report: Incomplete): AppError {
  const { failed, listed, refusal, can_do_without } = report;
  const without = can_do_without ? ` ${WITHOUT}` : '';
  if (refusal !== null) {
    return new AppError('gather-incomplete', refusal.message, { hint: refusal.hint + without });
  }
  return incomplete(
    `${humanCount(failed.length)} of ${counted(listed, 'document')} did not arrive`,
    failed,
    `${AGAIN}${without} Nothing was published.`,
  );
}

/** The error for documents that had landed and were taken away since. */
export function lostDocuments(lost: readonly Omit<Failure, 'reason'>[], landed: number): AppError {
  return incomplete(
    `${humanCount(lost.length)} of ${counted(landed, 'document')} are no longer in landing`,
    lost,
    `${AGAIN} Nothing was published.`,
  );
}

function incomplete(
  what: string,
  documents: readonly Omit<Failure, 'reason'>[],
  hint: string,
): AppError {
  const named = documents
    .slice(0, 3)
    .map(({ id, name }) =>
      name === undefined ? `number ${id ?? '?'}` : shortened(name, LONGEST_NAME),
    )
    .join(', ');
  const more = documents.length > 3 ? ` and ${humanCount(documents.length - 3)} more` : '';
  return new AppError('gather-incomplete', `${what}: ${named}${more}.`, { hint });
}
