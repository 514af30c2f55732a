import type { ChartRequest, ChartRow } from '../../../preload/contract/chart-query';
import { AppError } from '../../../preload/contract/errors';
import type { Sort } from '../../../preload/contract/filters';
import type { Filter } from '../../../preload/contract/row-filters';
import { RowCache } from './row-cache';

/** A few screens of the docked table: a drag asks for the first window at every step. */
export const WINDOW_ROWS = 40;
const MOST_WINDOWS = 200;
/** The engine gives at most so many rows at once. */
const MOST_AT_ONCE = 1000;

export interface RowQuestion {
  filters: readonly Filter[];
  sort: readonly Sort[];
  /** The data's version; null while there is none. */
  version: number | null;
}

export interface RowsSeen {
  /** Rows under the filters; null before the first answer. */
  total: number | null;
  /** Rows whatever the filters. */
  whole: number | null;
  windows: ReadonlyMap<number, readonly ChartRow[]>;
  /** True while an answer to a newer question is awaited. */
  stale: boolean;
  error: AppError | null;
}

export type Ask = (request: ChartRequest) => Promise<ChartRow[]>;

/**
 * The table's rows, fetched in windows as they come into sight. What was seen stays until the
 * answer to a newer question is whole, so that nothing jumps; while one question is under way
 * only the newest waits.
 */
export class RowWindows {
  #seen: RowsSeen = { total: null, whole: null, windows: new Map(), stale: false, error: null };
  #rowsSeen: Omit<RowsSeen, 'stale'> = this.#seen;
  #question: RowQuestion = { filters: [], sort: [], version: null };
  #key = '';
  #seenKey = '';
  #first = 0;
  #last = WINDOW_ROWS - 1;
  #busy = false;
  readonly #ask: Ask;
  readonly #cache: RowCache;
  readonly #listeners = new Set<() => void>();

  constructor(ask: Ask) {
    this.#ask = ask;
    this.#cache = new RowCache(ask);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly seen = (): RowsSeen => this.#seen;

  /** Another only where more than `stale` changed, which it does twice a step of a drag. */
  readonly rowsSeen = (): Omit<RowsSeen, 'stale'> => this.#rowsSeen;

  rowAt(index: number): ChartRow | undefined {
    return this.#seen.windows.get(Math.floor(index / WINDOW_ROWS))?.[index % WINDOW_ROWS];
  }

  setQuestion(question: RowQuestion): void {
    const key = JSON.stringify(question);
    if (key === this.#key) return;
    this.#question = question;
    this.#key = key;
    if (question.version === null) return;
    // Back to the question whose answer still stands: nothing newer is awaited.
    const stale = key !== this.#seenKey;
    if (stale !== this.#seen.stale) this.#tell({ stale });
    void this.#run();
  }

  /** Says which rows are in sight. */
  want(first: number, last: number): void {
    this.#first = Math.max(0, first);
    this.#last = Math.max(this.#first, last);
    if (this.#seen.error !== null || this.#seenKey !== this.#key) return;
    if (this.#missing().length > 0) void this.#run();
  }

  retry(): void {
    this.#tell({ error: null });
    void this.#run();
  }

  /** Rows `first` to `last` of the table as it stands, in its order; asks for all of them. */
  async rowsBetween(first: number, last: number): Promise<ChartRow[]> {
    const { filters, sort } = this.#question;
    const offsets: number[] = [];
    for (let at = first; at <= last; at += MOST_AT_ONCE) offsets.push(at);
    const pages = await Promise.all(
      offsets.map((offset) => {
        const limit = Math.min(MOST_AT_ONCE, last - offset + 1);
        return this.#ask({
          query: { kind: 'rows', sort: [...sort], offset, limit },
          filters: [...filters],
        });
      }),
    );
    return pages.flat();
  }

  async #run(): Promise<void> {
    if (this.#busy || this.#question.version === null) return;
    this.#busy = true;
    try {
      while (this.#seenKey !== this.#key || this.#missing().length > 0) {
        const key = this.#key;
        await (this.#seenKey === key ? this.#fetchMissing(key) : this.#fetchAnew(key));
      }
    } catch (cause) {
      const error =
        cause instanceof AppError
          ? cause
          : new AppError('internal', 'The table could not be read.', { cause });
      this.#tell({ error, stale: false });
    } finally {
      this.#busy = false;
    }
  }

  /** Count and rows in sight under a new question, as one answer. */
  async #fetchAnew(key: string): Promise<void> {
    const { version } = this.#question;
    const filters = [...this.#question.filters];
    const wanted = this.#wanted();
    const summary = this.#ask({ query: { kind: 'summary' }, filters });
    const [counts, ...pages] = await Promise.all([summary, ...wanted.map((at) => this.#page(at))]);
    const whole = Number(counts?.[0]?.['total'] ?? 0);
    this.#cache.readAhead(whole, version);
    // Shown even where a newer question waits: during a drag there always is one.
    this.#seenKey = key;
    this.#tell({
      total: Number(counts?.[0]?.['n'] ?? 0),
      whole,
      windows: new Map(wanted.map((at, index) => [at, pages[index] ?? []])),
      stale: key !== this.#key,
      error: null,
    });
  }

  async #fetchMissing(key: string): Promise<void> {
    const missing = this.#missing();
    const pages = await Promise.all(missing.map((at) => this.#page(at)));
    if (key !== this.#key) return;
    const windows = new Map(this.#seen.windows);
    for (const [index, at] of missing.entries()) windows.set(at, pages[index] ?? []);
    const kept = new Set(this.#wanted());
    for (const at of windows.keys()) {
      if (windows.size <= MOST_WINDOWS) break;
      if (!kept.has(at)) windows.delete(at);
    }
    this.#tell({ windows, error: null });
  }

  /** Which rows they are, and then what of them is not known yet. */
  async #page(window: number): Promise<ChartRow[]> {
    const { filters, sort, version } = this.#question;
    const offset = window * WINDOW_ROWS;
    const places = await this.#ask({
      query: { kind: 'rows', columns: ['id'], sort: [...sort], offset, limit: WINDOW_ROWS },
      filters: [...filters],
    });
    return this.#cache.rowsOf(
      places.map(({ id }) => Number(id)),
      version,
    );
  }

  #wanted(): number[] {
    const first = Math.floor(this.#first / WINDOW_ROWS);
    const last = Math.floor(this.#last / WINDOW_ROWS);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  #missing(): number[] {
    const { total, windows } = this.#seen;
    return this.#wanted().filter((at) => at * WINDOW_ROWS < (total ?? 0) && !windows.has(at));
  }

  #tell(change: Partial<RowsSeen>): void {
    this.#seen = { ...this.#seen, ...change };
    if (Object.keys(change).some((part) => part !== 'stale')) this.#rowsSeen = this.#seen;
    for (const listener of this.#listeners) listener();
  }
}
