import { basename, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import type { CsvChoices, OpenedDataset, OpenTable } from '../../preload/contract/opened';
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

/** Where a table comes from. */
export interface Origin {
  readonly path: string;
  readonly title: string;
  /** Handed over by a page: the copy goes with the table. */
  readonly uploaded: boolean;
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

/** What is loaded and what it is. */
interface Loaded {
  scan: OpenedScan;
  described: DatasetDescriptor;
  firstView: NewView;
}

/** One opened table: its rows in a workbench of its own, its description, how to read it again. */
export class OpenedTable {
  changed = false;
  private readonly asked = new WeakMap<EngineClient, AskedTable>();

  private constructor(
    readonly origin: Origin,
    readonly corrected: CsvChoices,
    readonly sqlName: string,
    private readonly loaded: Loaded,
    private readonly engine: LiveEngine<null>,
    private readonly spill: ScratchFolder,
  ) {}

  /**
   * Reads, loads and describes. Rejects with one sentence and the next step.
   * @param nameIt what it is to be called in SQL
   */
  static async open(
    origin: Origin,
    corrected: CsvChoices,
    start: StartEngine,
    told: Told,
    nameIt: (reserved: ReadonlySet<string>) => string,
    signal: AbortSignal,
  ): Promise<OpenedTable> {
    const scan = await openDataset(origin.path, { csv: corrected, signal });
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
      const look = await lookOver(
        { rows: async (sql) => (await rowsOf(slot.client, sql)) as never },
        {
          from: quotedName(TABLE),
          position: positionName(scan.columns),
          columns: scan.columns,
          rows: scan.rows,
        },
      );
      const described = describeOpened(scan, look);
      const loaded = { scan, described, firstView: firstView(described, look) };
      const sqlName = nameIt(await reservedWords(slot.client));
      return new OpenedTable(origin, corrected, sqlName, loaded, engine, spill);
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
    const { described, firstView: first, scan } = this.loaded;
    return {
      described,
      firstView: first,
      notes: scan.notes,
      csv: scan.csv,
      corrected: this.corrected,
    };
  }

  get entry(): OpenTable {
    const { key, title, kind, rows } = this.loaded.described;
    return { key, title, kind, rows, sqlName: this.sqlName, changed: this.changed };
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
          new AskedTable(this.loaded.described, (statements) =>
            client.batch(statements, TIME_LIMIT_MS),
          );
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
    if (!this.changed) this.changed = await hasChanged(this.loaded.scan.files);
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

export function isReplaced(error: unknown): boolean {
  return error instanceof AppError && error.code === 'version-replaced';
}

function changedWhileRead(name: string, cause: unknown): AppError {
  return new AppError('not-readable', `“${name}” changed while it was read.`, {
    hint: 'Open it again once nothing writes to it any more.',
    cause,
  });
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
