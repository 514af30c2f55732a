import { AppError } from '../../preload/contract/errors';
import type { Failure } from '../../preload/contract/reports';

/** The error that ends a refresh whose gather left documents out. */
export function incompleteGather(failed: readonly Failure[], listed: number): AppError {
  const named = failed
    .slice(0, 3)
    .map((failure) => failure.name ?? `number ${failure.id ?? '?'}`)
    .join(', ');
  const more = failed.length > 3 ? ` and ${failed.length - 3} more` : '';
  return new AppError(
    'gather-incomplete',
    `${failed.length} of ${listed} documents did not arrive: ${named}${more}.`,
    { hint: 'Run it again: what landed stays, only the rest is fetched. Nothing was published.' },
  );
}
