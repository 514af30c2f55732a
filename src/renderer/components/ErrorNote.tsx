import { Button } from '@mantine/core';
import type { AppError } from '../../preload/contract/errors';
import { toldText } from '../../preload/contract/printable';

/**
 * What went wrong, why, and the next step, in place. What a person cancelled has not gone wrong:
 * it is said without alarm.
 */
export function ErrorNote({
  error,
  onRetry,
  onReload,
}: {
  error: AppError;
  onRetry?(): void;
  onReload?(): void;
}) {
  const isCancelled = error.code === 'cancelled';
  return (
    <div
      className="error-note"
      data-cancelled={isCancelled || undefined}
      role={isCancelled ? 'status' : 'alert'}
    >
      <p className="error-what">{toldText(error.message)}</p>
      {error.hint !== undefined && <p>{toldText(error.hint)}</p>}
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          {isCancelled ? 'Start again' : 'Try again'}
        </Button>
      )}
      {onReload && (
        <Button size="xs" variant="default" onClick={onReload}>
          Reload the page
        </Button>
      )}
    </div>
  );
}
