import { z } from 'zod';
import { columnOf, type DatasetDescriptor, isNumberColumn } from './descriptor';
import { AppError, type ErrorShape } from './errors';
import { columnName, filtersSchema, wrongColumn, wrongInFilter } from './filters';
import { issueWords, shortText } from './issue-words';
import { periodMs, PERIOD_HINT } from './period';
import type { ChangeEntry } from './reports';
import { wrongInAddress, wrongInSecrets } from './webhooks';

/**
 * Alerts: rules on what a new version changed, or on nothing new for a time. A rule is a file of its
 * own; what it fired is kept beside it.
 */

export const CHANGE_KINDS = ['insert', 'update', 'delete'] as const;

/**
 * What a rule waits for. Each key narrows, all of them hold together; a change of a field is one
 * change. Nothing given means every change. `stale_for` stands alone.
 */
const onSchema = z
  .strictObject({
    change: z.array(z.enum(CHANGE_KINDS)).min(1).max(3).exactOptional(),
    /** Fields; those who came or went changed none. */
    columns: z.array(columnName).min(1).max(100).exactOptional(),
    /** Names as people write them, or ids. */
    pokemon: z
      .array(z.union([z.string().trim().min(1).max(200), z.int().positive()]))
      .min(1)
      .max(10_000)
      .exactOptional(),
    /** A number rose or fell by at least as much. */
    by_at_least: z.number().positive().exactOptional(),
    /** A number was below it and is not any more, or the other way round. */
    crosses: z.number().exactOptional(),
    /** The row is among these after the change; where it was deleted, it was before. */
    filters: filtersSchema.exactOptional(),
    /** Nothing new was published, and no check found the data unchanged, for so long: `7d`. */
    stale_for: z
      .string()
      .refine((text) => periodMs(text) !== null, { error: 'it is not a time like 12h or 7d' })
      .exactOptional(),
  })
  .superRefine((on, context) => {
    const others = Object.keys(on).filter((key) => key !== 'stale_for');
    if (on.stale_for !== undefined && others.length > 0) {
      context.addIssue({
        code: 'custom',
        message: `“stale_for” stands alone, without “${others.join('”, “')}”`,
      });
    }
    const ofFields = (['columns', 'by_at_least', 'crosses'] as const).filter(
      (key) => on[key] !== undefined,
    );
    if (ofFields.length > 0 && on.change !== undefined && !on.change.includes('update')) {
      context.addIssue({
        code: 'custom',
        message: `“${ofFields.join('”, “')}” is about values that change, and “change” leaves “update” out`,
      });
    }
  });

export const channelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('desktop') }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: checked(wrongInAddress),
    /** One secret, or two with a blank between them while one replaces the other. */
    secret: checked(wrongInSecrets),
  }),
]);

export type AlertChannel = z.infer<typeof channelSchema>;

