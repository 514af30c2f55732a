import { columnTitle, exactNumber, titleCase } from '../../charts/format';
import { datasetColumn } from '../../../preload/contract/dataset';
import { searchWords } from '../../../preload/contract/search-words';
import type { Filter } from '../../../preload/contract/filters';

/** A filter in a chip's words: `BMI 20–45`, `Type: Water or Fire`. */
export function describeFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'range':
      return `${columnTitle(filter.column)} ${rangeWords(filter)}`;
    case 'one-of': {
      const values = filter.values.map((value) => (value === null ? 'none' : nameOf(value)));
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

/** One value of a choice: `Fire`, `none`. */
export function valueName(filter: Filter, value: string | number | boolean | null): string {
  if (value === null) return 'none';
  return nameOf(value);
}

/**
 * The ends of a range, exactly as they filter: `20–45` holds both, `20 to below 45` not the second.
 * `between` stands between two numbers.
 */
export function rangeWords(
  { min, max }: { min?: number | undefined; max?: number | undefined },
  between = '–',
): string {
  if (max === undefined) return min === undefined ? 'known' : `from ${exactNumber(min)}`;
  const below = belowWhat(min ?? 0, max);
  if (min === undefined) {
    return below === null ? `up to ${exactNumber(max)}` : `below ${exactNumber(below)}`;
  }
  if (below !== null) return `${exactNumber(min)} to below ${exactNumber(below)}`;
  return min === max ? exactNumber(min) : `${exactNumber(min)}${between}${exactNumber(max)}`;
}

/** The round number that `max` stays a hair below, as a bin's upper edge is meant; null for none. */
function belowWhat(min: number, max: number): number | null {
  const span = Math.abs(max - min) || Math.abs(max);
  if (span === 0 || !Number.isFinite(span)) return null;
  const step = 10 ** Math.floor(Math.log10(span) - 6);
  const round = Number((Math.round(max / step) * step).toPrecision(12));
  return round > max && round - max < step / 50 ? round : null;
}

/** `Fire`, `Yes`, `12`. */
function nameOf(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'number' ? exactNumber(value) : titleCase(value);
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
