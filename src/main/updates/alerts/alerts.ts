import { randomBytes } from 'node:crypto';
import type {
  AlertEntry,
  AlertRule,
  AlertState,
  Firing,
  ShownChannel,
} from '../../../preload/contract/alerts';
import type { Trouble } from '../../../preload/contract/settings';
import { type DataPaths, dataPaths } from '../../base/data-folder';
import { LogFile } from '../../base/log-file';
import { checksOf, readLastCheck } from '../../warehouse/last-check';
import { Outbox } from '../../webhooks/outbox';
import { type Clock, SYSTEM_CLOCK } from '../clock';
import {
  AlertsLedger,
  type Ledger,
  newRecord,
  type Outgoing,
  type RuleRecord,
} from './alerts-ledger';
import { PublishedChanges } from './change-source';
import { type DryRun, dryRun } from './dry-run';
import { evaluateAlerts } from './evaluate-alerts';
import { bodyOf } from './firing-body';
import { noAlert, type RuleFile, RuleFiles } from './rule-files';

/** What was removed, for whoever wants it back. */
export interface RemovedAlert {
  id: string;
  /** The rule's file as it was, also of one that could not be used. */
  content: Uint8Array;
  record: RuleRecord;
  /** What was on its way to its channels, and the messages that were ended with it. */
  outgoing: readonly Outgoing[];
  ended: readonly string[];
}

/** What a host shows on the desktop. */
export interface DesktopNote {
  title: string;
  summary: string;
}

/** Nobody looks at a desktop's notification of the day before; the list has it. */
const DESKTOP_LASTS_MS = 86_400_000;

/** A data folder's alerts: their rules, what they fired, and their way to the channels. */
export class Alerts {
  readonly files: RuleFiles;
  private readonly ledger: AlertsLedger;

  constructor(
    private readonly paths: DataPaths,
    private readonly outbox: Pick<Outbox, 'enqueue' | 'endOf' | 'revive' | 'waitingByRule'>,
    tell: (trouble: Trouble) => void,
    private readonly clock: Pick<Clock, 'now'> = SYSTEM_CLOCK,
  ) {
    this.files = new RuleFiles(paths.alertRules);
    this.ledger = new AlertsLedger(paths.alertLedger, tell);
  }

  /** Holds every rule against what was published since, and hands what fires to the channels. */
  async evaluate(): Promise<void> {
    const rules = await this.files.list();
    if (rules.length > 0) {
      await this.withSource(async (source) => {
        await evaluateAlerts({
          ledger: this.ledger,
          rules,
          source,
          freshAt: await this.freshAt(source),
          clock: this.clock,
        });
      });
    }
    await this.handOver();
    await this.endOrphans(rules);
  }

  async list(): Promise<AlertEntry[]> {
    const { rules } = await this.ledger.read();
    const queued = await this.outbox.waitingByRule();
    return (await this.files.list()).map((file) => ({
      ...entryOf(file, rules[file.id], this.clock.now()),
      queued: queued.get(file.id) ?? 0,
    }));
  }

  /** The newest first. */
  async firings(): Promise<Firing[]> {
    return (await this.ledger.read()).firings.reverse();
  }

  /** It begins with the next version. Resolves to its id. */
  async add(rule: AlertRule): Promise<string> {
    const newest = await this.newest();
    const id = randomBytes(4).toString('hex');
    // Before the file, so that no evaluation sees a rule that has no beginning.
    await this.ledger.change(({ rules }) => {
      rules[id] = newRecord(newest);
    });
    await this.files.write(id, rule);
    return id;
  }

  /** Null where its file cannot be read, so that nobody gets it back. */
  async remove(id: string): Promise<RemovedAlert | null> {
    const content = await this.files.remove(id);
    let record = newRecord(0);
    let outgoing: Outgoing[] = [];
    await this.ledger.change((ledger) => {
      record = ledger.rules[id] ?? record;
      delete ledger.rules[id];
      outgoing = dropOutgoing(ledger, id);
    });
    const ended = await this.outbox.endOf(id, REMOVED);
    return content === null ? null : { id, content, record, outgoing, ended };
  }