function checked(wrongIn: (text: string) => string | null) {
  return z.string().superRefine((text, context) => {
    const message = wrongIn(text);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
}

export const alertRuleSchema = z.strictObject({
  alert: z.literal(1),
  title: z.string().trim().min(1).max(200),
  on: onSchema,
  channels: z.array(channelSchema).max(10).default([]),
});

export type AlertRule = z.infer<typeof alertRuleSchema>;

/** Characters of a rule file. */
export const LONGEST_RULE = 1_000_000;

const HINT = 'See “Alerts” in docs/updates.md for what a rule can hold.';

/** Reads a rule file's text. Throws `bad-alert` with the place that is wrong. */
export function readRule(text: string, dataset: DatasetDescriptor): AlertRule {
  if (text.length > LONGEST_RULE) throw wrongRule(': it is larger than 1 MB');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw wrongRule(': it is not JSON', cause);
  }
  return checkRule(json, dataset);
}

/** The same of what was parsed already. */
export function checkRule(json: unknown, dataset: DatasetDescriptor): AlertRule {
  const read = alertRuleSchema.safeParse(json);
  if (!read.success) {
    const issue = read.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${placeOf(issue)}`;
    const words = issue === undefined ? 'it is not a rule' : issueWords(issue);
    throw wrongRule(`${place}: ${words}`, read.error);
  }
  const wrong = wrongInRule(read.data, dataset);
  if (wrong !== null) throw wrongRule(` at ${wrong}`);
  return read.data;
}

function placeOf({ path }: z.core.$ZodIssue): string {
  return shortText(path.join('.'));
}

function wrongRule(what: string, cause?: unknown): AppError {
  const hint = what.includes('at on.stale_for') ? PERIOD_HINT : HINT;
  return new AppError('bad-alert', `The rule is wrong${what}.`, { hint, cause });
}

/** The first place that does not fit the dataset and why; null where all fits. */
export function wrongInRule({ on }: AlertRule, dataset: DatasetDescriptor): string | null {
  const numbers = on.by_at_least !== undefined || on.crosses !== undefined;
  const key = on.by_at_least === undefined ? 'crosses' : 'by_at_least';
  for (const [index, name] of (on.columns ?? []).entries()) {
    const wrong = wrongColumn(name, dataset);
    if (wrong !== null) return `on.columns.${index}: ${wrong}`;
    if (numbers && !isNumberColumn(columnOf(dataset, name)))
      return `on.columns.${index}: “${key}” needs numbers, and “${shortText(name)}” holds none`;
  }
  for (const [index, filter] of (on.filters ?? []).entries()) {
    const wrong = wrongInFilter(filter, dataset);
    if (wrong !== null) return `on.filters.${index}: ${wrong}`;
  }
  return null;
}

/**
 * `waiting`: it has not fired yet. `firing`: the last version made it fire, or the data are still
 * stale. `resolved`: it fired before, and a later version did not, or the data are fresh again.
 * `snoozed`: what it fires is listed and not sent until then. `off`: it does not fire. `broken`: its
 * file cannot be used.
 */
export const ALERT_STATES = ['waiting', 'firing', 'resolved', 'snoozed', 'off', 'broken'] as const;

export type AlertState = (typeof ALERT_STATES)[number];

/** A channel as it is shown: no secret, and of an address only where it leads. */
export type ShownChannel = { kind: 'desktop' } | { kind: 'webhook'; origin: string };

/** One rule of the list. */
export interface AlertEntry {
  id: string;
  title: string;
  state: AlertState;
  /** ISO 8601; null where it is not snoozed. */
  snoozed_until: string | null;
  /** What it waits for; null where its file is broken. */
  on: AlertRule['on'] | null;
  channels: ShownChannel[];
  /** The last version that it was held against; null for none yet. */
  evaluated: number | null;
  last_fired: string | null;
  fired: number;
  /** Messages to webhooks that wait to be sent; they are ended with the rule. */
  queued: number;
  /** Why it is broken, or what it could not see; null for nothing. */
  problem: string | null;
}

/** What a rule would have fired of one version. */
export interface DryRunFiring {
  version: number;
  timestamp: string;
  changes: ChangeEntry[];
  /** The version that was told of; this one went back and forth with it and would not be sent alone. */
  grouped_with?: number;
  /** Its values went back and forth up to this version and have stayed since, which is told as well. */
  settled_in?: number;
  /** Of a rule on nothing new: when the last news before it came, and the next; null for none. */
  stale_since?: string;
  fresh_again?: string | null;
}

/** A dry run as the app shows it. */
export interface DryRunTold {
  /** How many versions the rule was held against. */
  versions: number;
  /** Versions of which it can no longer be told. */
  untold: number[];
  firings: {
    version: number;
    timestamp: string;
    /** `18 Pokémon left`. */
    summary: string;
    ids: number[];
    changes: number;
    grouped_with: number | null;
    settled_in: number | null;
  }[];
  /** Of a rule on nothing new: since when checks that found nothing are known; null for none yet. */
  checks_since: string | null;
}

/** Something that fired, as the list in the app has it. */
export interface Firing {
  /** The same whenever it is evaluated again: made of the rule and the version. */
  id: string;
  rule: string;
  title: string;
  kind: 'changes' | 'settled' | 'stale' | 'fresh' | 'test';
  /** When it was noticed, ISO 8601. */
  at: string;
  /** Null for what is not about a version. */
  version: number | null;
  /** When that version was published. */
  timestamp: string | null;
  /** One sentence: “18 Pokémon left.” */
  summary: string;
  /** Which rows, by id; their names are those of the first ones. */
  ids: number[];
  names: string[];
  /** How many of them left, so that the data have them no more. */
  gone: number;
  changes: number;
  /** Later versions in which the same values went back and forth. */
  again: number[];
  /** Whether it was kept from the channels by a snooze. */
  snoozed: boolean;
  read: boolean;
}

export interface Alerts {
  rules: AlertEntry[];
  /** The newest first. */
  firings: Firing[];
  unread: number;
  /** Whether this host can show notifications of the desktop. */
  desktop: boolean;
  /** Why the last evaluation went wrong; null where it did not. */
  error: ErrorShape | null;
}
