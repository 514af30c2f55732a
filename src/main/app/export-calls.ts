import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { ExportedFile, SavedFile } from '../../preload/contract/calls';
import { AppError } from '../../preload/contract/errors';
import type { ExportProgress } from '../../preload/contract/reports';
import type { NewView } from '../../preload/contract/view-format';
import type { DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { openingProblem } from '../datasets/open-problems';
import { exportFile, type ExportReport, exportScan } from '../engine/export-file';
import type { RiskSource } from '../engine/risk/risk-rows';
import { identityColumns } from '../privacy/identity-columns';
import { placeKeyed, placeOpened, placePublished } from '../privacy/placed-rows';
import { exportProtected } from '../privacy/protected-export';
import { pokemonRowKey, type RowKey, tableRowKey } from '../privacy/row-keys';
import { pokemonDataset } from '../shaping/pokemon-dataset';
import { checkOpenedView, checkPokemonView } from '../shaping/read-view';
import { loadDatasetAt } from '../warehouse/load-dataset-at';
import type { NoteAccess } from './access-calls';
import type { Dataset } from './dataset';
import type { CallHandlers } from './dispatcher';
import { isPublishedKey } from './explore-calls';
import { safeFileName } from './file-calls';
import type { Host, SaveTarget } from './host';
import { changedSince, type OpenedTable } from './opened-table';
import type { OpenedTables } from './opened-tables';
import { OwnWork } from './own-work';
import { Throttle } from './throttle';

const TELL_EVERY_MS = 100;
/** Each takes memory of its own; the others wait their turn. */
const AT_ONCE = 2;
const MEMORY = '2GB';

type Asked = Parameters<CallHandlers['export.data']>[0];

/** Exports of the dataset, each ended by the page that asked for it. */
export function exportCalls(
  paths: DataPaths,
  dataset: Dataset,
  opened: OpenedTables,
  host: Host,
  note: NoteAccess,
): Pick<CallHandlers, 'export.data' | 'export.cancel'> {
  const running = new OwnWork();
  const turn = pLimit(AT_ONCE);
  return {
    'export.data': ({ id = randomUUID(), ...asked }, gone) =>
      running.run(id, gone, async (signal) => {
        dataset.notice();
        const table =
          asked.dataset === undefined || isPublishedKey(asked.dataset)
            ? null
            : opened.get(asked.dataset);
        const view =
          asked.view === null
            ? null
            : table === null
              ? checkPokemonView(asked.view)
              : checkOpenedView(asked.view, table.dataset.described);
        // What is on the screen now, whatever is published while the person chooses a place.
        const version = asked.version ?? dataset.info?.version;
        const target = await host.chooseSaveTarget(
          `${table === null ? 'pokemon' : safeStem(table.entry.title)}.${asked.format}`,
          asked.format,
        );
        if (target === null) return { kind: 'cancelled' };
        const columns = isProtected(asked) ? [] : namedIn(table, view);
        if (columns.length > 0 || (table?.origin.query !== undefined && !isProtected(asked))) {
          await note({ what: 'export', how: `app, as ${asked.format}`, columns });
        }
        const throttle = new Throttle<ExportProgress>(TELL_EVERY_MS, (progress) =>
          host.emit('export.progressed', { id, progress }),
        );
        let begun = false;
        const file = turn(() => {
          begun = true;
          if (isProtected(asked)) {
            const whole = { ...asked, view, version };
            return exportProtectedTo(target, paths, table, whole, signal, throttle);
          }
          return table === null
            ? exportTo(target, paths, dataset, { ...asked, view, version }, signal, throttle)
            : exportOpened(target, paths, table, { ...asked, view }, signal, throttle);
        });
        // One that still waits ends at once; one that writes first takes its part of a file away.
        const ended = endOf(signal).then((end) => (begun ? file : end));
        try {
          return await Promise.race([file, ended]);
        } finally {
          throttle.stop();
          host.emit('export.progressed', { id, progress: null });
        }
      }),
    'export.cancel': async ({ id }) => {
      running.cancel(id);
      return null;
    },
  };
}

function isProtected({ pseudonymised, k }: Asked): boolean {
  return pseudonymised === true || k !== undefined;
}

/** Without what identifies, under keys, or so that each row has company. */
async function exportProtectedTo(
  target: SaveTarget,
  paths: DataPaths,
  table: OpenedTable | null,
  asked: Asked,
  signal: AbortSignal,
  throttle: Throttle<ExportProgress>,
): Promise<ExportedFile> {
  if (signal.aborted) return { kind: 'cancelled' };
  const database = await Database.open({ signal, memoryLimit: MEMORY });
  const { format, spreadsheet, pseudonymised = false, rekey = false } = asked;
  const keyed = async (of: (rekeyed: boolean) => RowKey | Promise<RowKey>) =>
    pseudonymised ? of(rekey) : null;
  try {
    let source: RiskSource;
    let key: RowKey | null;
    if (table === null) {
      source = pseudonymised
        ? await placeKeyed(database, paths, asked.version, asked.view !== null)
        : await placePublished(database, paths, asked.version);
      key = await keyed(pokemonRowKey);
    } else {
      const placed = await placeOpened(database, table.scan, null);
      if (await table.look()) throw changedSince(table.entry.title);
      source = { ...placed, dataset: table.asDescribed };
      key = await keyed((again) => tableRowKey(paths, source, table.entry.title, again));
    }
    const view = asked.view === null || table === null ? asked.view : ofNow(asked.view, table);
    const { rows, protection } = await exportProtected(
      database,
      paths,
      source,
      {
        ...{ out: target.path, format, spreadsheet, view, key, mapping: null },
        ...{ rekeyed: pseudonymised && rekey, k: asked.k ?? null, quasi: asked.quasi ?? null },
      },
      signal,
      { report: (progress) => throttle.push(progress) },
    );
    return { ...target.finish(), rows, ...(protection === null ? {} : { protection }) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'cancelled') return { kind: 'cancelled' };
    throw table === null ? error : openingProblem(error, table.entry.title);
  } finally {
    database.close();
  }
}

/** Columns that name somebody; of files that a person has opened none are the data folder's. */
function namedIn(table: OpenedTable | null, view: NewView | null): string[] {
  if (table === null) return identityColumns(pokemonDataset({ version: 0, rows: 0 }), view);
  return table.origin.own === undefined ? [] : identityColumns(table.dataset.described, view);
}

function safeStem(title: string): string {
  return safeFileName(title.replace(/(\.[a-z]{1,8}){1,2}$/i, ''), '').replace(/\.$/, '');
}

/** From the files, in the state in which they were opened. */
async function exportOpened(
  target: SaveTarget,
  paths: DataPaths,
  table: OpenedTable,
  { view, format, spreadsheet }: Asked,
  signal: AbortSignal,
  throttle: Throttle<ExportProgress>,
): Promise<SavedFile> {
  if (signal.aborted) return { kind: 'cancelled' };
  const database = await Database.open({ signal, memoryLimit: MEMORY });
  try {
    const shown = view === null ? null : { view: ofNow(view, table), dataset: table.asDescribed };
    const { rows } = await exportScan(
      database,
      paths,
      table.scan,
      { out: target.path, format, spreadsheet, shown },
      signal,
      async () => {
        if (await table.look()) throw changedSince(table.entry.title);
      },
      (progress) => throttle.push(progress),
    );
    return { ...target.finish(), rows };
  } catch (error) {
    if (error instanceof AppError && error.code === 'cancelled') return { kind: 'cancelled' };
    throw openingProblem(error, table.entry.title);
  } finally {
    database.close();
  }
}

/** Of a table of two versions a view shows the one that is looked at; without a view both are meant. */
function ofNow(view: NewView, { sides, dataset: { described } }: OpenedTable): NewView {
  if (sides === undefined) return view;
  return {
    ...view,
    columns: view.columns ?? described.columns.map(({ name }) => name),
    selections: [...view.selections, { source: 'version', filter: sides.filter('now') }],
  };
}

/** Resolves as cancelled once `signal` aborts. */
function endOf(signal: AbortSignal): Promise<SavedFile> {
  return new Promise((resolve) => {
    const end = () => resolve({ kind: 'cancelled' });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}

async function exportTo(
  target: SaveTarget,
  paths: DataPaths,
  dataset: Dataset,
  asked: Asked,
  signal: AbortSignal,
  throttle: Throttle<ExportProgress>,
): Promise<SavedFile> {
  if (signal.aborted) return { kind: 'cancelled' };
  const database = await Database.open({ signal });
  const write = (table: string | null): Promise<ExportReport> =>
    exportFile(
      database,
      paths,
      {
        out: target.path,
        format: asked.format,
        dataset: pokemonDataset({ version: 0, rows: 0 }),
        view: asked.view,
        pseudonymisedFiles: null,
        table,
        spreadsheet: asked.spreadsheet,
      },
      signal,
      (progress) => throttle.push(progress),
    );
  try {
    const isLoaded = async () =>
      asked.version === dataset.info?.version && (await dataset.isPublished());
    let report = (await isLoaded()) ? await write(null) : null;
    // Another version took the file's place, perhaps while it was read: the tables have the rows.
    if (report === null || !(await isLoaded())) {
      report = await write(await loadDatasetAt(database, paths, asked.version));
    }
    return { ...target.finish(), rows: report.rows };
  } catch (error) {
    if (error instanceof AppError && error.code === 'cancelled') return { kind: 'cancelled' };
    throw error;
  } finally {
    database.close();
  }
}
