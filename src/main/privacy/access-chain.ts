import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type AccessEntry, accessEntrySchema } from '../../preload/contract/access-log';
import { highestOf } from '../../preload/contract/extent';

/**
 * The access log as a chain: each line ends in an HMAC-SHA256 over itself, which holds that of the line
 * before. The last one is sealed apart, so that neither a line nor the end of the log goes unseen.
 */

/** What the first entry follows. */
export const CHAIN_START = '0'.repeat(64);

/** Leaves out what ties an entry into the chain. */
const strippedSchema = z.object(accessEntrySchema.shape);
const lineSchema = accessEntrySchema.extend({ follows: z.string(), seal: z.string() });

export interface ChainEnd {
  /** Entries up to here. */
  count: number;
  /** The last one's seal. */
  last: string;
}

/** The line of an entry, and its own seal. */
export function chained(
  entry: AccessEntry,
  follows: string,
  key: Uint8Array,
): { line: string; seal: string } {
  const seal = sealOf(JSON.stringify({ ...entry, follows }), key);
  return { line: JSON.stringify({ ...entry, follows, seal }), seal };
}

export function sealOf(text: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function entryIn(line: string): AccessEntry | null {
  const read = readLine(line);
  return read === null ? null : strippedSchema.parse(read);
}

/** Sentences about what is wrong with the lines of a log; none where they are as they were written. */
export function chainProblems(
  lines: readonly string[],
  end: ChainEnd | null,
  key: Uint8Array,
): string[] {
  const problems: string[] = [];
  const found: { n: number; follows: string; seal: string }[] = [];
  for (const [index, line] of lines.entries()) {
    const read = readLine(line);
    if (read !== null && isGenuine(line, read, key)) found.push(read);
    else problems.push(`Line ${index + 1} of the log was changed after it was written.`);
  }
  if (lines.length > 1 && found.length === 0) {
    return ['None of the log’s lines was written here: the whole log was replaced.'];
  }
  for (const problem of orderProblems(found, end?.count ?? 0)) problems.push(problem);
  if (end === null) {
    problems.push(
      'The log is not sealed: its seal, kept outside the data folder, is gone or broken.',
    );
  } else if (problems.length === 0 && found.length > 0 && found.at(-1)?.seal !== end.last) {
    problems.push('The log’s last entry is not the one that was sealed: the log was replaced.');
  }
  return problems;
}

function orderProblems(
  found: readonly { n: number; follows: string; seal: string }[],
  count: number,
): string[] {
  const problems: string[] = [];
  const there = new Set(found.map(({ n }) => n));
  const last = highestOf(there, 0);
  for (const [first, end] of gaps(there, highestOf([count], last))) {
    const were = first === end ? `Entry ${first} is` : `Entries ${first} to ${end} are`;
    problems.push(
      first > last ? `${were} missing: the end of the log was cut off.` : `${were} missing.`,
    );
  }
  if (count > 0 && last > count) {
    problems.push(`The log goes on after its sealed end, entry ${count}.`);
  }
  for (const [index, { n, follows }] of found.entries()) {
    const before = found[index - 1];
    if (before !== undefined && n <= before.n) {
      problems.push(`Entry ${n} stands after entry ${before.n}: the order was changed.`);
    } else if ((before?.n ?? 0) === n - 1 && follows !== (before?.seal ?? CHAIN_START)) {
      problems.push(
        `Entry ${n} does not follow what stands before it: the log was replaced there.`,
      );
    }
  }
  return problems;
}

/** First and last of each run of numbers that is not there. */
function gaps(there: ReadonlySet<number>, last: number): [number, number][] {
  const runs: [number, number][] = [];
  for (let n = 1; n <= last; n += 1) {
    if (there.has(n)) continue;
    const run = runs.at(-1);
    if (run?.[1] === n - 1) run[1] = n;
    else runs.push([n, n]);
  }
  return runs;
}

/** Also its spelling is the one that was written. */
function isGenuine(line: string, { seal, ...rest }: Line, key: Uint8Array): boolean {
  return (
    isSame(sealOf(JSON.stringify(rest), key), seal) && line === JSON.stringify({ ...rest, seal })
  );
}

type Line = z.infer<typeof lineSchema>;

/** In the order of its members as they stand, which the seal depends on. */
function readLine(line: string): Line | null {
  try {
    const value: unknown = JSON.parse(line);
    lineSchema.parse(value);
    return value as Line;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
