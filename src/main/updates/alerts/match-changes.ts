import type { AlertRule } from '../../../preload/contract/alerts';
import type { ChangeEntry } from '../../../preload/contract/reports';
import { folded } from '../../../preload/contract/search-words';

export type ChangeRule = AlertRule['on'];

/** Of a version's changes those that a rule waits for, apart from its filters. */
export function matchingChanges(on: ChangeRule, entries: readonly ChangeEntry[]): ChangeEntry[] {
  if (on.stale_for !== undefined) return [];
  const named = on.pokemon === undefined ? null : namedPokemon(on.pokemon);
  return entries.filter(
    (entry) =>
      (on.change === undefined || on.change.includes(entry.change)) &&
      (on.columns === undefined || (entry.column !== null && on.columns.includes(entry.column))) &&
      (named === null || isNamed(named, entry)) &&
      (on.by_at_least === undefined || movedBy(entry, on.by_at_least)) &&
      (on.crosses === undefined || crosses(entry, on.crosses)),
  );
}

interface Named {
  ids: ReadonlySet<number>;
  names: ReadonlySet<string>;
}

function namedPokemon(given: readonly (string | number)[]): Named {
  const ids = given.filter((each) => typeof each === 'number' || /^#?\d+$/.test(each));
  const names = given.filter((each) => typeof each === 'string').map(plainName);
  return {
    ids: new Set(ids.map((each) => Number(String(each).replace('#', '')))),
    names: new Set(names.filter((name) => name !== '')),
  };
}

/** `Mr. Mime`, `mr mime` and `Mr-mime` are one name. */
export function plainName(name: string): string {
  return folded(name.replaceAll('♀', '-f').replaceAll('♂', '-m'))
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/** One who was renamed goes by both names in the version that did it. */
function isNamed({ ids, names }: Named, entry: ChangeEntry): boolean {
  if (ids.has(entry.id) || names.has(plainName(entry.name))) return true;
  return (
    entry.column === 'name' &&
    typeof entry.before === 'string' &&
    names.has(plainName(entry.before))
  );
}

/** Differences of decimal fractions come out a little short: 6.1 − 6 is 0.0999…. */
const ROUNDING = 1e-12;

function movedBy({ before, after }: ChangeEntry, least: number): boolean {
  const [from, to] = [numberOf(before), numberOf(after)];
  if (from === null || to === null) return false;
  const slack = ROUNDING * Math.max(Math.abs(from), Math.abs(to), least);
  return Math.abs(to - from) >= least - slack;
}

/** A value that equals the number has reached it. Null is on neither side. */
function crosses({ before, after }: ChangeEntry, line: number): boolean {
  const [from, to] = [numberOf(before), numberOf(after)];
  return from !== null && to !== null && from < line !== to < line;
}

function numberOf(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'bigint') return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}
