import { existsSync } from 'node:fs';
import type { AppError, ErrorCode } from '../../preload/contract/errors';
import { dataPaths } from '../base/data-folder';
import { LogFile } from '../base/log-file';

/** A person's own mistake or cancellation is not a failure of the app. */
const THEIR_OWN: ReadonlySet<ErrorCode> = new Set([
  'usage',
  'bad-source',
  'bad-query',
  'query-refused',
  'bad-view',
  'bad-alert',
  'no-alert',
  'no-data',
  'no-such-game',
  'no-such-subject',
  'cancelled',
]);

/** Logs a command's failure in its data folder, where there is one. */
export function logFailure(data: string, command: string, error: AppError): void {
  if (THEIR_OWN.has(error.code) || !existsSync(data)) return;
  new LogFile(dataPaths(data).log).failed(`pokedex ${command}`, error);
}
