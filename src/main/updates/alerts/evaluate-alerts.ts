import type { AlertRule, Firing } from '../../../preload/contract/alerts';
import { periodMs } from '../../../preload/contract/period';
import type { ChangeEntry } from '../../../preload/contract/reports';
import type { Clock } from '../clock';
import { type AlertsLedger, type Ledger, newRecord, type RuleRecord } from './alerts-ledger';
import type { ChangeSource, PublishedVersion } from './change-source';
import { bodyOf } from './firing-body';
import { settledWords, staleWords, summaryOf } from './firing-words';
import { isOvertaken, isRecent } from './flapping';
import { type Held, HeldRule } from './hold-rule';
import type { RuleFile } from './rule-files';

export interface Evaluation {
  ledger: AlertsLedger;
  rules: readonly RuleFile[];
  source: ChangeSource;
  /** When the data were last found to be the newest there are, ms since 1970; null for never. */
  freshAt: number | null;
  clock: Pick<Clock, 'now'>;
}

/**
 * Holds every rule against the versions that it was not held against yet, in their order, and notes
 * what fires together with how far the rule came. May be ended at any point and run by several
 * processes at once: each version is decided once for each rule.
 */
export async function evaluateAlerts(evaluation: Evaluation): Promise<void> {
  const { ledger, rules, source, clock } = evaluation;
  if (rules.length === 0) return;
  // Before the list is read: what is published after it is not older.
  const now = clock.now();
  const versions = await source.versions();
  const newest = versions.at(-1)?.version ?? 0;
  const { rules: records } = await enrolled(ledger, rules, newest);
  for (const { id, rule } of rules) {
    const record = records[id];
    if (rule === null || record === undefined) continue;
    if (rule.on.stale_for === undefined) {
      await catchUp(evaluation, { id, rule, record }, versions);
      await settle(evaluation, { id, rule, record }, versions, now);
    } else await holdStale(evaluation, { id, rule, record });
  }
}

interface KnownRule {
  id: string;
  rule: AlertRule;
  record: RuleRecord;
}

/** Rules whose files a person put there begin now; a table that was made again begins again. */
async function enrolled(
  ledger: AlertsLedger,
  rules: readonly RuleFile[],
  newest: number,
): Promise<Ledger> {
  const known = await ledger.read();
  const isSettled = ({ id }: RuleFile) => {
    const record = known.rules[id];
    return record !== undefined && record.evaluated <= newest;
  };
  if (rules.every(isSettled)) return known;
  return ledger.change(({ rules: records }) => {
    for (const { id } of rules) {
      const record = (records[id] ??= newRecord(newest));
      if (record.evaluated > newest) Object.assign(record, { first: 1, evaluated: 0 });
    }
  });
}

async function catchUp(
  { ledger, source, clock }: Evaluation,
  { id, rule, record }: KnownRule,
  versions: readonly PublishedVersion[],
): Promise<void> {
  const newest = versions.at(-1)?.version ?? 0;
  if (record.evaluated >= newest) return;
  const outcomes: { version: PublishedVersion; held: Held }[] = [];
  const oldest = versions[0]?.version ?? newest;
  if (!record.off) {
    const held = new HeldRule(rule, source, record.first);
    for (const version of versions) {
      if (version.version <= record.evaluated) continue;
      outcomes.push({ version, held: await held.against(version) });
    }
  }
  await ledger.change((now) => {
    const current = now.rules[id];
    // Another process decided it meanwhile, or the rule is gone or was switched.
    if (current?.evaluated !== record.evaluated || current.off !== record.off) return;
    if (!record.off) {
      for (let gone = record.evaluated + 1; gone < oldest; gone += 1) current.untold.push(gone);
    }
    for (const { version, held } of outcomes) take(now, current, { id, rule }, version, held);
    current.evaluated = newest;
    current.untold = current.untold.slice(-MOST_UNTOLD);
    if (current.off) current.first = newest + 1;
  });

  function take(
    now: Ledger,
    current: RuleRecord,
    of: { id: string; rule: AlertRule },
    version: PublishedVersion,
    held: Held,
  ): void {
    current.firing = held.kind === 'matched';
    if (held.kind === 'untold') current.untold.push(version.version);
    if (held.kind !== 'matched') return;
    const grouped = held.since === null ? undefined : firingOf(now, id, held.since);
    if (grouped !== undefined) {
      grouped.again.push(version.version);
      grouped.read = false;
      return;
    }
    fire(now, current, of, changesFiring(of, version, held.changes, clock.now()), held.changes);
  }
}

