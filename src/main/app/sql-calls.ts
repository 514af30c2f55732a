import { randomUUID } from 'node:crypto';
import type { SqlResult } from '../../preload/contract/calls';
import type { QueryResult } from '../engine/engine-messages';
import { giveBackSoon } from '../base/give-back';
import type { Dataset } from './dataset';
import type { CallHandlers } from './dispatcher';
import type { OpenedTables } from './opened-tables';
import type { OwnWork } from './own-work';
import { WrittenResult } from './written-result';

/** What a page can hold. */
const LIMITS = { maxRows: 10_000, maxBytes: 60_000_000, timeLimitMs: 60_000 };

/** The SQL console: one sandboxed statement after the other, ended by its page or by its limits. */
export function sqlCalls(
  dataset: Dataset,
  opened: OpenedTables,
  running: OwnWork,
): Pick<CallHandlers, 'sql.run' | 'sql.cancel'> {
  return {
    'sql.run': ({ sql, id = randomUUID() }, gone) =>
      running.run(id, gone, async (signal) => {
        try {
          return await dataset.askConsole(async (client, { version }) => {
            const pieces = await client.write(sql, LIMITS, signal);
            giveBackSoon(pieces.reduce((sum, { length }) => sum + length, 0));
            const beside = { max_rows: LIMITS.maxRows, version };
            return new WrittenResult(withMembers(pieces, beside));
          });
        } catch (error) {
          throw opened.missingInSql(error) ?? error;
        }
      }),
    'sql.cancel': async ({ id }) => {
      running.cancel(id);
      return null;
    },
  };
}

/** The object that the pieces make up, with more members before its own. */
function withMembers(
  [first = new Uint8Array(), ...rest]: Uint8Array<ArrayBuffer>[],
  members: Omit<SqlResult, keyof QueryResult>,
): Uint8Array<ArrayBuffer>[] {
  const before = new TextEncoder().encode(`${JSON.stringify(members).slice(0, -1)},`);
  return [before, first.subarray(1), ...rest];
}
