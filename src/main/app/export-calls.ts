import type { SavedFile } from '../../preload/contract/calls';
import { AppError } from '../../preload/contract/errors';
import type { ExportProgress } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { exportFile } from '../engine/export-file';
import type { CallHandlers } from './dispatcher';
import type { Host } from './host';
import { Throttle } from './throttle';

const TELL_EVERY_MS = 100;

/** Exports of the dataset, one at a time. */
export function exportCalls(
  paths: DataPaths,
  host: Host,
): Pick<CallHandlers, 'export.data' | 'export.cancel'> {
  let running: AbortController | null = null;
  return {
    'export.data': async ({ format, view }) => {
      if (running !== null) {
        throw new AppError('locked', 'An export is already running.', {
          hint: 'Wait until it has ended, or cancel it.',
        });
      }
      const abort = new AbortController();
      running = abort;
      try {
        return await exportTo(host, paths, { format, view }, abort.signal);
      } finally {
        running = null;
      }
    },
    'export.cancel': async () => {
      running?.abort();
      return null;
    },
  };
}

async function exportTo(
  host: Host,
  paths: DataPaths,
  { format, view }: Parameters<CallHandlers['export.data']>[0],
  signal: AbortSignal,
): Promise<SavedFile> {
  const target = await host.chooseSaveTarget(`pokemon.${format}`, format);
  if (target === null || signal.aborted) return { kind: 'cancelled' };
  const throttle = new Throttle<ExportProgress>(TELL_EVERY_MS, (progress) =>
    host.emit('export.progressed', progress),
  );
  const database = await Database.open({ signal });
  try {
    const { rows } = await exportFile(
      database,
      paths,
      { out: target.path, format, view, pseudonymisedFiles: null },
      signal,
      (progress) => throttle.push(progress),
    );
    return { ...target.finish(), rows };
  } catch (error) {
    if (error instanceof AppError && error.code === 'cancelled') return { kind: 'cancelled' };
    throw error;
  } finally {
    throttle.stop();
    host.emit('export.progressed', null);
    database.close();
  }
}