/** Tells once of values that went back and forth that they have stayed what they are. */
async function settle(
  { ledger, source }: Evaluation,
  { id, rule, record }: KnownRule,
  versions: readonly PublishedVersion[],
  now: number,
): Promise<void> {
  if (record.off) return;
  const { firings } = await ledger.read();
  for (const firing of firings) {
    if (firing.rule !== id || firing.again.length === 0 || firing.settled === true) continue;
    const last = versions.find(({ version }) => version === firing.again.at(-1));
    if (last === undefined || last.version < record.first || isRecent(last.published, now))
      continue;
    const held = new HeldRule(rule, source, record.first);
    const matched = async (version: PublishedVersion) => {
      const outcome = await held.against(version);
      const { published } = version;
      return { published, changes: outcome.kind === 'matched' ? outcome.changes : [] };
    };
    const later = versions.filter(
      ({ version, published }) => version > last.version && isRecent(last.published, published),
    );
    const over = await matched(last);
    const overtaken = isOvertaken(over, await Promise.all(later.map(matched)));
    const { changes } = over;
    await ledger.change((current) => {
      const known = current.firings.find((each) => each.id === firing.id);
      const of = current.rules[id];
      if (known === undefined || of === undefined || known.settled === true || of.off) return;
      if (known.again.length !== firing.again.length) return;
      known.settled = true;
      // Nobody was told that it began, or how things are was told since.
      if (known.snoozed || overtaken) return;
      const told = changesFiring({ id, rule }, last, changes, now);
      const kind = 'settled' as const;
      const summary = settledWords(last.version, changes);
      fire(
        current,
        of,
        { id, rule },
        { ...told, id: `${told.id}-${kind}`, kind, summary },
        changes,
      );
    });
  }
}

const MOST_UNTOLD = 30;

/** The firing that a version is part of. */
function firingOf({ firings }: Ledger, rule: string, version: number): Firing | undefined {
  return firings.findLast(
    (firing) =>
      firing.rule === rule && (firing.version === version || firing.again.includes(version)),
  );
}

/** Rows that a firing names. */
const MOST_NAMES = 20;

function changesFiring(
  { id, rule }: { id: string; rule: AlertRule },
  { version, published }: PublishedVersion,
  changes: readonly ChangeEntry[],
  now: number,
): Firing {
  const rows = rowsOf(changes);
  return {
    // A table that was made again gives its numbers again.
    id: `${id}-v${version}-${published.toString(36)}`,
    rule: id,
    title: rule.title,
    kind: 'changes',
    at: new Date(now).toISOString(),
    version,
    timestamp: new Date(published).toISOString(),
    summary: summaryOf(changes),
    ids: rows.map((row) => row.id),
    names: rows.slice(0, MOST_NAMES).map((row) => row.name),
    gone: changes.filter(({ change }) => change === 'delete').length,
    changes: changes.length,
    again: [],
    snoozed: false,
    read: false,
  };
}

function rowsOf(changes: readonly ChangeEntry[]): { id: number; name: string }[] {
  return [...new Map(changes.map(({ id, name }) => [id, name]))].map(([id, name]) => ({
    id,
    name,
  }));
}

async function holdStale(
  { ledger, freshAt, clock }: Evaluation,
  { id, rule, record }: KnownRule,
): Promise<void> {
  const now = clock.now();
  const period = periodMs(rule.on.stale_for ?? '') ?? Infinity;
  if (freshAt === null || record.off) return;
  const isStale = now - freshAt >= period;
  const since = new Date(freshAt).toISOString();
  if (isStale ? record.stale_since === since : record.stale_since === null) return;
  await ledger.change((current) => {
    const known = current.rules[id];
    if (known?.stale_since !== record.stale_since || known.off) return;
    known.firing = isStale;
    known.stale_since = isStale ? since : null;
    const firing: Firing = {
      id: `${id}-${isStale ? 'stale' : 'fresh'}-${freshAt.toString(36)}`,
      rule: id,
      title: rule.title,
      kind: isStale ? 'stale' : 'fresh',
      at: new Date(now).toISOString(),
      version: null,
      timestamp: since,
      summary: isStale ? staleWords(rule.on.stale_for ?? '', since) : 'There are new data again',
      ...{ ids: [], names: [], gone: 0, changes: 0, again: [], snoozed: false, read: false },
    };
    fire(current, known, { id, rule }, firing, []);
  });
}

/** Notes a firing and what its channels are to be told. */
function fire(
  ledger: Ledger,
  record: RuleRecord,
  { id, rule }: { id: string; rule: AlertRule },
  firing: Firing,
  changes: readonly ChangeEntry[],
): void {
  const isSnoozed =
    record.snoozed_until !== null && Date.parse(firing.at) < Date.parse(record.snoozed_until);
  ledger.firings.push({ ...firing, snoozed: isSnoozed });
  if (firing.kind !== 'fresh' && firing.kind !== 'settled') {
    record.fired += 1;
    record.last_fired = firing.at;
  }
  if (isSnoozed) return;
  for (const [channel, { kind }] of rule.channels.entries()) {
    ledger.outgoing.push({
      id: `${firing.id}-${channel}`,
      rule: id,
      channel,
      kind,
      at: firing.at,
      body: bodyOf(firing, rowsOf(changes), changes),
    });
  }
}
