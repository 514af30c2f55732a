import { highestOf } from '../../../preload/contract/extent';
import { columnTitle, formatValue, labelWithin, nameIn } from '../../state/column-words';
import { nounNow } from '../../state/noun';
import { countedNoun } from '../../words/noun';
import { formatNumber } from '../../words/numbers';
import { KIND_WORDS, type RowChange } from './group-changes';
import { listChange } from './list-change';

type Field = RowChange['fields'][number];

/** What changed in just the same way in many rows: told once, not in each. */
export interface AlikeChange {
  column: string;
  /** `26 removed`, or `64 → 65`. */
  what: string;
  /** The members that came or went; empty where it is one value for another. */
  members: string[];
  /** What the rows are called. */
  names: string[];
}

export interface News {
  alike: AlikeChange[];
  /** What is left to tell of each row: the rare before the common, the large before the small. */
  single: RowChange[];
}

/** In so many rows a change is told in one line. */
const MANY = 10;

export function newsOf(groups: readonly RowChange[]): News {
  const alike = new Map<string, AlikeChange>();
  for (const { name, field } of fieldsOf(groups)) {
    const key = keyOf(field);
    const known = alike.get(key) ?? { column: field.column, ...wordsOf(field), names: [] };
    known.names.push(name);
    alike.set(key, known);
  }
  const isMany = (field: Field) => (alike.get(keyOf(field))?.names.length ?? 0) >= MANY;
  const single = groups.flatMap((group) => {
    const fields = group.fields.filter((field) => !isMany(field));
    return group.change === 'update' && fields.length === 0 ? [] : [{ ...group, fields }];
  });
  return {
    alike: [...alike.values()]
      .filter(({ names }) => names.length >= MANY)
      .sort((a, b) => b.names.length - a.names.length),
    single: rareAndLargeFirst(single),
  };
}

/** How many rows each field changed in, the rarest first. */
export function countFields(groups: readonly RowChange[]): [column: string, n: number][] {
  const counts = new Map<string, number>();
  for (const { field } of fieldsOf(groups)) {
    counts.set(field.column, (counts.get(field.column) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => a[1] - b[1]);
}

/** Only what changed in these fields; all of it where none is named. */
export function ofFields(groups: readonly RowChange[], columns: readonly string[]): RowChange[] {
  if (columns.length === 0) return [...groups];
  return groups.flatMap((group) => {
    const fields = group.fields.filter(({ column }) => columns.includes(column));
    return fields.length === 0 ? [] : [{ ...group, fields }];
  });
}

/** `18 deleted · name of 2 changed · base experience of 102 fell, median −26`. */
export function summaryOf(groups: readonly RowChange[]): string {
  const whole = (['insert', 'delete'] as const).flatMap((kind) => {
    const n = groups.filter(({ change }) => change === kind).length;
    return n === 0 ? [] : [`${formatNumber(n)} ${KIND_WORDS[kind].toLowerCase()}`];
  });
  const changed = countFields(groups).map(([column, n]) => {
    const fields = fieldsOf(groups).flatMap(({ field }) =>
      field.column === column ? [field] : [],
    );
    return `${labelWithin(column)} of ${formatNumber(n)} ${courseOf(fields)}`;
  });
  return [...whole, ...changed].join(' · ');
}

function fieldsOf(groups: readonly RowChange[]): { name: string; field: Field }[] {
  return groups.flatMap(({ name, fields }) => fields.map((field) => ({ name, field })));
}

/** `rose, median +14`; `lost 26`, `gained 10 to 26`; `changed`. */
function courseOf(fields: readonly Field[]): string {
  const steps = fields.flatMap((field) => stepOf(field) ?? []);
  if (steps.length === fields.length) {
    const median = medianOf(steps);
    const up = steps.filter((step) => step > 0).length;
    const course =
      up === steps.length
        ? 'rose'
        : up === 0
          ? 'fell'
          : `changed (${formatNumber(up)} rose, ${formatNumber(steps.length - up)} fell)`;
    if (steps.length === 1) return `${course} by ${formatNumber(Math.abs(median), 2)}`;
    const sign = median < 0 ? '−' : '+';
    return `${course}, median ${sign}${formatNumber(Math.abs(median), 2)}`;
  }
  const lists = fields.flatMap(({ before, after }) => listChange(before, after) ?? []);
  if (lists.length !== fields.length) return 'changed';
  const [gained, lost] = [
    lists.map(({ added }) => added.length),
    lists.map((l) => l.removed.length),
  ];
  const said = [
    ...(gained.some((n) => n > 0) ? [`gained ${rangeOf(gained)}`] : []),
    ...(lost.some((n) => n > 0) ? [`lost ${rangeOf(lost)}`] : []),
  ];
  return said.length === 0 ? 'changed' : said.join(' and ');
}

function rangeOf(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[0], sorted.at(-1)];
  return low === high ? formatNumber(low) : `${formatNumber(low)} to ${formatNumber(high)}`;
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low = 0, high = 0] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.floor(sorted.length / 2)],
  ];
  return (low + high) / 2;
}

function stepOf({ before, after }: Field): number | null {
  return typeof before === 'number' && typeof after === 'number' ? after - before : null;
}

function keyOf({ column, before, after }: Field): string {
  const change = listChange(before, after);
  const isMembers = change !== null && change.added.length + change.removed.length > 0;
  return JSON.stringify([column, isMembers ? change : [before, after]]);
}

function wordsOf({ column, before, after }: Field): Pick<AlikeChange, 'what' | 'members'> {
  const change = listChange(before, after);
  if (change === null || change.added.length + change.removed.length === 0) {
    return { what: `${formatValue(column, before)} → ${formatValue(column, after)}`, members: [] };
  }
  const parts = [
    ...(change.added.length > 0 ? [`${formatNumber(change.added.length)} added`] : []),
    ...(change.removed.length > 0 ? [`${formatNumber(change.removed.length)} removed`] : []),
  ];
  const members = [...change.added, ...change.removed].map((name) => nameIn(column, name));
  return { what: parts.join(', '), members };
}

/** `Games: 26 removed, alike in 635 Pokémon`. */
export function alikeSentence({ column, what, names }: AlikeChange): string {
  return `${columnTitle(column)}: ${what}, alike in ${countedNoun(nounNow(), names.length)}`;
}

/** Who came or went is as rare as that happened; of the equally rare the largest step is first. */
function rareAndLargeFirst(groups: readonly RowChange[]): RowChange[] {
  const counts = new Map<string, number>(countFields(groups));
  const kinds = (change: string) => groups.filter((group) => group.change === change).length;
  const whole = { insert: kinds('insert'), update: Infinity, delete: kinds('delete') };
  const rarity = ({ change, fields }: RowChange) =>
    fields.reduce(
      (rarest, { column }) => Math.min(rarest, counts.get(column) ?? Infinity),
      whole[change],
    );
  const size = ({ fields }: RowChange) => highestOf(fields.map(relativeStep), 0);
  return groups
    .map((group) => ({ group, rarity: rarity(group), size: size(group) }))
    .sort((a, b) => a.rarity - b.rarity || b.size - a.size || a.group.id - b.group.id)
    .map(({ group }) => group);
}

function relativeStep(field: Field): number {
  const step = stepOf(field);
  if (step === null || typeof field.before !== 'number') return 0;
  return Math.abs(step) / Math.max(Math.abs(field.before), 1e-9);
}
