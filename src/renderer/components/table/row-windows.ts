import { AppError } from '../../../preload/contract/errors';
import type { Filter, Sort } from '../../../preload/contract/filters';
import { type Row, rowsOf } from '../../row/row';
import { LatestWins } from '../../state/latest-wins';
import type { AskQuestion } from '../../state/ask-question';

/** A few screens of the docked table. */
export const WINDOW_ROWS = 40;
const MOST_WINDOWS = 200;
/** The engine gives at most so many rows at once. */
const MOST_AT_ONCE = 1000;
/** Selections that follow each other faster are a drag: the table waits until it rests. */
const REST_MS = 150;

export interface RowQuestion {
  filters: readonly Filter[];
  sort: readonly Sort[];
  /** Those that a row is drawn with. */
  columns: readonly string[];
  /** Which state of which data; null while there are none. */
  of: string | null;
}

export interface RowsSeen {
  /** Rows under the filters that the rows here are of; null before the first answer. */
  total: number | null;
  windows: ReadonlyMap<number, readonly Row[]>;
  /** True while an answer to a newer question is awaited. */
  stale: boolean;
  error: AppError | null;
}

interface Wanted {
  question: RowQuestion;
  key: string;
  windows: readonly number[];
}

/**
 * The table's rows, fetched in windows as they come into sight. What was seen stays until the
 * answer to a newer question is whole, so that nothing jumps. A drag asks at its first step and
 * when it rests.
 */
export class RowWindows {
  #seen: RowsSeen = { total: null, windows: new Map(), stale: false, error: null };
  #rowsSeen: Omit<RowsSeen, 'stale'> = this.#seen;
  #question: RowQuestion = { filters: [], sort: [], columns: [], of: null };
  #key = '';
  #seenKey = '';
  #first = 0;
  #last = WINDOW_ROWS - 1;
  #filteredAt = -Infinity;
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #ask: AskQuestion;
  readonly #arrive: (of: string) => Promise<void> | null;
  readonly #latest = new LatestWins<Wanted>((wanted) => this.#answer(wanted));
  readonly #listeners = new Set<() => void>();

  /** @param arrive when the rows of other data may be shown; null for at once */
  constructor(ask: AskQuestion, arrive: (of: string) => Promise<void> | null = () => null) {
    this.#ask = ask;
    this.#arrive = arrive;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly seen = (): RowsSeen => this.#seen;

  /** Another only where more than `stale` changed. */
  readonly rowsSeen = (): Omit<RowsSeen, 'stale'> => this.#rowsSeen;

  rowAt(index: number): Row | undefined {
    return this.#seen.windows.get(Math.floor(index / WINDOW_ROWS))?.[index % WINDOW_ROWS];
  }

  setQuestion(question: RowQuestion): void {
    const key = JSON.stringify(question);
    if (key === this.#key) return;
    const isFiltered = sameButFilters(question, this.#question);
    const isDrag = isFiltered && performance.now() - this.#filteredAt < REST_MS;
    if (isFiltered) this.#filteredAt = performance.now();
    this.#question = question;
    this.#key = key;
    clearTimeout(this.#rest);
    if (question.of === null) return this.#latest.letGo();
    // Back to the question whose answer still stands: nothing newer is awaited.
    const stale = key !== this.#seenKey;
    if (stale !== this.#seen.stale) this.#tell({ stale });
    if (isDrag) this.#rest = setTimeout(() => this.#askNow(), REST_MS);
    else this.#askNow();
  }

  /** Says which rows are in sight. */
  want(first: number, last: number): void {
    this.#first = Math.max(0, first);
    this.#last = Math.max(this.#first, last);
    if (this.#seen.error !== null || this.#seenKey !== this.#key) return;
    if (this.#missing(this.#wanted()).length > 0) this.#askNow();
  }

  retry(): void {
    this.#tell({ error: null });
    this.#askNow();
  }

  /** Rows `first` to `last` of the table as it stands, in its order; asks for all of them. */
  async rowsBetween(first: number, last: number, columns: readonly string[]): Promise<Row[]> {
    const { filters, sort } = this.#question;
    const starts: number[] = [];
    for (let at = first; at <= last; at += MOST_AT_ONCE) starts.push(at);
    const pages = await Promise.all(
      starts.map((from) =>
        this.#page({ filters, sort, columns }, from, Math.min(MOST_AT_ONCE, last - from + 1)),
      ),
    );
    return pages.flat();
  }

  #askNow(): void {
    if (this.#question.of === null) return;
    this.#latest.want({ question: this.#question, key: this.#key, windows: this.#wanted() });
  }

  async #answer({ question, key, windows }: Wanted): Promise<void> {
    try {
      if (key === this.#seenKey) await this.#addMissing(question, key, windows);
      else await this.#replace(question, key, windows);
    } catch (cause) {
      // What is asked now may have an answer all the same.
      if (key !== this.#key) return;
      const error =
        cause instanceof AppError
          ? cause
          : new AppError('internal', 'The table could not be read.', { cause });
      this.#tell({ error, stale: false });
    }
  }

  /** Count and rows in sight under a new question, as one answer. */
  async #replace(question: RowQuestion, key: string, windows: readonly number[]): Promise<void> {
    const [{ n }, ...pages] = await Promise.all([
      this.#ask({ kind: 'summary', of: [] }, [...question.filters]),
      ...windows.map((at) => this.#page(question, at * WINDOW_ROWS, WINDOW_ROWS)),
    ]);
    const moment = this.#arrive(question.of ?? '');
    if (moment !== null) await moment;
    this.#seenKey = key;
    this.#tell({
      total: n,
      windows: new Map(windows.map((at, index) => [at, pages[index] ?? []])),
      stale: key !== this.#key,
      error: null,
    });
  }

  async #addMissing(question: RowQuestion, key: string, wanted: readonly number[]): Promise<void> {
    const missing = this.#missing(wanted);
    if (missing.length === 0) return this.#tell({ stale: key !== this.#key });
    const pages = await Promise.all(
      missing.map((at) => this.#page(question, at * WINDOW_ROWS, WINDOW_ROWS)),
    );
    const windows = new Map(this.#seen.windows);
    for (const [index, at] of missing.entries()) windows.set(at, pages[index] ?? []);
    const kept = new Set(this.#wanted());
    for (const at of windows.keys()) {
      if (windows.size <= MOST_WINDOWS) break;
      if (!kept.has(at)) windows.delete(at);
    }
    this.#tell({ windows, error: null });
  }

  async #page(
    { filters, sort, columns }: Omit<RowQuestion, 'of'>,
    from: number,
    count: number,
  ): Promise<Row[]> {
    const asked = { kind: 'rows' as const, columns: [...columns], sort: [...sort], from, count };
    return rowsOf(await this.#ask(asked, [...filters]));
  }

  #wanted(): number[] {
    const first = Math.floor(this.#first / WINDOW_ROWS);
    const last = Math.floor(this.#last / WINDOW_ROWS);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  #missing(wanted: readonly number[]): number[] {
    const { total, windows } = this.#seen;
    return wanted.filter((at) => at * WINDOW_ROWS < (total ?? 0) && !windows.has(at));
  }

  #tell(change: Partial<RowsSeen>): void {
    this.#seen = { ...this.#seen, ...change };
    if (Object.keys(change).some((part) => part !== 'stale')) this.#rowsSeen = this.#seen;
    for (const listener of this.#listeners) listener();
  }
}

function sameButFilters(one: RowQuestion, other: RowQuestion): boolean {
  const rest = ({ sort, columns, of }: RowQuestion) => JSON.stringify([sort, columns, of]);
  return rest(one) === rest(other);
}
