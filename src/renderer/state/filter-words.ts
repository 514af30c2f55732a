import { columnTitle, exactPlace, nameIn } from '../charts/format';
import { momentBinWords } from '../words/moments';
import { searchWords } from '../../preload/contract/search-words';
import { type Filter, type FilterOf, momentOf } from '../../preload/contract/filters';
import {
  columnLabel,
  columnsLabel,
  holdsDays,
  holdsMoments,
  isListColumn,
  singular,
} from './column-words';
import type { Choice } from './choice';

/** A filter in a chip's words: `BMI 20–45`, `Type: Water or Fire`. */
export function describeFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'range':
      return `${columnTitle(filter.column)} ${rangeWords(filter)}`;
    case 'one-of': {
      const values = filter.values.map((value) => valueName(filter, value));
      const isAny = filter.match === 'any' || values.length === 1;
      const not = filter.not !== true ? '' : isAny ? 'not ' : 'not all of ';
      return `${choiceLabel(filter)}: ${not}${values.join(isAny ? ' or ' : ' and ')}`;
    }
    case 'sets':
      return `${columnLabel(filter.column)} exactly ${filter.sets
        .map((set) =>
          set.length === 0 ? 'none' : set.map((each) => nameIn(filter.column, each)).join(' + '),
        )
        .join(' or ')}`;
    case 'tuples':
      return `Pair: ${filter.tuples.map((tuple) => tupleName(filter.columns, tuple)).join(' or ')}`;
    case 'area':
      return describeArea(filter);
    case 'search':
      return `Search: “${filter.text}”${searchWords(filter.text).length > 1 ? ', all words or else any' : ''}`;
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

/** What is chosen, as one of it is called where a row may have several: `Type`, `Game`. */
function choiceLabel({ columns }: Choice): string {
  return hasSeveral(columns) ? singular(columnsLabel(columns)) : columnsLabel(columns);
}

/** Whether a row may have several of the values: any of them and all of them differ. */
export function hasSeveral(columns: readonly string[]): boolean {
  return columns.length > 1 || columns.some(isListColumn);
}

/** One value of a choice: `Fire`, `yes`, `12`, `none`. */
export function valueName(
  { columns }: { columns: readonly string[] },
  value: Choice['values'][number],
): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return exactPlace(columns[0] ?? '', value);
  return nameIn(columns[0] ?? '', value);
}

/** `Grass/Poison`, `Fire alone`. */
function tupleName(columns: readonly string[], tuple: Tuple): string {
  const [first = null, ...rest] = tuple.map((value, at) =>
    value === null ? null : nameIn(columns[at] ?? '', String(value)),
  );
  if (first !== null && rest.every((name) => name === null)) return `${first} alone`;
  return [first, ...rest].map((name) => name ?? 'none').join('/');
}

type Tuple = FilterOf<'tuples'>['tuples'][number];

type Ends = Pick<FilterOf<'range'>, 'column' | 'min' | 'max' | 'below'>;

/**
 * The ends of a range, exactly as they filter: `20–45` holds both, `20 to below 45` not the second.
 * `between` stands between two numbers.
 */
export function rangeWords({ column, min, max, below }: Ends, between = '–'): string {
  const words = (end: number | string) => placeWords(column, end);
  if (max === undefined) return min === undefined ? 'known' : `from ${words(min)}`;
  if (min === undefined) return `${below === true ? 'below' : 'up to'} ${words(max)}`;
  if (below === true)
    return holdsMoments(column)
      ? spanWords(column, min, max)
      : `${words(min)} to below ${words(max)}`;
  if (min === max) return words(min);
  // A dash before a minus cannot be read, nor one between dates, which have spaces.
  const isApart = holdsMoments(column) || (typeof max === 'number' && max < 0);
  return `${words(min)}${isApart ? ' to ' : between}${words(max)}`;
}

/** An end of a range as it is typed, exactly; of a column of time it is a text. */
export function endWords(column: string, end: number | string): string {
  return typeof end === 'string' ? end : exactPlace(column, end);
}

/** An end of a range as it is read, exactly: `8 Aug 2026`. */
function placeWords(column: string, end: number | string): string {
  if (!holdsMoments(column)) return endWords(column, end);
  const ms = momentOf(end);
  // What a clock of seconds does not show stays as it was given.
  return ms % 1000 === 0 ? exactPlace(column, ms) : String(end);
}

/** From one moment to below another: `2026`, `Aug 2026`, `8 Aug 2026 to below 10 Aug 2026`. */
function spanWords(column: string, min: number | string, max: number | string): string {
  const [from, to] = [momentOf(min), momentOf(max)];
  return from % 1000 === 0 && to % 1000 === 0
    ? momentBinWords(from, to, holdsDays(column))
    : `${placeWords(column, min)} to below ${placeWords(column, max)}`;
}

/** A box in the words of two ranges; any other outline by its axes alone. */
function describeArea({ x, y, outlines }: FilterOf<'area'>): string {
  const [points = []] = outlines;
  if (outlines.length > 1) {
    return `${outlines.length} areas in ${columnTitle(x)} × ${columnTitle(y)}`;
  }
  const xs = [...new Set(points.map(([px]) => px))].sort((a, b) => a - b);
  const ys = [...new Set(points.map(([, py]) => py))].sort((a, b) => a - b);
  const [left, right] = xs;
  const [low, high] = ys;
  if (xs.length !== 2 || ys.length !== 2 || points.length !== 4) {
    return `Lasso in ${columnTitle(x)} × ${columnTitle(y)}`;
  }
  const range = (column: string, from?: number, to?: number) =>
    `${columnTitle(column)} ${exactPlace(column, from)}${holdsMoments(column) ? ' to below ' : '–'}${exactPlace(column, to)}`;
  return `${range(x, left, right)}, ${range(y, low, high)}`;
}
