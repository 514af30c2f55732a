import type { ColumnCorrections } from '../../preload/contract/column-corrections';
import type { DatasetKey } from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import type {
  Asked,
  CorrectedColumns,
  CsvChoices,
  Datasets,
  OpenTable,
  Refused,
} from '../../preload/contract/opened';
import type { NamedScan } from '../engine/engine-messages';
import { TAKEN_SQL_NAMES, sqlNameOf } from '../datasets/sql-name';
import { toldError } from './dispatcher';
import type { StartEngine } from './live-engine';
import { type Corrected, OpenedTable, type Origin, originAt } from './opened-table';
import type { OwnTable } from './own-table';
import type { RecentFiles } from './recent-files';

/** Each has a process and memory of its own. */
const MOST_OPEN = 8;
/** Of those that the app makes, of each kind: what is looked at, and what was before. */
const MOST_OWN = 2;
const LOOK_EVERY_MS = 2_000;
const MOST_REFUSED = 8;

/** The tables that are open beside the published data, by their keys. */
export class OpenedTables {
  private readonly tables = new Map<DatasetKey, OpenedTable>();
  private asked: Asked | null = null;
  private refused: readonly Refused[] = [];
  private lastId = Date.now();
  private changedTold = '';
  private opening: Promise<unknown> = Promise.resolve();
  private looking = false;
  private readonly end = new AbortController();
  private readonly timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();

  constructor(
    private readonly recent: RecentFiles,
    private readonly start: StartEngine,
    private readonly told: {
      changed(datasets: Datasets): void;
      restarted(): void;
      failed(error: unknown): void;
    },
  ) {}

  async list(): Promise<Datasets> {
    const open = this.entries;
    const recent = await this.recent.list().catch((error: unknown) => {
      this.told.failed(error);
      return [];
    });
    return { open, recent, asked: this.asked, refused: this.refused };
  }

  get entries(): OpenTable[] {
    return [...this.tables.values()].map(({ entry }) => entry);
  }

  /** What SQL sees of them: those whose files are as they were when they were read. */
  get scans(): NamedScan[] {
    return this.inSql.map(({ namedScan }) => namedScan);
  }

  private get inSql(): OpenedTable[] {
    return [...this.tables.values()].filter(
      ({ changed, origin }) => !changed && origin.own?.isView !== true,
    );
  }

  /** Another for each set of tables that SQL sees. */
  get state(): string {
    return JSON.stringify(this.inSql.map(({ key, sqlName }) => [key, sqlName]));
  }

  /** Throws `no-data` for what is not open (any more). */
  get(key: DatasetKey): OpenedTable {
    const table = this.tables.get(key);
    if (table === undefined) {
      throw new AppError('no-data', 'This table is not open any more.', {
        hint: 'Open its file again.',
      });
    }
    return table;
  }

  /** Opens what a person named outside the page, and tells the pages to show the last of it. */
  async openAsked(paths: readonly string[]): Promise<OpenedTable[]> {
    const opened: OpenedTable[] = [];
    for (const path of paths) opened.push(await this.open(originAt(path)));
    const last = opened.at(-1);
    if (last !== undefined) this.asked = { id: this.nextId(), key: last.key };
    await this.tell();
    return opened;
  }

