import { useEffect, useRef, useState } from 'react';
import type { ChartQuery, ChartRow } from '../../preload/contract/chart-query';
import { AppError } from '../../preload/contract/errors';
import type { Filter } from '../../preload/contract/row-filters';
import { useApp } from './app-store';
import { useConnection } from './connection';
import { ask } from './query-batch';

export interface Rows {
  /** The last answer; null before the first one. Stays while a newer one is awaited. */
  rows: ChartRow[] | null;
  error: AppError | null;
  retry(): void;
}

/**
 * The engine's answer to a question under filters, kept true as either or the data changes.
 * A late answer never replaces a newer one; while one is under way only the newest waits.
 */
export function useRows(
  query: ChartQuery | null,
  filters: readonly Filter[],
): Rows & {
  /** The rows answer what is asked now. */
  isCurrent: boolean;
} {
  const version = useApp((state) => state.dataset?.version ?? null);
  const recovered = useConnection((state) => state.recovered);
  const [answer, setAnswer] = useState<Omit<Rows, 'retry'>>({ rows: null, error: null });
  const [answered, setAnswered] = useState('');
  const [attempt, setAttempt] = useState(0);
  const isAsked = query !== null;
  const latest = useRef('');
  const busy = useRef(false);
  const key = JSON.stringify({ query, filters, version, attempt, recovered });

  useEffect(() => {
    latest.current = key;
    if (!isAsked || version === null || busy.current) return;
    const run = async () => {
      busy.current = true;
      let asked = '';
      while (asked !== latest.current) {
        asked = latest.current;
        const wanted = JSON.parse(asked) as { query: ChartQuery | null; filters: Filter[] };
        // Nothing is asked any more: what was under way was the last answer.
        if (wanted.query === null) break;
        try {
          const rows = await ask({ query: wanted.query, filters: wanted.filters });
          if (asked !== latest.current) continue;
          setAnswer({ rows, error: null });
          setAnswered(asked);
        } catch (error) {
          const shown =
            error instanceof AppError
              ? error
              : new AppError('internal', 'The chart could not be drawn.', { cause: error });
          if (asked === latest.current) setAnswer((last) => ({ rows: last.rows, error: shown }));
        }
      }
      busy.current = false;
    };
    void run();
    // By what is asked, not by the object that says it: that may be another one at each rendering.
  }, [key, isAsked, version]);

  const isCurrent = answered === key;
  return { ...answer, isCurrent, retry: () => setAttempt((count) => count + 1) };
}
