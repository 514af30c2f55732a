import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import type { Answers, QuestionKind, QuestionOf } from '../../../preload/contract/questions';
import { quotedName } from '../../base/duckdb';
import type { Binder, Bindings } from '../binder';
import type { Extent } from '../binning';
import { freeName } from '../free-name';

/** What a question is asked of. */
export interface Table {
  readonly dataset: DatasetDescriptor;
  /** Name of the table as SQL. */
  readonly from: string;
  /** Name of its column of positions, from 0; not one of the dataset's. */
  readonly position: string;
  /** Of a column's finite values over the whole table; `positive`: of those above 0. */
  extentOf(column: string, positive?: boolean): Promise<Extent>;
  /** The least and the greatest of a column's values that is not far off, over the whole table. */
  nearOf(column: string): Promise<Extent>;
  /** The most frequent values of a column over the whole table as text; `all` where there are no others. */
  frequentOf(column: string, most: number): Promise<Frequent>;
}

export interface Frequent {
  values: string[];
  all: boolean;
}

/** A question as it reaches its kind: `selected` is SQL to stand behind FROM. */
export interface AskedOf extends Table {
  readonly selected: string;
  /** Holds the values of `selected` already; a kind binds its own beside them. */
  readonly binder: Binder;
  /** Counts before the answer's own statement; null where the table is not counted by numbers. */
  counted: ((sql: string) => Promise<readonly Numbered[]>) | null;
  /** The rows of one more statement, run before the answer's own. */
  ask(sql: string, values: Bindings): Promise<Record<string, unknown>[]>;
  /** As `ask` of the whole table, whatever is filtered: asked once, and read once. */
  once<T>(sql: string, read: (rows: readonly Record<string, unknown>[]) => T): Promise<T>;
}

export interface Plan<K extends QuestionKind> {
  sql: string;
  /** Rows come as lists of cells in the columns' order, not as objects. */
  cells?: true;
  read(rows: readonly Record<string, unknown>[]): Answers[K];
  /** The same counted by a small number of each row; see row-numbers.ts. */
  byNumber?: ByNumber;
}

export interface ByNumber {
  /** SQL of a row's number, from 0; null where it has none. */
  sql: string;
  values?: Bindings;
  /** Rows as the plan's own `sql` gives them. */
  rows(counted: readonly Numbered[]): Record<string, unknown>[];
}

/** How many rows have a number. */
export interface Numbered {
  code: number | null;
  n: number;
}

/** One kind of question: its SQL and how the answer is read from the rows. */
export type AnswerKind<K extends QuestionKind> = (
  question: QuestionOf<K>,
  of: AskedOf,
) => Plan<K> | Promise<Plan<K>>;

/**
 * Rows that are alike in the columns as one, with how many they are in column `n`: what is then done
 * with each value is done once per combination, of which a large table has few.
 */
export function alike(
  columns: readonly string[],
  { selected }: Pick<AskedOf, 'selected'>,
): { from: string; n: string } {
  const names = [...new Set(columns)].map(quotedName).join(', ');
  const n = quotedName(freeName(columns, '#rows'));
  return { from: `(SELECT ${names}, count(*) AS ${n} FROM ${selected} GROUP BY ALL)`, n };
}

/** A count or a figure as DuckDB gives it; 0 for none. */
export function count(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : 0;
}

/** Null where there is no finite figure. */
export function figure(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
