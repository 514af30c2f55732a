import type { AlertRule, DryRunFiring } from '../../../preload/contract/alerts';
import { periodMs } from '../../../preload/contract/period';
import type { ChangeSource } from './change-source';
import { isOvertaken, isRecent, type TimedChanges } from './flapping';
import { HeldRule } from './hold-rule';
import { staleSpans } from './stale-spans';

export interface DryRun {
  firings: DryRunFiring[];
  /** How many versions it was held against. */
  versions: number;
  /** Versions of which it can no longer be told. */
  untold: number[];
  /** Of a rule on nothing new: since when checks are known, ms since 1970; null for none. */
  checksSince: number | null;
}

/** What is known of the time that versions do not tell. */
export interface TimesKnown {
  now: number;
  /** When data were found to be the newest there are, the oldest first. */
  checks: readonly number[];
}

/** What a rule would have fired, had it been there from the first version that is kept. */
export async function dryRun(
  rule: AlertRule,
  source: ChangeSource,
  times: TimesKnown,
): Promise<DryRun> {
  return rule.on.stale_for === undefined
    ? ofChanges(rule, source, times.now)
    : ofStaleness(rule.on.stale_for, source, times);
}

async function ofChanges(rule: AlertRule, source: ChangeSource, now: number): Promise<DryRun> {
  const held = new HeldRule(rule, source, 0);
  const versions = await source.versions();
  const firings: DryRunFiring[] = [];
  const untold: number[] = [];
  for (const version of versions) {
    const outcome = await held.against(version);
    if (outcome.kind === 'untold') untold.push(version.version);
    if (outcome.kind !== 'matched') continue;
    const { changes, since } = outcome;
    const root = firings.find((each) => each.version === since)?.grouped_with ?? since;
    firings.push({
      version: version.version,
      timestamp: iso(version.published),
      changes: [...changes],
      ...(root === null ? {} : { grouped_with: root }),
    });
  }
  for (const firing of firings) {
    const last = firings.findLast((each) => each.grouped_with === firing.version);
    if (last === undefined || isRecent(Date.parse(last.timestamp), now)) continue;
    const later = firings.filter(({ version }) => version > last.version);
    if (!isOvertaken(timed(last), later.map(timed))) firing.settled_in = last.version;
  }
  return { firings, versions: versions.length - untold.length, untold, checksSince: null };
}

async function ofStaleness(
  period: string,
  source: ChangeSource,
  { now, checks }: TimesKnown,
): Promise<DryRun> {
  const versions = await source.versions();
  const first = versions[0]?.published ?? Infinity;
  const news = [
    ...versions.map(({ published }) => published),
    ...checks.filter((check) => check > first),
  ];
  const spans = staleSpans(news, periodMs(period) ?? Infinity, now);
  return {
    firings: spans.map(({ since, fires, until }) => ({
      version: versions.findLast(({ published }) => published <= since)?.version ?? 0,
      timestamp: iso(fires),
      changes: [],
      stale_since: iso(since),
      fresh_again: until === null ? null : iso(until),
    })),
    versions: versions.length,
    untold: [],
    checksSince: checks[0] ?? null,
  };
}

function timed({ timestamp, changes }: DryRunFiring): TimedChanges {
  return { published: Date.parse(timestamp), changes };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
