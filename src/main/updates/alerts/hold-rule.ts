import type { AlertRule } from '../../../preload/contract/alerts';
import type { ChangeEntry } from '../../../preload/contract/reports';
import type { ChangeSource, PublishedVersion } from './change-source';
import { flappingSince, isRecent, Matched } from './flapping';
import { matchingChanges } from './match-changes';

/** What became of one version. */
export type Held =
  | { kind: 'quiet' }
  /** Its changes, or the rows that a filter asks for, can no longer be told. */
  | { kind: 'untold' }
  /** `since`: the version whose values went back and forth; null where this one is news. */
  | { kind: 'matched'; changes: readonly ChangeEntry[]; since: number | null };

/**
 * A rule that is held against versions. What comes of it follows from the versions alone, so that a dry
 * run and an evaluation at any time say the same.
 */
export class HeldRule {
  private readonly known = new Map<number, Promise<Matched | null>>();

  constructor(
    private readonly rule: AlertRule,
    private readonly source: ChangeSource,
    /** The first version that the rule is about. */
    private readonly first: number,
  ) {}

  async against(version: PublishedVersion): Promise<Held> {
    const matched = await this.matched(version.version);
    if (matched === null) return { kind: 'untold' };
    const { changes } = matched;
    if (changes.length === 0) return { kind: 'quiet' };
    const earlier: Matched[] = [];
    for (const before of await this.source.versions()) {
      if (before.version < this.first || before.version >= version.version) continue;
      if (!isRecent(before.published, version.published)) continue;
      const found = await this.matched(before.version);
      if (found !== null) earlier.push(found);
    }
    return { kind: 'matched', changes, since: flappingSince(changes, earlier) };
  }

  /** Null where it can no longer be told. */
  private matched(version: number): Promise<Matched | null> {
    const known = this.known.get(version) ?? this.match(version);
    this.known.set(version, known);
    return known;
  }

  private async match(version: number): Promise<Matched | null> {
    const { on } = this.rule;
    const entries = await this.source.changes(version);
    if (entries === null) return null;
    const matching = matchingChanges(on, entries);
    const { filters = [] } = on;
    if (filters.length === 0 || matching.length === 0) return new Matched(version, matching);
    const passing = async (at: number, anybody: boolean) =>
      anybody ? this.source.passing(at, filters) : new Set<number>();
    const isGone = ({ change }: ChangeEntry) => change === 'delete';
    const before = await passing(version - 1, matching.some(isGone));
    const after = await passing(version, !matching.every(isGone));
    if (before === null || after === null) return null;
    return new Matched(
      version,
      matching.filter((entry) => (isGone(entry) ? before : after).has(entry.id)),
    );
  }
}