  /** As `openAsked`, where nobody waits for an answer: what cannot be opened is told to the pages. */
  async openTold(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      try {
        await this.openAsked([path]);
      } catch (error) {
        const told = toldError(error, (unknown) => this.told.failed(unknown));
        this.refused = [...this.refused, { id: this.nextId(), error: told }].slice(-MOST_REFUSED);
        await this.tell();
      }
    }
  }

  /** Opened once however often it is asked for; where its files have changed, as they are now. */
  open(origin: Origin): Promise<OpenedTable> {
    return this.inTurn(async () => {
      const before = [...this.tables.values()].find((table) => table.origin.path === origin.path);
      return this.read(origin, await this.recent.correctedOf(origin), before ?? null);
    });
  }

  /**
   * Opens a table that the app makes, once however often it is asked for.
   * @param make writes it; its origin is released where it cannot be opened
   */
  openOwn(own: OwnTable, make: () => Promise<Origin>): Promise<OpenedTable> {
    return this.inTurn(async () => {
      const all = [...this.tables.values()];
      const known = all.find(({ origin }) => origin.own?.id === own.id);
      if (known !== undefined) return known;
      const alike = all.filter(({ origin }) => origin.own?.kind === own.kind);
      for (const table of alike.slice(0, alike.length - MOST_OWN + 1)) {
        await this.closeTable(table.key);
      }
      const origin = await make();
      try {
        return await this.read(origin, await this.recent.correctedOf(origin), null);
      } catch (error) {
        await origin.release();
        throw error;
      }
    });
  }

  /** Rejects and leaves it open as it is where its files cannot be read any more. */
  reload(key: DatasetKey): Promise<OpenedTable> {
    return this.inTurn(async () => {
      const table = this.get(key);
      const { csv, dataset } = table;
      return this.read(table.origin, { csv, columns: dataset.columns }, table);
    });
  }

  correct(key: DatasetKey, csv: CsvChoices): Promise<OpenedTable> {
    return this.inTurn(async () => {
      const table = this.get(key);
      return this.read(table.origin, { csv, columns: table.dataset.columns }, table);
    });
  }

  /** Rejects where they cannot be remembered; nothing is corrected then. */
  correctColumns(key: DatasetKey, columns: ColumnCorrections): Promise<CorrectedColumns> {
    return this.inTurn(async () => {
      const table = this.get(key);
      const before = table.dataset.columns;
      const { described, firstView } = await table.correctColumns(columns);
      try {
        await this.recent.rememberColumns(table.origin, columns);
      } catch (error) {
        await table.correctColumns(before);
        throw error;
      }
      return { described, firstView, columns };
    });
  }

  async closeTable(key: DatasetKey): Promise<void> {
    const table = this.get(key);
    this.tables.delete(key);
    if (this.asked?.key === key) this.asked = null;
    await table.close();
    await this.tell();
  }

  /** Closes the tables that the app made of what it keeps: they are copies of rows. */
  async closeOwn(): Promise<void> {
    for (const { key, origin } of [...this.tables.values()]) {
      if (origin.own !== undefined && this.tables.has(key)) await this.closeTable(key);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.end.abort();
    await this.opening.catch(() => {});
    const open = [...this.tables.values()];
    this.tables.clear();
    for (const table of open) await table.close();
  }

  private async read(
    origin: Origin,
    corrected: Corrected,
    before: OpenedTable | null,
  ): Promise<OpenedTable> {
    if (before === null && this.tables.size >= MOST_OPEN) throw tooMany();
    const others = this.entries.filter(({ key }) => key !== before?.key);
    const taken = [...TAKEN_SQL_NAMES, ...others.map(({ sqlName }) => sqlName)];
    const table = await OpenedTable.open(
      origin,
      corrected,
      this.start,
      this.told,
      (reserved) =>
        before?.sqlName ??
        (origin.own?.isView === true
          ? origin.own.sqlName
          : sqlNameOf(origin.own?.sqlName ?? origin.title, taken, reserved)),
      this.end.signal,
    );
    if (before !== null) {
      this.tables.delete(before.key);
      if (this.asked?.key === before.key) this.asked = { ...this.asked, key: table.key };
      await before.close(true);
    }
    this.tables.set(table.key, table);
    const { title, kind, rows } = table.entry;
    if (kind === 'file' || kind === 'delta') {
      // A table that cannot be remembered is open all the same.
      await this.recent
        .remember(origin, { title, kind, rows }, corrected.csv)
        .catch((error: unknown) => this.told.failed(error));
    }
    await this.tell();
    return table;
  }

  /** Which of the tables have changed on disk. */
  private get changedNow(): string {
    return JSON.stringify(this.entries.map(({ key, changed }) => [key, changed]));
  }

  private async tell(): Promise<void> {
    this.changedTold = this.changedNow;
    this.told.changed(await this.list());
  }

  private look(): void {
    if (this.looking || this.tables.size === 0) return;
    this.looking = true;
    this.lookAtAll()
      .then(() => (this.changedNow === this.changedTold ? undefined : this.tell()))
      .catch((error: unknown) => this.told.failed(error))
      .finally(() => (this.looking = false));
  }

  private nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  /** Whether any file has changed: SQL then sees its table no longer. */
  async lookAtAll(): Promise<void> {
    await Promise.all([...this.tables.values()].map((table) => table.look()));
  }

  /** Why SQL misses a table that is open: its files have changed. Null for any other problem. */
  missingInSql(error: unknown): AppError | null {
    if (!(error instanceof AppError) || error.code !== 'bad-query') return null;
    const [, missing] = /Table with name (.+?) does not exist!/.exec(error.message) ?? [];
    const table = [...this.tables.values()].find(
      ({ changed, sqlName }) => changed && sqlName.toLowerCase() === missing?.toLowerCase(),
    );
    if (table === undefined) return null;
    return new AppError('version-replaced', `“${table.entry.title}” has changed on disk.`, {
      hint: 'Show it in the explorer and press Reload; then SQL has it again.',
      cause: error,
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.opening.then(work);
    this.opening = next.catch(() => {});
    return next;
  }
}

function tooMany(): AppError {
  return new AppError('usage', `${MOST_OPEN} tables are open already.`, {
    hint: 'Close one of them first.',
  });
}
