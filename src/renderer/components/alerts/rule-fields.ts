import {
  type AlertRule,
  alertRuleSchema,
  CHANGE_KINDS,
  wrongInRule,
} from '../../../preload/contract/alerts';
import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import { issueWords } from '../../../preload/contract/issue-words';
import type { AlertDraft } from './alert-draft';
import type { Condition } from './conditions';
import { ruleWords } from './rule-words';

/** Stands for a title while the rest is read. */
const UNNAMED = 'Alert';
const LONGEST_TITLE = 200;

/** What the form of a rule holds. */
export interface RuleFields {
  title: string;
  waits: 'changes' | 'stale';
  kinds: string[];
  columns: string[];
  pokemon: string[];
  byAtLeast: number | string;
  crosses: number | string;
  conditions: readonly Condition[];
  staleFor: string;
  desktop: boolean;
  webhook: boolean;
  url: string;
  secret: string;
}

export function fieldsOf({ title, on }: AlertDraft, canNotify: boolean): RuleFields {
  return {
    title,
    waits: on.stale_for === undefined ? 'changes' : 'stale',
    kinds: [...(on.change ?? CHANGE_KINDS)],
    columns: on.columns ?? [],
    pokemon: (on.pokemon ?? []).map(String),
    byAtLeast: on.by_at_least ?? '',
    crosses: on.crosses ?? '',
    conditions: (on.filters ?? []).map((filter) => ({ filter, isUsed: true })),
    staleFor: on.stale_for ?? '7d',
    desktop: canNotify,
    webhook: false,
    url: '',
    secret: '',
  };
}

/** Whether values that change are waited for. */
export function isOfFields({ waits, kinds }: RuleFields): boolean {
  return waits === 'changes' && kinds.includes('update');
}

/** A title that says what the rule waits for, for one without its own. */
function titleFor(on: AlertRule['on']): string {
  const words = ruleWords(on);
  return words.length <= LONGEST_TITLE ? words : `${words.slice(0, LONGEST_TITLE - 1)}…`;
}

/** The rule that the fields make, or what is wrong with them in a sentence. */
export function ruleOf(
  fields: RuleFields,
  published: DatasetDescriptor | null,
): { rule: AlertRule; wrong: null } | { rule: null; wrong: string } {
  const read = alertRuleSchema.safeParse({
    alert: 1,
    title: fields.title.trim() === '' ? UNNAMED : fields.title,
    on: fields.waits === 'stale' ? { stale_for: fields.staleFor } : changesOf(fields),
    channels: [
      ...(fields.desktop ? [{ kind: 'desktop' }] : []),
      ...(fields.webhook ? [{ kind: 'webhook', url: fields.url, secret: fields.secret }] : []),
    ],
  });
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.at(-1);
    const words = issue === undefined ? 'it is no rule' : issueWords(issue);
    return { rule: null, wrong: `${placeWords(place)}: ${words}.` };
  }
  const wrong = published === null ? null : wrongInRule(read.data, published);
  if (wrong !== null) return { rule: null, wrong: `${wrong}.` };
  const { data } = read;
  const isNamed = fields.title.trim() !== '';
  return { rule: isNamed ? data : { ...data, title: titleFor(data.on) }, wrong: null };
}

function changesOf(fields: RuleFields): object {
  const { kinds, columns, pokemon, byAtLeast, crosses } = fields;
  const filters = fields.conditions.filter(({ isUsed }) => isUsed).map(({ filter }) => filter);
  const ofFields = isOfFields(fields);
  return {
    ...(kinds.length === CHANGE_KINDS.length ? {} : { change: kinds }),
    ...(ofFields && columns.length > 0 ? { columns } : {}),
    ...(pokemon.length > 0 ? { pokemon: pokemon.map(idOrName) } : {}),
    ...(ofFields && byAtLeast !== '' ? { by_at_least: Number(byAtLeast) } : {}),
    ...(ofFields && crosses !== '' ? { crosses: Number(crosses) } : {}),
    ...(filters.length > 0 ? { filters } : {}),
  };
}

function idOrName(text: string): number | string {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

const PLACES: Readonly<Record<string, string>> = {
  change: 'What happens',
  url: 'The webhook’s address',
  secret: 'The webhook’s secret',
  by_at_least: 'By at least',
  title: 'The title',
};

function placeWords(place: PropertyKey | undefined): string {
  return PLACES[String(place)] ?? 'The rule';
}

/** A secret of Standard Webhooks: 32 random bytes. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
