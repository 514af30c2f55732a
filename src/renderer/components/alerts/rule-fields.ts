import {
  type AlertRule,
  alertRuleSchema,
  CHANGE_KINDS,
  wrongInRule,
} from '../../../preload/contract/alerts';
import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import type { Filter } from '../../../preload/contract/filters';
import { issueWords } from '../../../preload/contract/issue-words';
import type { AlertDraft } from './alert-draft';

/** What the form of a rule holds. */
export interface RuleFields {
  title: string;
  waits: 'changes' | 'stale';
  kinds: string[];
  columns: string[];
  pokemon: string[];
  byAtLeast: number | string;
  crosses: number | string;
  filters: readonly Filter[];
  useFilters: boolean;
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
    filters: on.filters ?? [],
    useFilters: true,
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

/** The rule that the fields make, or what is wrong with them in a sentence. */
export function ruleOf(
  fields: RuleFields,
  published: DatasetDescriptor | null,
): { rule: AlertRule; wrong: null } | { rule: null; wrong: string } {
  const read = alertRuleSchema.safeParse({
    alert: 1,
    title: fields.title.trim() === '' ? 'Untitled alert' : fields.title,
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
  return wrong === null ? { rule: read.data, wrong: null } : { rule: null, wrong: `${wrong}.` };
}

function changesOf(fields: RuleFields): object {
  const { kinds, columns, pokemon, byAtLeast, crosses, filters } = fields;
  const ofFields = isOfFields(fields);
  return {
    ...(kinds.length === CHANGE_KINDS.length ? {} : { change: kinds }),
    ...(ofFields && columns.length > 0 ? { columns } : {}),
    ...(pokemon.length > 0 ? { pokemon: pokemon.map(idOrName) } : {}),
    ...(ofFields && byAtLeast !== '' ? { by_at_least: Number(byAtLeast) } : {}),
    ...(ofFields && crosses !== '' ? { crosses: Number(crosses) } : {}),
    ...(fields.useFilters && filters.length > 0 ? { filters } : {}),
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
