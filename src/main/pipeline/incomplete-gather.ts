import { AppError } from '../../preload/contract/errors';
import type { Failure } from '../../preload/contract/reports';

/** The error that ends a refresh whose gather left documents out. */
export function incompleteGather(failed: readonly Failure[], listed: number): AppError {
  return incomplete(`${failed.length} of ${listed} documents did not arrive`, failed);
}

/** The error for documents that had landed and were taken away since. */
export function lostDocuments(lost: readonly Omit<Failure, 'reason'>[], landed: number): AppError {
  return incomplete(`${lost.length} of ${landed} documents are no longer in landing`, lost);
}

function incomplete(what: string, documents: readonly Omit<Failure, 'reason'>[]): AppError {
  const named = documents
    .slice(0, 3)
    .map((document) => document.name ?? `number ${document.id ?? '?'}`)
    .join(', ');
  const more = documents.length > 3 ? ` and ${documents.length - 3} more` : '';
  return new AppError('gather-incomplete', `${what}: ${named}${more}.`, {
    hint: 'Run gather or refresh again: what landed stays, only the rest is fetched. Nothing was published.',
  });
}
