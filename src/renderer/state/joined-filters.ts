import { type Filter, type FilterOf, momentOf } from '../../preload/contract/filters';
import { sameJson } from '../../preload/contract/merge-changes';
import { type Choice } from './choice';
import { hasSeveral } from './filter-words';

/**
 * One filter that keeps what two filters of the same control keep together. Null where no filter
 * says that, or where no row can pass both.
 */
export function joinedFilters(one: Filter, other: Filter): Filter | null {
  if (sameJson(one, other)) return one;
  if (one.kind === 'range' && other.kind === 'range') return joinedRanges(one, other);
  if (one.kind === 'one-of' && other.kind === 'one-of') return joinedChoices(one, other);
  if (one.kind === 'range' && other.kind === 'one-of') return chosenWithin(other, one);
  if (one.kind === 'one-of' && other.kind === 'range') return chosenWithin(one, other);
  if (one.kind === 'tuples' && other.kind === 'tuples') {
    const tuples = common(one.tuples, other.tuples);
    return tuples.length === 0 ? null : { ...one, tuples };
  }
  if (one.kind === 'sets' && other.kind === 'sets' && sameJson(one.members, other.members)) {
    const sets = common(one.sets, other.sets);
    return sets.length === 0 ? null : { ...one, sets };
  }
  return null;
}

type Range = FilterOf<'range'>;

function joinedRanges(one: Range, other: Range): Range | null {
  const { min, max, below, ...rest } = one;
  const low = [min, other.min]
    .filter((end) => end !== undefined)
    .sort(byMoment)
    .at(-1);
  const upper = [
    { max, below },
    { max: other.max, below: other.below },
  ].filter((end) => end.max !== undefined);
  // Of two equal ends the one that is not within leaves more out.
  const [high] = upper.sort(
    (a, b) => byMoment(a.max ?? 0, b.max ?? 0) || Number(b.below ?? 0) - Number(a.below ?? 0),
  );
  const joined: Range = {
    ...rest,
    ...(low === undefined ? {} : { min: low }),
    ...(high?.max === undefined ? {} : { max: high.max }),
    ...(high?.below === true ? { below: true as const } : {}),
  };
  if (joined.min === undefined || joined.max === undefined) return joined;
  const room = momentOf(joined.max) - momentOf(joined.min);
  return room < 0 || (room === 0 && joined.below === true) ? null : joined;
}

function byMoment(a: number | string, b: number | string): number {
  return momentOf(a) - momentOf(b);
}

/** Of single numbers those within a range. */
function chosenWithin(choice: Choice, { min, max, below }: Range): Choice | null {
  if (choice.not === true || hasSeveral(choice.columns)) return null;
  if (!choice.values.every((value) => typeof value === 'number' || value === null)) return null;
  const [low, high] = [momentOf(min ?? -Infinity), momentOf(max ?? Infinity)];
  const values = choice.values.filter(
    (value) =>
      typeof value === 'number' && value >= low && (below === true ? value < high : value <= high),
  );
  return values.length === 0 ? null : { ...choice, values };
}

function joinedChoices(one: Choice, other: Choice): Choice | null {
  const all = [...new Set([...one.values, ...other.values])];
  const isAll = ({ match, values }: Choice) => match === 'all' || values.length === 1;
  const isAny = ({ match, values }: Choice) => match === 'any' || values.length === 1;
  if (one.not === true && other.not === true)
    return isAny(one) && isAny(other) ? { ...one, match: 'any', values: all } : null;
  if (hasSeveral(one.columns)) {
    const isBoth = one.not !== true && other.not !== true && isAll(one) && isAll(other);
    return isBoth ? { ...one, match: 'all', values: all } : null;
  }
  const [kept, against] = one.not === true ? [other, one] : [one, other];
  if (!isAny(kept) || !isAny(against)) return null;
  const values = kept.values.filter(
    (value) => against.values.includes(value) !== (against.not === true),
  );
  return values.length === 0 ? null : { ...kept, values };
}

function common<Item>(some: readonly Item[], others: readonly Item[]): Item[] {
  return some.filter((item) => others.some((other) => sameJson(item, other)));
}