  /** Goes on where it was when it was removed. */
  async restore({ id, content, record, outgoing, ended }: RemovedAlert): Promise<void> {
    await this.ledger.change((ledger) => {
      ledger.rules[id] = record;
      ledger.outgoing = [...ledger.outgoing, ...outgoing];
    });
    await this.files.putBack(id, content);
    await this.outbox.revive(ended);
  }

  /** On again, it begins with the next version. Off, what waits to be sent is ended. */
  async switch(id: string, on: boolean): Promise<void> {
    const newest = await this.newest();
    await this.changeRecord(id, (record, ledger) => {
      if (on && record.off) Object.assign(record, { evaluated: newest, first: newest + 1 });
      record.off = !on;
      if (on) return;
      Object.assign(record, { firing: false, stale_since: null });
      dropOutgoing(ledger, id);
    });
    if (!on) await this.outbox.endOf(id, SWITCHED_OFF);
  }

  /** Until then what it fires is listed and not sent; null ends it. */
  async snooze(id: string, until: string | null): Promise<void> {
    await this.changeRecord(id, (record) => {
      record.snoozed_until = until;
    });
  }

  /** Sends something through the rule's channels that says it is a test. */
  async test(id: string): Promise<Firing> {
    const rule = await this.files.get(id);
    const at = new Date(this.clock.now()).toISOString();
    const firing: Firing = {
      id: `${id}-test-${this.clock.now().toString(36)}`,
      rule: id,
      title: rule.title,
      kind: 'test',
      at,
      version: null,
      timestamp: null,
      summary: 'This is a test of the alert; nothing has changed',
      ...{ ids: [], names: [], gone: 0, changes: 0, again: [], snoozed: false, read: false },
    };
    await this.ledger.change((ledger) => {
      ledger.firings.push(firing);
      for (const [channel, { kind }] of rule.channels.entries()) {
        ledger.outgoing.push({
          id: `${firing.id}-${channel}`,
          rule: id,
          ...{ channel, kind, at, body: bodyOf(firing, [], []) },
        });
      }
    });
    await this.handOver();
    return firing;
  }

  /** What a rule would have fired over every version that is kept. */
  dryRun(rule: AlertRule): Promise<DryRun> {
    return this.withSource(async (source) => {
      const now = this.clock.now();
      const checks = checksOf(await readLastCheck(this.paths.lastCheck));
      if (rule.on.stale_for === undefined) await source.tellAll();
      return dryRun(rule, source, { now, checks });
    });
  }

  /** Marks firings as read: these, or all where none is named. */
  async read(ids: readonly string[] | null): Promise<void> {
    await this.ledger.change(({ firings }) => {
      for (const firing of firings) if (ids === null || ids.includes(firing.id)) firing.read = true;
    });
  }

  /** Takes what is to be shown on the desktop; each is taken once, whichever program comes first. */
  async takeDesktopNotes(): Promise<DesktopNote[]> {
    const isOurs = ({ kind }: Ledger['outgoing'][number]) => kind === 'desktop';
    if (!(await this.ledger.read()).outgoing.some(isOurs)) return [];
    let taken: Ledger['outgoing'] = [];
    await this.ledger.change((ledger) => {
      taken = ledger.outgoing.filter(isOurs);
      ledger.outgoing = ledger.outgoing.filter((each) => !isOurs(each));
    });
    const { firings } = await this.ledger.read();
    return taken.flatMap(({ id, at }) => {
      const firing = firings.findLast((each) => id.startsWith(`${each.id}-`));
      const isOld = this.clock.now() - Date.parse(at) > DESKTOP_LASTS_MS;
      return firing === undefined || isOld
        ? []
        : [{ title: firing.title, summary: firing.summary }];
    });
  }

  /** Gives the outbox what is meant for it; what it took over is forgotten here. */
  private async handOver(): Promise<void> {
    const { outgoing } = await this.ledger.read();
    const mine = outgoing.filter(({ kind }) => kind === 'webhook');
    if (mine.length === 0) return;
    for (const { id, rule, channel, body } of mine) {
      const to = (await this.files.find(rule))?.rule?.channels[channel];
      // The rule was removed or changed since: nobody is to be told any more.
      if (to?.kind !== 'webhook') continue;
      await this.outbox.enqueue({ id, channel: to, body, rule });
    }
    const done = new Set(mine.map(({ id }) => id));
    await this.ledger.change((ledger) => {
      ledger.outgoing = ledger.outgoing.filter(({ id }) => !done.has(id));
    });
  }

