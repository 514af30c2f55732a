import type { Dataset } from './dataset';
import type { CallHandlers } from './dispatcher';

const MAX_ROWS = 10_000;
const TIME_LIMIT_MS = 60_000;

/** The SQL console: one sandboxed statement at a time, ended by the person or by its limits. */
export function sqlCalls(dataset: Dataset): Pick<CallHandlers, 'sql.run' | 'sql.cancel'> {
  const running = new Set<AbortController>();
  return {
    'sql.run': async ({ sql }) => {
      const abort = new AbortController();
      running.add(abort);
      try {
        const engine = await dataset.openConsole();
        const limits = { maxRows: MAX_ROWS, timeLimitMs: TIME_LIMIT_MS };
        const result = await engine.use((client) => client.query(sql, limits, abort.signal));
        return { ...result, max_rows: MAX_ROWS };
      } finally {
        running.delete(abort);
      }
    },
    'sql.cancel': async () => {
      for (const abort of running) abort.abort();
      return null;
    },
  };
}
