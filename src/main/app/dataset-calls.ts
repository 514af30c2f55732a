import { basename } from 'node:path';
import { AppError } from '../../preload/contract/errors';
import type { CorrectedColumns, OpenOutcome } from '../../preload/contract/opened';
import type { CallHandlers } from './dispatcher';
import { isPublishedKey } from './explore-calls';
import type { ChangeTables } from './change-tables';
import type { Host } from './host';
import { type Origin, originAt } from './opened-table';
import type { OpenedTables } from './opened-tables';
import type { PublishedColumns } from './published-columns';
import type { RecentFiles } from './recent-files';
import type { VersionTables } from './version-tables';

type Names =
  | 'datasets.open'
  | 'datasets.list'
  | 'datasets.describe'
  | 'datasets.close'
  | 'datasets.reload'
  | 'datasets.correct'
  | 'columns.correct';

/** Opens and closes tables for a page, which names them by keys and ids. */
export function datasetCalls(
  tables: OpenedTables,
  recent: RecentFiles,
  published: PublishedColumns,
  versions: VersionTables,
  changes: ChangeTables,
  host: Host,
): Pick<CallHandlers, Names> {
  return {
    'datasets.open': async (request): Promise<OpenOutcome> => {
      if (request.from === 'version') {
        const { dataset } = await versions.open(request.version, request.against);
        return { kind: 'opened', dataset };
      }
      if (request.from === 'changes') {
        return { kind: 'opened', dataset: (await changes.open()).dataset };
      }
      const origin = await originOf(request, recent, host);
      if (origin === null) return { kind: 'cancelled' };
      try {
        return { kind: 'opened', dataset: (await tables.open(origin)).dataset };
      } catch (error) {
        await origin.release();
        throw error;
      }
    },
    'datasets.list': () => tables.list(),
    'datasets.describe': async ({ dataset }) => tables.get(dataset).dataset,
    'datasets.close': async ({ dataset }) => {
      await tables.closeTable(dataset);
      return null;
    },
    'datasets.reload': async ({ dataset }) => (await tables.reload(dataset)).dataset,
    'datasets.correct': async ({ dataset, csv }) => (await tables.correct(dataset, csv)).dataset,
    'columns.correct': async ({ dataset, columns }): Promise<CorrectedColumns> => {
      const corrected =
        dataset === undefined || isPublishedKey(dataset)
          ? await published.correct(columns)
          : await tables.correctColumns(dataset, columns);
      host.emit('columns.corrected', corrected);
      return corrected;
    },
  };
}

/** Null where the person chose nothing. */
async function originOf(
  request: Exclude<Parameters<CallHandlers['datasets.open']>[0], { from: 'version' | 'changes' }>,
  recent: RecentFiles,
  host: Host,
): Promise<Origin | null> {
  switch (request.from) {
    case 'file':
    case 'folder': {
      const path = await host.chooseDataset(request.from);
      return path === null ? null : originAt(path);
    }
    case 'recent': {
      const path = await recent.pathOf(request.id);
      if (path !== null) return originAt(path);
      throw new AppError('no-data', 'This table is not among the recent ones any more.', {
        hint: 'Open its file again.',
      });
    }
    case 'upload': {
      const upload = await host.takeUpload(request.id);
      if (upload === null) {
        throw new AppError('no-data', 'The file did not arrive.', { hint: 'Open it again.' });
      }
      const { path, remove } = upload;
      return { path, title: basename(path), uploaded: true, release: remove };
    }
  }
}
