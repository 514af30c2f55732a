import type { RunStatements } from '../ask-table';
import type { PlainStatement } from '../statements';

/** Rows of which columns are looked at one beside the other, as numbers per row. */
export interface SampledColumn {
  /** The same number for the same value; from 0. */
  tokens: Int32Array;
  distinct: number;
  /** The number itself; NaN where there is none. */
  numbers: Float64Array;
}

/** What no value's text has in it. */
const BETWEEN = '\u001f';

/**
 * Reads some columns of some rows, each column as one text: thousands of rows of a column come as fast
 * as one.
 * @param columns SQL of a value, and of it as a number or null where it is none
 * @param from to stand behind FROM, with the order in which the rows are read
 */
export async function sampledColumns(
  run: RunStatements,
  columns: readonly { value: string; number: string | null }[],
  { from, order, values }: { from: string; order: string; values: PlainStatement['values'] },
): Promise<SampledColumn[]> {
  const text = (sql: string) => `string_agg(coalesce(${sql}, ''), chr(31) ORDER BY ${order})`;
  const read = await run(
    columns.map(({ value, number }) => ({
      sql: `SELECT ${text(`hash(${value})::VARCHAR`)} AS tokens,
        ${number === null ? 'NULL' : text(`(${number})::DOUBLE::VARCHAR`)} AS numbers FROM ${from}`,
      values,
    })),
  );
  return read.map(([row]) => {
    const tokens = split(row?.['tokens']);
    const numbers = split(row?.['numbers']);
    return {
      ...numbered(tokens),
      numbers: Float64Array.from(tokens, (_, at) => numberOf(numbers[at])),
    };
  });
}

function split(text: unknown): string[] {
  return typeof text === 'string' ? text.split(BETWEEN) : [];
}

function numberOf(text: string | undefined): number {
  return text === undefined || text === '' ? NaN : Number(text);
}

function numbered(texts: readonly string[]): Pick<SampledColumn, 'tokens' | 'distinct'> {
  const known = new Map<string, number>();
  const tokens = Int32Array.from(texts, (text) => {
    const token = known.get(text) ?? known.size;
    known.set(text, token);
    return token;
  });
  return { tokens, distinct: known.size };
}
