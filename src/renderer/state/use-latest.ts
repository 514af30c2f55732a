import { useEffect, useState } from 'react';
import { AppError } from '../../preload/contract/errors';
import { useConnection } from './connection';
import { LatestWins } from './latest-wins';

export interface Latest<Value> {
  /** The last answer; undefined before the first one. Stays while a newer one is awaited. */
  value: Value | undefined;
  error: AppError | null;
  /** Whether the value answers what is asked now. */
  isCurrent: boolean;
  retry(): void;
}

interface Told<Value> {
  of: string | null;
  value: Value | undefined;
  error: AppError | null;
}

/**
 * The answer to what `ask` asks, asked again as `key` changes, which has to name all that the
 * question depends on; null asks nothing.
 */
export function useLatest<Value>(key: string | null, ask: () => Promise<Value>): Latest<Value> {
  const recovered = useConnection((state) => state.recovered);
  const [attempt, setAttempt] = useState(0);
  const [told, tell] = useState<Told<Value>>({ of: null, value: undefined, error: null });
  const [latest] = useState(
    () =>
      new LatestWins<{ of: string; ask: () => Promise<Value> }>(async ({ of, ask }, isNewest) => {
        try {
          const value = await ask();
          if (isNewest()) tell({ of, value, error: null });
        } catch (cause) {
          if (isNewest()) tell((last) => ({ of, value: last.value, error: asAppError(cause) }));
        }
      }),
  );
  const wanted = key === null ? null : `${recovered} ${attempt} ${key}`;
  useEffect(() => {
    if (wanted === null) latest.letGo();
    else latest.want({ of: wanted, ask });
    // By what is asked, not by the function that asks it: that is another one at each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [latest, wanted]);
  const isCurrent = wanted !== null && told.of === wanted;
  return {
    value: told.value,
    error: isCurrent ? told.error : null,
    isCurrent: isCurrent && told.error === null,
    retry: () => setAttempt((count) => count + 1),
  };
}

function asAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError('internal', 'This could not be read.', { cause });
}
