import { z } from 'zod';
import type { Trouble } from '../../../preload/contract/settings';
import { EditedFile } from '../../base/edited-file';

const moment = z.iso.datetime();

const ruleRecordSchema = z.object({
  /** The first version that the rule is about: the one after it was added or switched on. */
  first: z.int(),
  /** The last one that it was held against. */
  evaluated: z.int(),
  off: z.boolean(),
  snoozed_until: moment.nullable(),
  fired: z.int(),
  last_fired: moment.nullable(),
  firing: z.boolean(),
  /** The freshness after which nothing came, of a rule that has fired for it; null for none. */
  stale_since: moment.nullable(),
  /** Versions of which it could not be told any more. */
  untold: z.array(z.int()),
});

const firingSchema = z.object({
  id: z.string(),
  rule: z.string(),
  title: z.string(),
  kind: z.enum(['changes', 'settled', 'stale', 'fresh', 'test']),
  at: moment,
  version: z.int().nullable(),
  timestamp: moment.nullable(),
  summary: z.string(),
  ids: z.array(z.int()),
  names: z.array(z.string()),
  gone: z.int(),
  changes: z.int(),
  again: z.array(z.int()),
  /** Whether it was told that values which went back and forth have stayed since. */
  settled: z.boolean().exactOptional(),
  snoozed: z.boolean(),
  read: z.boolean(),
});

/** What is on its way to a channel that has not taken it over yet. */
const outgoingSchema = z.object({
  /** The same for the same rule, version and channel. */
  id: z.string(),
  rule: z.string(),
  /** Its place among the rule's channels. */
  channel: z.int(),
  kind: z.enum(['desktop', 'webhook']),
  at: moment,
  body: z.record(z.string(), z.unknown()),
});

const ledgerSchema = z.object({
  alerts: z.literal(1),
  rules: z.record(z.string(), ruleRecordSchema),
  /** The oldest first. */
  firings: z.array(firingSchema),
  outgoing: z.array(outgoingSchema),
});

export type RuleRecord = z.infer<typeof ruleRecordSchema>;
export type Outgoing = z.infer<typeof outgoingSchema>;
export type Ledger = z.infer<typeof ledgerSchema>;

/** Firings beyond these are forgotten, the oldest first. */
const MOST_FIRINGS = 300;

/**
 * Up to which version each rule was held, what fired, and what is still to be handed to a channel: one
 * file, replaced whole, so that a firing and how far its rule came are decided together.
 */
export class AlertsLedger {
  private readonly file: EditedFile;

  constructor(path: string, tell: (trouble: Trouble) => void) {
    this.file = new EditedFile(path, tell);
  }

  async read(): Promise<Ledger> {
    return parsed(await this.file.peek());
  }

  /** Changes what the file holds now, as one step among all processes. */
  async change(work: (ledger: Ledger) => void): Promise<Ledger> {
    const json = await this.file.change((found) => {
      const ledger = parsed(found);
      work(ledger);
      ledger.firings = ledger.firings.slice(-MOST_FIRINGS);
      return ledger;
    });
    return parsed(json);
  }
}

export function newRecord(newest: number): RuleRecord {
  return {
    first: newest + 1,
    evaluated: newest,
    off: false,
    snoozed_until: null,
    fired: 0,
    last_fired: null,
    firing: false,
    stale_since: null,
    untold: [],
  };
}

function parsed(json: unknown): Ledger {
  if (json === null) return { alerts: 1, rules: {}, firings: [], outgoing: [] };
  return ledgerSchema.parse(json);
}
