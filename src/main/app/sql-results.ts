import { randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import { replaceFile } from '../base/durable-file';
import { hostError } from '../base/host-error';
import { refuseOwnFile } from '../base/own-files';
import type { Saving } from '../engine/engine-messages';
import { checkFileName, compressionOf } from '../engine/export-options';
import type { NoteAccess } from './access-calls';
import type { Dataset } from './dataset';
import type { CallHandlers } from './dispatcher';
import type { Host } from './host';
import type { OpenedTables } from './opened-tables';
import type { OwnWork } from './own-work';
import type { ResultFiles } from './result-files';

const TIME_LIMIT_MS = 600_000;

interface Asked {
  sql: string;
  id?: string | undefined;
  /** Of the data whose result is shown. */
  version: number;
}

/** A query's whole result, as a file or as a table of its own: the query runs once more. */
export function sqlResultCalls(
  paths: DataPaths,
  dataset: Dataset,
  opened: OpenedTables,
  results: ResultFiles,
  running: OwnWork,
  host: Host,
  note: NoteAccess,
): Pick<CallHandlers, 'sql.save' | 'sql.explore'> {
  let explored = 0;
  const write = async ({ sql, version }: Asked, saving: Saving, signal: AbortSignal) => {
    try {
      return await dataset.askConsole((client, info) => {
        if (info.version !== version) throw ofOtherVersion();
        return client.save(sql, { ...saving, timeLimitMs: TIME_LIMIT_MS }, signal);
      });
    } catch (error) {
      throw opened.missingInSql(error) ?? error;
    }
  };
  return {
    'sql.save': ({ id = randomUUID(), format, spreadsheet, ...asked }, gone) =>
      running.run(id, gone, async (signal) => {
        const target = await host.chooseSaveTarget(`query.${format}`, format);
        if (target === null) return { kind: 'cancelled' };
        checkFileName(target.path, format);
        await refuseOwnFile(target.path, paths);
        const compression = compressionOf(target.path);
        const made = await results.newFile(format);
        try {
          const saving = { to: made.path, format, compression, spreadsheet };
          const rows = await write(asked, saving, signal);
          // What a query makes of identity cannot be told from its columns.
          await note({ what: 'export', how: `app, result of SQL as ${format}`, rows });
          await replaceFile(target.path, (temporary) => copyFile(made.path, temporary));
          return { ...target.finish(), rows };
        } catch (error) {
          throw hostError(error, `The file ${target.path}`) ?? error;
        } finally {
          await made.remove();
        }
      }),
    'sql.explore': ({ id = randomUUID(), ...asked }, gone) =>
      running.run(id, gone, async (signal) => {
        explored += 1;
        const title = `Query ${explored}`;
        const made = await results.newFile('parquet');
        try {
          const exact = { format: 'parquet', compression: null, spreadsheet: null } as const;
          await write(asked, { to: made.path, ...exact }, signal);
          const table = await opened.open({
            ...{ path: made.path, title, uploaded: true, query: asked.sql },
            release: made.remove,
          });
          return table.dataset;
        } catch (error) {
          await made.remove();
          throw error;
        }
      }),
  };
}

function ofOtherVersion(): AppError {
  return new AppError('version-replaced', 'The data have changed since this result was made.', {
    hint: 'Run the query again, then save or explore its result.',
  });
}
