import type { AlertEntry, AlertRule, DryRunTold } from '../../../preload/contract/alerts';
import { publishedColumns } from '../../state/described';
import { withinSentence } from '../../words/column-words';
import { describeFilter } from '../../state/filter-words';
import { countedNoun } from '../../words/noun';
import { nounNow } from '../../state/noun';
import { formatMoment } from '../../words/dates';
import { counted } from '../../words/counts';
import { formatNumber } from '../../words/numbers';

const KINDS = { insert: 'come', update: 'change', delete: 'leave' } as const;

/** What a rule waits for: `Pokémon leave, only Type: Fire`. */
export function ruleWords(on: AlertRule['on']): string {
  if (on.stale_for !== undefined) return `Nothing new for ${on.stale_for}`;
  const noun = nounNow();
  const fields = (on.columns ?? []).map(fieldWords).join(', ');
  const kinds = (on.change ?? ['insert', 'update', 'delete']).map((kind) => KINDS[kind]);
  const who =
    on.pokemon === undefined
      ? capitalOf(noun.many)
      : on.pokemon.map((each) => (typeof each === 'number' ? `#${each}` : each)).join(', ');
  return [
    fields === '' ? `${who} ${kinds.join(' or ')}` : `${who}: ${fields} ${kinds.join(' or ')}`,
    ...(on.by_at_least === undefined ? [] : [`by at least ${formatNumber(on.by_at_least)}`]),
    ...(on.crosses === undefined ? [] : [`crossing ${formatNumber(on.crosses)}`]),
    ...(on.filters ?? []).map((filter) => `only ${describeFilter(filter)}`),
  ].join(' · ');
}

/** A field as the published data call it, whatever table is explored. */
function fieldWords(name: string): string {
  return withinSentence(publishedColumns().find((each) => each.name === name)?.label ?? name);
}

export function stateWords({ state, snoozed_until: until }: AlertEntry): string {
  switch (state) {
    case 'waiting':
      return 'Has not fired';
    case 'firing':
      return 'Firing';
    case 'resolved':
      return 'Resolved';
    case 'snoozed':
      return until === null ? 'Snoozed' : `Snoozed until ${formatMoment(until)}`;
    case 'off':
      return 'Off';
    case 'broken':
      return 'Broken';
  }
}

/** Of a rule on nothing new: `Would have fired 2 times, last on 8 Aug 2026: Nothing new for 7d`. */
export function staleRunWords({ firings, checks_since: since }: DryRunTold): string[] {
  const last = firings.at(-1);
  return [
    last === undefined
      ? 'Would not have fired since the oldest version.'
      : `Would have fired ${counted(firings.length, 'time')}, last on ${formatMoment(last.timestamp)}: ${last.summary}.`,
    since === null
      ? 'No check that found nothing new is recorded yet: this goes by the versions alone.'
      : `Checks that found nothing new are known from ${formatMoment(since)} on.`,
  ];
}

/** `Would have fired in 1 of 2 versions: 18 Pokémon left`. */
export function dryRunWords({ firings, versions }: DryRunTold): string {
  const alone = firings.filter(({ grouped_with: root }) => root === null);
  const of = `${formatNumber(alone.length)} of ${formatNumber(versions)} ${versions === 1 ? 'version' : 'versions'}`;
  const [only] = alone;
  if (only === undefined) return `Would have fired in none of ${formatNumber(versions)} versions.`;
  return alone.length === 1
    ? `Would have fired in ${of}: ${only.summary}.`
    : `Would have fired in ${of}, last in version ${alone.at(-1)?.version ?? ''}: ${alone.at(-1)?.summary ?? ''}.`;
}

/** What is said of a version's mark on the timeline. */
export function markWords(firing: DryRunTold['firings'][number]): string {
  const { summary, grouped_with: root, settled_in: settled } = firing;
  if (root !== null) return `back and forth with version ${root}`;
  const over = settled === null ? '' : `, and again once it stayed since version ${settled}`;
  return `would have fired: ${summary}${over}`;
}

export function rowsWords(count: number): string {
  return countedNoun(nounNow(), count);
}

function capitalOf(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
