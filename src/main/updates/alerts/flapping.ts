import type { ChangeEntry } from '../../../preload/contract/reports';

/** A value that comes back within this time goes back and forth. */
export const FLAPPING_MS = 3_600_000;

/** Whether a version is recent enough before another for values to go back and forth between them. */
export function isRecent(earlier: number, published: number): boolean {
  return earlier >= published - FLAPPING_MS;
}

/** What a rule matched in one version. */
export class Matched {
  private ends: Map<string, readonly [string, string]> | null = null;

  constructor(
    readonly version: number,
    readonly changes: readonly ChangeEntry[],
  ) {}

  /** Whether the place that changed had the value before that it has now, or got it here. */
  hadValueOf(change: ChangeEntry): boolean {
    this.ends ??= new Map(
      this.changes.map((each) => [placeOf(each), [beforeOf(each), afterOf(each)]]),
    );
    return this.ends.get(placeOf(change))?.includes(afterOf(change)) ?? false;
  }
}

/**
 * The last earlier version whose values these go back to; null where one of them is news.
 * @param earlier those recent enough, in any order
 */
export function flappingSince(
  changes: readonly ChangeEntry[],
  earlier: readonly Matched[],
): number | null {
  const newestFirst = [...earlier].sort((a, b) => b.version - a.version);
  let since: number | null = null;
  for (const change of changes) {
    const match = newestFirst.find((each) => each.hadValueOf(change));
    if (match === undefined) return null;
    since = Math.max(since ?? 0, match.version);
  }
  return since;
}

export interface TimedChanges {
  /** Milliseconds since 1970. */
  published: number;
  changes: readonly ChangeEntry[];
}

/** Whether news of the same rows came before values could be said to stay: then these tell how they are. */
export function isOvertaken(last: TimedChanges, later: readonly TimedChanges[]): boolean {
  const rows = new Set(last.changes.map(({ id }) => id));
  return later.some(
    ({ published, changes }) =>
      isRecent(last.published, published) && changes.some(({ id }) => rows.has(id)),
  );
}

function placeOf({ id, column }: ChangeEntry): string {
  return `${id} ${column ?? ''}`;
}

function beforeOf(change: ChangeEntry): string {
  if (change.change === 'insert') return 'absent';
  return change.change === 'delete' ? 'present' : JSON.stringify(change.before);
}

function afterOf(change: ChangeEntry): string {
  if (change.change === 'insert') return 'present';
  return change.change === 'delete' ? 'absent' : JSON.stringify(change.after);
}
