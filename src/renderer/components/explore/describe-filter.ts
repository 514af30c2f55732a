import { columnTitle, exactNumber, nameIn, titleCase } from '../../charts/format';
import { datasetColumn } from '../../../preload/contract/dataset';
import { searchWords } from '../../../preload/contract/search-words';
import type { Filter } from '../../../preload/contract/filters';

/** A filter in a chip's words: `BMI 20–45`, `Type: Water or Fire`. */
export function describeFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'range':
      return `${columnTitle(filter.column)} ${rangeWords(filter)}`;
    case 'one-of': {
      const values = filter.values.map((value) => valueName(filter, value));
      return `${datasetColumn(filter.column)?.label ?? filter.column}: ${values.join(' or ')}`;
    }
    case 'types':
      return `Type: ${joined(filter.values, filter.match)}`;
    case 'games':
      return `Game: ${joined(filter.values, filter.match)}`;
    case 'game-sets':
      return `Games exactly ${filter.sets
        .map((set) => (set.length === 0 ? 'none' : set.map(titleCase).join(' + ')))
        .join(' or ')}`;
    case 'type-pairs':
      return `Pair: ${filter.pairs
        .map(({ type_1, type_2 }) =>
          type_2 === null
            ? `${titleCase(type_1)} alone`
            : `${titleCase(type_1)}/${titleCase(type_2)}`,
        )
        .join(' or ')}`;
    case 'lasso':
      return describeArea(filter);
    case 'search':
      return `Search: “${filter.text}”${searchWords(filter.text).length > 1 ? ', all words or else any' : ''}`;
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

/** A filter of values that are chosen one by one. */
export type Choice = Extract<Filter, { kind: 'one-of' | 'types' | 'games' }>;

/** One value of a choice: `Fire`, `yes`, `12`, `none`. */
export function valueName(filter: Choice, value: Choice['values'][number]): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return exactNumber(value);
  return filter.kind === 'one-of' ? nameIn(filter.column, value) : titleCase(value);
}

type Ends = Pick<Extract<Filter, { kind: 'range' }>, 'min' | 'max' | 'below'>;

/**
 * The ends of a range, exactly as they filter: `20–45` holds both, `20 to below 45` not the second.
 * `between` stands between two numbers.
 */
export function rangeWords({ min, max, below }: Ends, between = '–'): string {
  if (max === undefined) return min === undefined ? 'known' : `from ${exactNumber(min)}`;
  if (min === undefined) return `${below === true ? 'below' : 'up to'} ${exactNumber(max)}`;
  if (below === true) return `${exactNumber(min)} to below ${exactNumber(max)}`;
  if (min === max) return exactNumber(min);
  // A dash before a minus cannot be read.
  return `${exactNumber(min)}${max < 0 ? ' to ' : between}${exactNumber(max)}`;
}

/** A box in the words of two ranges; any other outline by its axes alone. */
function describeArea({ x, y, points, more }: Extract<Filter, { kind: 'lasso' }>): string {
  if (more !== undefined) {
    return `${more.length + 1} areas in ${columnTitle(x)} × ${columnTitle(y)}`;
  }
  const xs = [...new Set(points.map(([px]) => px))].sort((a, b) => a - b);
  const ys = [...new Set(points.map(([, py]) => py))].sort((a, b) => a - b);
  const [left, right] = xs;
  const [low, high] = ys;
  if (xs.length !== 2 || ys.length !== 2 || points.length !== 4) {
    return `Lasso in ${columnTitle(x)} × ${columnTitle(y)}`;
  }
  const range = (column: string, from?: number, to?: number) =>
    `${columnTitle(column)} ${exactNumber(from)}–${exactNumber(to)}`;
  return `${range(x, left, right)}, ${range(y, low, high)}`;
}

function joined(values: readonly string[], match: 'any' | 'all'): string {
  return values.map(titleCase).join(match === 'any' ? ' or ' : ' and ');
}
