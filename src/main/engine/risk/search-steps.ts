/**
 * Which columns become coarser first, found in a sample of the rows. The way goes from all as it is to
 * nothing at all, one step of one column at a time, whatever k is wanted: so that a larger k is further
 * along the same way.
 */

/** Per column and step of its ladder: a number for each sampled row, the same for rows alike in it. */
export type SteppedRows = readonly (readonly Int32Array[])[];

/** A step for each column, as its place in the ladder. */
export type Levels = readonly number[];

/** Of the information that a column holds, from 0 to 1. */
export type Losses = readonly (readonly number[])[];

/** @param losses what each step of each column loses */
export function wayToNothing(rows: SteppedRows, losses: Losses): Levels[] {
  const alike = new AlikeRows(rows);
  const way: Levels[] = [alike.levels];
  for (;;) {
    let best: { column: number; score: number } | null = null;
    const before = alike.classes();
    for (const [column, steps] of rows.entries()) {
      const level = alike.levels[column] ?? 0;
      if (level + 1 >= steps.length) continue;
      const lost = felt(losses, column, level + 1) - felt(losses, column, level);
      // Classes are what the mean risk of a row being found is proportional to.
      const gained = Math.log(before / alike.classes(column, level + 1));
      const score = (gained + LEAST) / (lost + LEAST);
      if (best === null || score > best.score) best = { column, score };
    }
    if (best === null) return way;
    alike.step(best.column, (alike.levels[best.column] ?? 0) + 1);
    way.push(alike.levels);
  }
}

/** Half of two columns is worth more than the whole of one. */
function felt(losses: Losses, column: number, level: number): number {
  return (losses[column]?.[level] ?? 1) ** 2;
}

/** Where nothing is gained, what loses least comes first. */
const LEAST = 1e-6;

/**
 * As far back as it goes: of the steps that are not needed for what is wanted, the one that keeps most
 * comes first.
 * @param mostSuppressed so many rows may be in classes of fewer than `k`
 */
export function steppedBack(
  rows: SteppedRows,
  losses: Losses,
  from: Levels,
  k: number,
  mostSuppressed: number,
): Levels {
  const alike = new AlikeRows(rows);
  for (const [column, level] of from.entries()) alike.step(column, level);
  for (;;) {
    let best: { column: number; level: number; kept: number } | null = null;
    for (const [column, level] of alike.levels.entries()) {
      for (let back = level - 1; back >= 0; back -= 1) {
        const kept = felt(losses, column, level) - felt(losses, column, back);
        if (best !== null && kept <= best.kept) continue;
        if (alike.inSmaller(k, column, back) > mostSuppressed) break;
        best = { column, level: back, kept };
      }
    }
    if (best === null) return alike.levels;
    alike.step(best.column, best.level);
  }
}

/** Counts classes by a number per row that is made of one for each column: changing one is quick. */
class AlikeRows {
  levels: Levels;
  private readonly sums: Float64Array;
  private readonly tried: Float64Array;

  constructor(private readonly rows: SteppedRows) {
    this.levels = rows.map(() => 0);
    const count = rows[0]?.[0]?.length ?? 0;
    this.sums = new Float64Array(count);
    this.tried = new Float64Array(count);
    for (const column of rows.keys()) this.add(this.sums, this.sums, column, null, 0);
  }

  /** How many there are, with another step of one column. */
  classes(column?: number, level?: number): number {
    const sums = this.with(column, level);
    return new Set(sums).size;
  }

  /** Rows in classes of fewer than `k`. */
  inSmaller(k: number, column: number, level: number): number {
    const counts = new Map<number, number>();
    for (const sum of this.with(column, level)) counts.set(sum, (counts.get(sum) ?? 0) + 1);
    let rows = 0;
    for (const n of counts.values()) if (n < k) rows += n;
    return rows;
  }

  step(column: number, level: number): void {
    this.add(this.sums, this.sums, column, this.levels[column] ?? 0, level);
    this.levels = this.levels.map((one, at) => (at === column ? level : one));
  }

  private with(column: number | undefined, level: number | undefined): Float64Array {
    if (column === undefined || level === undefined) return this.sums;
    this.add(this.sums, this.tried, column, this.levels[column] ?? 0, level);
    return this.tried;
  }

  private add(
    sums: Float64Array,
    into: Float64Array,
    column: number,
    before: number | null,
    after: number,
  ): void {
    const old = before === null ? null : (this.rows[column]?.[before] ?? null);
    const fresh = this.rows[column]?.[after];
    for (let row = 0; row < sums.length; row += 1) {
      const less = old === null ? 0 : scattered(column, before ?? 0, old[row] ?? 0);
      const more = scattered(column, after, fresh?.[row] ?? 0);
      // Whole numbers below 2^53 add up exactly, in whatever order.
      into[row] = (sums[row] ?? 0) - less + more;
    }
  }
}

/** A number below 2^47, the same for the same value of the same step. */
function scattered(column: number, level: number, token: number): number {
  const high = mixed(token ^ Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(level + 1, 0x85ebca6b));
  const low = mixed(high ^ token);
  return (high & 0x7fff) * 2 ** 32 + low;
}

function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** What a step loses of a column's information: the part of its entropy that is gone. */
export function lossesOf(rows: SteppedRows): Losses {
  return rows.map((steps) => {
    const all = entropy(steps[0]);
    return steps.map((step) => (all === 0 ? 0 : Math.min(1, Math.max(0, 1 - entropy(step) / all))));
  });
}

function entropy(tokens: Int32Array | undefined): number {
  if (tokens === undefined) return 0;
  const counts = new Map<number, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  let sum = 0;
  for (const n of counts.values()) sum -= (n / tokens.length) * Math.log2(n / tokens.length);
  return sum;
}
