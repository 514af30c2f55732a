import { randomUUID } from 'node:crypto';
import type { Dataset } from './dataset';
import type { CallHandlers } from './dispatcher';
import { OwnWork } from './own-work';

/** What a page can hold. */
const LIMITS = { maxRows: 10_000, maxBytes: 60_000_000, timeLimitMs: 60_000 };

/** The SQL console: one sandboxed statement after the other, ended by its page or by its limits. */
export function sqlCalls(dataset: Dataset): Pick<CallHandlers, 'sql.run' | 'sql.cancel'> {
  const running = new OwnWork();
  return {
    'sql.run': ({ sql, id = randomUUID() }, gone) =>
      running.run(id, gone, (signal) =>
        dataset.askConsole(async (client, { version }) => {
          const result = await client.query(sql, LIMITS, signal);
          return { ...result, max_rows: LIMITS.maxRows, version };
        }),
      ),
    'sql.cancel': async ({ id }) => {
      running.cancel(id);
      return null;
    },
  };
}
