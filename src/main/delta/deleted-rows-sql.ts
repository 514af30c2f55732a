import { quotedText } from '../base/duckdb';

/** Up to this many rows are compared one by one. */
const FEW = 32;
/** DuckDB numbers the bits of a bit string in 32 bits. */
const MOST_BITS = 2 ** 31;

/**
 * SQL that is true for the rows of data files that do not count as deleted.
 *
 * @param deleted for each file, in the scan's order, the places of its deleted rows, ascending
 */
export function rowsThatStay(deleted: readonly (readonly number[])[]): string | null {
  const cases = deleted.flatMap((rows, index) =>
    rows.length === 0 ? [] : [`WHEN ${index} THEN ${isNotOneOf(rows)}`],
  );
  return cases.length === 0 ? null : `CASE file_index ${cases.join(' ')} ELSE true END`;
}

function isNotOneOf(rows: readonly number[]): string {
  const first = rows[0] ?? 0;
  const last = rows.at(-1) ?? 0;
  const count = last - first + 1;
  if (rows.length <= FEW) return `file_row_number NOT IN (${rows.join(', ')})`;
  if (count === rows.length) return `file_row_number NOT BETWEEN ${first} AND ${last}`;
  if (count > MOST_BITS) throw new RangeError('deleted rows too far apart');
  const bits = Buffer.alloc(Math.ceil(count / 8));
  for (const row of rows) {
    const at = row - first;
    bits[at >> 3] = (bits[at >> 3] ?? 0) | (0x80 >> (at & 7));
  }
  // CASE keeps DuckDB from asking for a bit that is not there.
  return `CASE WHEN file_row_number BETWEEN ${first} AND ${last}
    THEN get_bit(CAST(from_base64(${quotedText(bits.toString('base64'))}) AS BIT), CAST(file_row_number - ${first} AS INTEGER)) = 0
    ELSE true END`;
}