  /** Of rules whose files went, by whatever hand, nothing is sent any more. */
  private async endOrphans(rules: readonly RuleFile[]): Promise<void> {
    const known = new Set(rules.map(({ id }) => id));
    for (const rule of (await this.outbox.waitingByRule()).keys()) {
      if (!known.has(rule) && (await this.files.find(rule)) === null)
        await this.outbox.endOf(rule, REMOVED);
    }
  }

  private async changeRecord(
    id: string,
    work: (record: RuleRecord, ledger: Ledger) => void,
  ): Promise<void> {
    if ((await this.files.find(id)) === null) throw noAlert(id);
    const newest = await this.newest();
    await this.ledger.change((ledger) => work((ledger.rules[id] ??= newRecord(newest)), ledger));
  }

  private newest(): Promise<number> {
    return this.withSource(async (source) => (await source.versions()).at(-1)?.version ?? 0);
  }

  private async freshAt(source: PublishedChanges): Promise<number | null> {
    const published = (await source.versions()).at(-1)?.published;
    if (published === undefined) return null;
    const checked = checksOf(await readLastCheck(this.paths.lastCheck)).at(-1);
    return Math.max(published, checked ?? 0);
  }

  private async withSource<T>(work: (source: PublishedChanges) => Promise<T>): Promise<T> {
    const source = new PublishedChanges(this.paths);
    try {
      return await work(source);
    } finally {
      await source.close();
    }
  }
}

/** The alerts of a data folder, with its outbox; what is wrong with their files is logged. */
export function alertsOf(data: string): Alerts {
  const paths = dataPaths(data);
  const log = new LogFile(paths.log);
  return new Alerts(paths, new Outbox(paths.deliveries), ({ message }) => log.note(message));
}

/** Why messages were ended, as the delivery log says it. */
const REMOVED = 'its alert was removed';
const SWITCHED_OFF = 'its alert was switched off';

/** Takes what is on its way to a rule's channels out of the ledger. */
function dropOutgoing(ledger: Ledger, rule: string): Outgoing[] {
  const dropped = ledger.outgoing.filter((each) => each.rule === rule);
  ledger.outgoing = ledger.outgoing.filter((each) => each.rule !== rule);
  return dropped;
}

function entryOf(
  file: RuleFile,
  record: RuleRecord | undefined,
  now: number,
): Omit<AlertEntry, 'queued'> {
  const { id, rule, problem } = file;
  const snoozed = record?.snoozed_until ?? null;
  const isSnoozed = snoozed !== null && Date.parse(snoozed) > now;
  return {
    id,
    title: rule?.title ?? id,
    state: stateOf(file, record, isSnoozed),
    snoozed_until: isSnoozed ? snoozed : null,
    on: rule?.on ?? null,
    channels: (rule?.channels ?? []).map(shownChannel),
    evaluated: record?.evaluated ?? null,
    last_fired: record?.last_fired ?? null,
    fired: record?.fired ?? 0,
    problem: problem?.message ?? untoldSentence(record?.untold ?? []),
  };
}

function stateOf(
  { rule }: RuleFile,
  record: RuleRecord | undefined,
  isSnoozed: boolean,
): AlertState {
  if (rule === null) return 'broken';
  if (record === undefined) return 'waiting';
  if (record.off) return 'off';
  if (isSnoozed) return 'snoozed';
  if (record.firing) return 'firing';
  return record.fired > 0 ? 'resolved' : 'waiting';
}

function shownChannel(channel: AlertRule['channels'][number]): ShownChannel {
  return channel.kind === 'desktop'
    ? { kind: 'desktop' }
    : { kind: 'webhook', origin: new URL(channel.url).origin };
}

function untoldSentence(versions: readonly number[]): string | null {
  if (versions.length === 0) return null;
  const named = versions.length === 1 ? 'version' : 'versions';
  return `The changes of ${named} ${versions.join(', ')} could no longer be told.`;
}
