import { columnTitle, exactNumber, nameIn } from '../charts/format';
import { searchWords } from '../../preload/contract/search-words';
import type { Filter, FilterOf } from '../../preload/contract/filters';
import {
  columnLabel,
  columnsLabel,
  exactPlace,
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
  if (typeof value === 'number') return exactNumber(value);
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

type Ends = Pick<FilterOf<'range'>, 'min' | 'max' | 'below'>;

/**
 * The ends of a range, exactly as they filter: `20–45` holds both, `20 to below 45` not the second.
 * `between` stands between two numbers.
 */
export function rangeWords({ min, max, below }: Ends, between = '–'): string {
  if (max === undefined) return min === undefined ? 'known' : `from ${endWords(min)}`;
  if (min === undefined) return `${below === true ? 'below' : 'up to'} ${endWords(max)}`;
  if (below === true) return `${endWords(min)} to below ${endWords(max)}`;
  if (min === max) return endWords(min);
  // A dash before a minus cannot be read.
  const dash = typeof max === 'number' && max < 0 ? ' to ' : between;
  return `${endWords(min)}${dash}${endWords(max)}`;
}

/** An end of a range, exactly; of a column of time it is a text. */
export function endWords(end: number | string): string {
  return typeof end === 'string' ? end : exactNumber(end);
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
