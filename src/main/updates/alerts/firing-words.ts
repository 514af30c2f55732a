import type { AlertRule, DryRunFiring } from '../../../preload/contract/alerts';
import { counted, humanCount } from '../../../preload/contract/counts';
import { columnOf } from '../../../preload/contract/descriptor';
import type { ChangeEntry } from '../../../preload/contract/reports';
import { pokemonDataset } from '../../shaping/pokemon-dataset';

const DATASET = pokemonDataset({ version: 0, rows: 0 });
const { noun } = DATASET;

/** Fields that a summary names; the others are counted. */
const MOST_FIELDS = 3;

/** Of a rule on nothing new for a time; `since` is ISO 8601. */
export function staleWords(period: string, since: string): string {
  return `Nothing new for ${period}: the last news is of ${since.slice(0, 10)}`;
}

/** What a firing of a dry run is about. */
export function dryRunSummary({ on }: AlertRule, firing: DryRunFiring): string {
  return on.stale_for === undefined
    ? summaryOf(firing.changes)
    : staleWords(on.stale_for, firing.stale_since ?? firing.timestamp);
}

/** That values which went back and forth have stayed since a version, and how they are. */
export function settledWords(version: number, changes: readonly ChangeEntry[]): string {
  const over = `No longer back and forth since version ${version}`;
  return changes.length === 0 ? over : `${over}: ${summaryOf(changes)}`;
}

/** `18 Pokémon left · weight of 3 changed`, or of a single one `Pikachu: weight 60 → 61`. */
export function summaryOf(changes: readonly ChangeEntry[]): string {
  const [only] = changes;
  if (only !== undefined && changes.length === 1) return single(only);
  const arrived = countOf(changes, 'insert');
  const left = countOf(changes, 'delete');
  const fields = new Map<string, number>();
  for (const { column } of changes) {
    if (column !== null) fields.set(column, (fields.get(column) ?? 0) + 1);
  }
  // The rare before the common: it is what one would not see otherwise.
  const rarest = [...fields].sort((a, b) => a[1] - b[1]);
  const named = rarest
    .slice(0, MOST_FIELDS)
    .map(([column, n]) => `${labelOf(column)} of ${humanCount(n)} changed`);
  const more = rarest.length - named.length;
  return [
    ...(left > 0 ? [`${counted(left, noun.one, noun.many)} left`] : []),
    ...(arrived > 0 ? [`${counted(arrived, noun.one, noun.many)} came`] : []),
    ...named,
    ...(more > 0 ? [`${counted(more, 'more field')}`] : []),
  ].join(' · ');
}

function single({ change, name, column, before, after }: ChangeEntry): string {
  if (change === 'delete') return `${name} left`;
  if (change === 'insert') return `${name} came`;
  return `${name}: ${labelOf(column ?? '')} ${valueWords(before)} → ${valueWords(after)}`;
}

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return `${value.length} of them`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The label as it stands inside a sentence: `Base experience` → `base experience`, but `HP`. */
function labelOf(column: string): string {
  const label = columnOf(DATASET, column)?.label ?? column;
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

function countOf(changes: readonly ChangeEntry[], kind: ChangeEntry['change']): number {
  return changes.filter(({ change }) => change === kind).length;
}
