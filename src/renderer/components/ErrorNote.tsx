import { Button } from '@mantine/core';
import type { AppError } from '../../preload/contract/errors';

/** What went wrong, why, and the next step, in place. */
export function ErrorNote({ error, onRetry }: { error: AppError; onRetry?(): void }) {
  return (
    <div className="error-note" role="alert">
      <p className="error-what">{error.message}</p>
      {error.hint !== undefined && <p>{error.hint}</p>}
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
