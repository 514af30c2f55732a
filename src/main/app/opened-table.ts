import { basename, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import {
  type ColumnCorrections,
  correctedDataset,
} from '../../preload/contract/column-corrections';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import type {
  CorrectedColumns,
  CsvChoices,
  OpenedDataset,
  OpenTable,
} from '../../preload/contract/opened';
import type { NewView } from '../../preload/contract/view-format';
import { quotedName } from '../base/duckdb';
import { isMissing } from '../base/durable-file';
import type { FileStamp } from '../base/scan';
import { describeOpened } from '../datasets/describe';
import { firstView } from '../datasets/first-view';
import { lookOver } from '../datasets/look-over';
import { openDataset } from '../datasets/open';
import { openingProblem } from '../datasets/open-problems';
import type { OpenedScan } from '../datasets/opened-scan';
import { ScratchFolder } from '../datasets/scratch-folder';
import { AskedTable, positionName, TABLE } from '../engine/ask-table';
import type { EngineClient } from '../engine/engine-client';
import type { NamedScan } from '../engine/engine-messages';
import { LiveEngine, type StartEngine } from './live-engine';
import type { OwnTable, Sides } from './own-table';

/** Where a table comes from. */
export interface Origin {
  readonly path: string;
  readonly title: string;
  /** Handed over by a page: the copy goes with the table. */
  readonly uploaded: boolean;
  /** The query whose result it is; absent for what a person has opened. */
  readonly query?: string;
  /** What the app has made it of; absent for what a person has opened. */
  readonly own?: OwnTable;
  /** Called once the table is closed for good. */
  release(): Promise<void>;
}

/** A file, a folder or a pattern on this machine. */
export function originAt(path: string): Origin {
  const full = resolve(path);
  return {
    path: full,
    title: basename(full) || full,
    uploaded: false,
    release: async () => {},
  };
}

const LOOK_LIMIT_MS = 600_000;
const TIME_LIMIT_MS = 60_000;

interface Told {
  restarted(): void;
  failed(error: unknown): void;
}

/** What a person has corrected of a table. */
export interface Corrected {
  readonly csv: CsvChoices;
  readonly columns: ColumnCorrections;
}

/** What is loaded and what it is. */
interface Loaded {
  scan: OpenedScan;
  /** As the app sees it by itself. */
  guessed: DatasetDescriptor;
  described: DatasetDescriptor;
  firstView: NewView;
  columns: ColumnCorrections;
  viewOf: FirstViewOf;
}

/** What is first shown of it. */
type FirstViewOf = (described: DatasetDescriptor) => NewView;

/** One opened table: its rows in a workbench of its own, its description, how to read it again. */
export class OpenedTable {
  /** Its files are others than those that were read. */
  changed = false;
  /** Files have come to the opened folder or pattern. */
  private grown = false;
  private asked = new WeakMap<EngineClient, AskedTable>();

  private constructor(
    readonly origin: Origin,
    /** What a person has corrected of how a CSV is read. */
    readonly csv: CsvChoices,
    readonly sqlName: string,
    private loaded: Loaded,
    private readonly engine: LiveEngine<null>,
    private readonly spill: ScratchFolder,
  ) {}

  /**
   * Reads, loads and describes. Rejects with one sentence and the next step.
   * @param nameIt what it is to be called in SQL
   */
  static async open(
    origin: Origin,
    { csv, columns }: Corrected,
    start: StartEngine,
    told: Told,
    nameIt: (reserved: ReadonlySet<string>) => string,
    signal: AbortSignal,
  ): Promise<OpenedTable> {
    const scan = await openDataset(origin.path, { csv, signal });
    const spill = new ScratchFolder();
    const engine = new LiveEngine<null>(start, told);
    const end = () => engine.close();
    signal.addEventListener('abort', end);
    try {
      const { from, files } = scan;
      const table: NamedScan = { name: 'opened', from, files };
      const slot = await engine.prepare(
        { for: 'questions', table, spill: await spill.newPath('') },
        null,
      );
      engine.take(slot);
      const { guessed, viewOf } = await describedBy(origin, scan, slot.client);
      const isKeyed = await hasKey(slot.client, scan, columns);
      const loaded = { scan, guessed, viewOf, ...asCorrected(guessed, viewOf, columns, isKeyed) };
      const sqlName = nameIt(await reservedWords(slot.client));
      return new OpenedTable(origin, csv, sqlName, loaded, engine, spill);
    } catch (error) {
      engine.close();
      await Promise.all([scan.close(), spill.remove()]);
      throw isReplaced(error)
        ? changedWhileRead(scan.name, error)
        : openingProblem(error, scan.name);
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  get key(): string {
    return this.loaded.described.key;
  }

  get dataset(): OpenedDataset {
    const { described, firstView: first, columns, scan } = this.loaded;
    return {
      described,
      firstView: first,
      notes: scan.notes,
      csv: scan.csv,
      corrected: this.csv,
      columns,
    };
  }

  /** Rejects with `usage` for a key by which rows cannot be told apart. */
  async correctColumns(columns: ColumnCorrections): Promise<CorrectedColumns> {
    const isKeyed = await this.engine.use((client) => hasKey(client, this.scan, columns));
    const key = keyIn(columns);
    if (key !== undefined && !isKeyed) throw noKey(key.name);
    const { guessed, viewOf } = this.loaded;
    this.loaded = { ...this.loaded, ...asCorrected(guessed, viewOf, columns, isKeyed) };
    // What is told of rows by key and title is asked again.
    this.asked = new WeakMap();
    return this.dataset;
  }

  /** As its engine has to know it. */
  get asDescribed(): DatasetDescriptor {
    const { described } = this.loaded;
    return this.sides?.asked(described) ?? described;
  }

  get sides(): Sides | undefined {
    return this.origin.own?.sides;
  }

  get entry(): OpenTable {
    const { key, title, kind, rows } = this.loaded.described;
    return { key, title, kind, rows, sqlName: this.sqlName, changed: this.changed || this.grown };
  }

  /** As SQL sees it. */
  get scan(): OpenedScan {
    return this.loaded.scan;
  }

  get namedScan(): NamedScan {
    const { from, files } = this.loaded.scan;
    return { name: this.sqlName, from, files };
  }

  /** Asks the questions of what was loaded, whatever its files hold by now. */
  async use<T>(work: (table: AskedTable) => Promise<T>): Promise<T> {
    try {
      return await this.engine.use((client) => {
        const table =
          this.asked.get(client) ??
          new AskedTable(this.asDescribed, (statements) => client.batch(statements, TIME_LIMIT_MS));
        this.asked.set(client, table);
        return work(table);
      });
    } catch (error) {
      // An engine that died loads again, which it cannot where the files are others by now.
      throw isReplaced(error) ? changedSince(this.loaded.scan.name, error) : error;
    }
  }

  /** True from the first time a file is seen to be another than the one that was read. */
  async look(): Promise<boolean> {
    const { files, listing, format } = this.loaded.scan;
    if (!this.changed) this.changed = await hasChanged(files);
    if (!this.grown && listing !== null) this.grown = await listing.hasNew(format);
    return this.changed;
  }

  /** @param keepOrigin where the same files are read again */
  async close(keepOrigin = false): Promise<void> {
    this.engine.close();
    await this.loaded.scan.close();
    await this.spill.remove();
    if (!keepOrigin) await this.origin.release();
  }
}

/** The app knows what it has made; of anything else enough rows are looked at to guess it. */
async function describedBy(
  origin: Origin,
  scan: OpenedScan,
  client: EngineClient,
): Promise<{ guessed: DatasetDescriptor; viewOf: FirstViewOf }> {
  const { own } = origin;
  if (own !== undefined) return { guessed: own.describe(scan.rows), viewOf: () => own.firstView };
  const look = await lookOver(
    { rows: async (sql) => (await rowsOf(client, sql)) as never },
    {
      from: quotedName(TABLE),
      position: positionName(scan.columns),
      columns: scan.columns,
      rows: scan.rows,
    },
  );
  return {
    guessed: asOrigin(describeOpened(scan, look), origin),
    viewOf: (described) => firstView(described, look),
  };
}

function asCorrected(
  guessed: DatasetDescriptor,
  viewOf: FirstViewOf,
  columns: ColumnCorrections,
  isKeyed: boolean,
) {
  const described = correctedDataset(guessed, columns, () => isKeyed);
  return { described, firstView: viewOf(described), columns };
}

function keyIn({ columns }: ColumnCorrections) {
  return columns.find(({ role }) => role === 'key');
}

/** Whether the corrected key, if there is one, is a column where every row has a value of its own. */
async function hasKey(
  client: EngineClient,
  scan: OpenedScan,
  columns: ColumnCorrections,
): Promise<boolean> {
  const key = keyIn(columns);
  if (key === undefined || !scan.columns.some(({ name }) => name === key.name)) return false;
  const [row] = await rowsOf(
    client,
    `SELECT count(*) = count(DISTINCT ${quotedName(key.name)}) AS unique_values FROM ${quotedName(TABLE)}`,
  );
  return row?.['unique_values'] === true;
}

function noKey(name: string): AppError {
  return new AppError(
    'usage',
    `“${name.slice(0, 60)}” is not a key: rows share a value or have none.`,
    {
      hint: 'Choose another role, or a column in which every row has a value of its own.',
    },
  );
}

export function isReplaced(error: unknown): boolean {
  return error instanceof AppError && error.code === 'version-replaced';
}

function changedWhileRead(name: string, cause: unknown): AppError {
  return new AppError('not-readable', `“${name}” changed while it was read.`, {
    hint: 'Open it again once nothing writes to it any more.',
    cause,
  });
}

/** A query's result is not a file of the person's: it is known by its query. */
function asOrigin(described: DatasetDescriptor, { title, query }: Origin): DatasetDescriptor {
  if (query === undefined) return described;
  const facts = [
    { label: 'Format', value: 'a query’s result' },
    { label: 'Query', value: query },
  ];
  return { ...described, kind: 'query', title, facts };
}

export function changedSince(name: string, cause?: unknown): AppError {
  return new AppError('version-replaced', `“${name}” has changed since it was opened.`, {
    hint: 'Press Reload to see what it holds now.',
    cause,
  });
}

function rowsOf(client: EngineClient, sql: string) {
  return client.batch([{ sql, values: {} }], LOOK_LIMIT_MS).then(([rows]) => rows ?? []);
}

async function reservedWords(client: EngineClient): Promise<ReadonlySet<string>> {
  const rows = await rowsOf(
    client,
    `SELECT keyword_name AS word FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'`,
  );
  return new Set(rows.map(({ word }) => String(word)));
}

/** By size and time alone: this is asked every few seconds. */
async function hasChanged(files: readonly FileStamp[]): Promise<boolean> {
  for (const { path, size, mtimeMs } of files) {
    try {
      const now = await stat(path);
      if (now.size !== size || now.mtimeMs !== mtimeMs) return true;
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
  }
  return false;
}
