import { quotedName, type Row } from '../base/duckdb';
import type { StatementCache } from './bound-statements';
import type { CountedStatement } from './statements';

/**
 * An aggregate of the rows' places, from 0, as one bit string: a million of them come as a hundred
 * thousand bytes, where as rows they take five times as long to fetch as to find.
 */
export function placesSql(position: string, rows: number): string {
  const last = wholeBytes(rows) - 1;
  return `bitstring_agg(${quotedName(position)}::UINTEGER, 0::UINTEGER, ${last}::UINTEGER)`;
}

/** Bits of whole bytes, one at least. */
function wholeBytes(rows: number): number {
  return Math.max(8, Math.ceil(rows / 8) * 8);
}

/** Each bit as a number of its own, 1 or 0. Of no places DuckDB makes a null, all zeros. */
function spread(bits: Uint8Array | null, into: Uint8Array): void {
  if (bits === null) return;
  if (bits.length * 8 !== into.length)
    throw new Error(`${bits.length} bytes for ${into.length} rows`);
  for (let at = 0; at < bits.length; at += 1) {
    const byte = bits[at] ?? 0;
    if (byte === 0) continue;
    for (let bit = 0; bit < 8; bit += 1) into[at * 8 + bit] = (byte >> (7 - bit)) & 1;
  }
}

/** What stands for a row without a number. */
const NONE = 0xff_ff;

/** Of what is kept: at 1,000,000 rows some 80 columns of numbers and what 40 filters let through. */
const MOST_BYTES = 200_000_000;

type Numbers = Uint8Array | Uint16Array;

/** What an entry takes beside its numbers and its name. */
const ENTRY_BYTES = 200;

interface Kept {
  numbers: Numbers;
  /** One more than the highest number. */
  end: number;
  read: Promise<void>;
}

/**
 * Counts rows by a small number that each of them has whatever is filtered: its bin, its cell, its
 * value's place in a list. The numbers are kept, and what a filter lets through is looked up once for
 * all that is counted under it: a step of a brush then takes DuckDB one look at one column. Numbers and
 * filters are those of the SQL that would count the same.
 */
export class RowNumbers {
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;

  /**
   * @param from the table as SQL
   * @param position its column of positions as SQL
   * @param rows how many it has
   */
  constructor(
    private readonly from: string,
    private readonly position: string,
    private readonly rows: number,
  ) {}

  /**
   * How many rows have each number, as rows of `code` and `n`; those without one under null.
   * @param statements read what is not kept yet
   */
  async counted(
    { sql, values, among }: CountedStatement,
    statements: StatementCache,
  ): Promise<Row[]> {
    const { rows, position } = this;
    const codes = this.keep(`code ${JSON.stringify({ sql, values })}`, () => {
      const code = `CASE WHEN code BETWEEN 0 AND ${NONE - 1} THEN code ELSE ${NONE} END::USMALLINT`;
      const all = `SELECT ${position} AS place, (${sql}) AS code FROM ${this.from}`;
      const numbers = new Uint16Array(rows).fill(NONE);
      const read = statements.tellNumbers(
        { sql: `SELECT place::UINTEGER, ${code} FROM (${all})`, values },
        (place, number) => {
          numbers[place] = number;
          if (number !== NONE && number >= kept.end) kept.end = number + 1;
        },
      );
      const kept: Kept = { numbers, end: 0, read: read.then((told) => wholeOrThrow(told, rows)) };
      return kept;
    });
    await codes.read;
    const masks: Kept[] = [];
    for (const condition of among) {
      const mask = this.keep(`mask ${JSON.stringify(condition)}`, () => {
        const numbers = new Uint8Array(wholeBytes(rows));
        return {
          numbers,
          end: 2,
          read: statements.bits(condition).then((bits) => spread(bits, numbers)),
        };
      });
      await mask.read;
      masks.push(mask);
    }
    const counts = countedBy(
      codes,
      masks.map(({ numbers }) => numbers),
    );
    const found: Row[] = [];
    for (let code = 0; code < codes.end; code += 1) {
      const n = counts[code] ?? 0;
      if (n > 0) found.push({ code, n });
    }
    const none = counts[codes.end] ?? 0;
    if (none > 0) found.push({ code: null, n: none });
    return found;
  }

  private keep(name: string, read: () => Kept): Kept {
    const known = this.kept.get(name);
    if (known !== undefined) {
      // Taken out and put back: the map's order is then the order of use.
      this.kept.delete(name);
      this.kept.set(name, known);
      return known;
    }
    const kept = read();
    this.kept.set(name, kept);
    this.bytes += bytesOf(name, kept);
    // A failure is not kept: the next question asks again.
    kept.read.catch(() => this.letGo(name, kept));
    for (const [oldest, other] of this.kept) {
      if (this.bytes <= MOST_BYTES || other === kept) break;
      this.letGo(oldest, other);
    }
    return kept;
  }

  private letGo(name: string, kept: Kept): void {
    if (this.kept.get(name) !== kept) return;
    this.kept.delete(name);
    this.bytes -= bytesOf(name, kept);
  }
}

function bytesOf(name: string, { numbers }: Kept): number {
  return numbers.byteLength + 2 * name.length + ENTRY_BYTES;
}

function wholeOrThrow(told: number, rows: number): void {
  if (told !== rows) throw new Error(`${told} numbers for ${rows} rows`);
}

/**
 * How many rows have each number, and last how many have none. A mask has 1 for each row that it lets
 * through, and 0 for all others.
 */
function countedBy(
  { numbers: codes, end }: Pick<Kept, 'numbers' | 'end'>,
  masks: readonly Numbers[],
): Uint32Array {
  const counts = new Uint32Array(end + 1);
  const [first, ...rest] = masks;
  const through = first === undefined ? null : rest.length === 0 ? first : allOf(first, rest);
  // By index: over a million rows an iterator takes ten times as long.
  for (let row = 0; row < codes.length; row += 1) {
    const code = Math.min(codes[row] ?? NONE, end);
    counts[code] = (counts[code] ?? 0) + (through === null ? 1 : (through[row] ?? 0));
  }
  return counts;
}

function allOf(first: Numbers, rest: readonly Numbers[]): Numbers {
  const all = first.slice();
  for (const mask of rest) {
    for (let row = 0; row < all.length; row += 1) all[row] = (all[row] ?? 0) & (mask[row] ?? 0);
  }
  return all;
}
