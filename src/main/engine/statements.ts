import { TextList } from '../base/duckdb';
import type { Bindings } from './binder';

/** A statement as it is made, with the values to bind. */
export interface BoundStatement {
  sql: string;
  values: Bindings;
}

/** A statement of our own on its way to the engine process; an array is a list of texts. */
export interface PlainStatement {
  sql: string;
  values: Record<string, string | number | boolean | readonly string[]>;
  /** Each row comes as `cells`, a list of them in the columns' order; as an object otherwise. */
  cells?: true;
}

/**
 * Counts the rows of the table by a small number; see row-numbers.ts. `sql` is of a row's number, from 0,
 * null where it has none; each of `among` gives the places of the rows it lets through, as `placesSql`.
 */
export interface CountedStatement extends PlainStatement {
  among: PlainStatement[];
}

export function isCounted(statement: PlainStatement): statement is CountedStatement {
  return 'among' in statement;
}

export function plainStatement({ sql, values }: BoundStatement): PlainStatement {
  const plain = Object.entries(values).map(([name, value]) => [
    name,
    value instanceof TextList ? value.values : value,
  ]);
  return { sql, values: Object.fromEntries(plain) };
}
