import { columnTitle, formatNumber, titleCase } from '../../charts/format';
import { datasetColumn } from '../../../preload/contract/dataset';
import type { Filter } from '../../../preload/contract/filters';

/** A filter in a chip's words: `BMI 20–45`, `Type: Water or Fire`. */
export function describeFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'range': {
      const label = columnTitle(filter.column);
      if (filter.min === undefined && filter.max === undefined) return `${label} known`;
      if (filter.min === undefined) return `${label} up to ${formatNumber(filter.max, 2)}`;
      if (filter.max === undefined) return `${label} from ${formatNumber(filter.min, 2)}`;
      return `${label} ${formatNumber(filter.min, 2)}–${formatNumber(filter.max, 2)}`;
    }
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
      return `Search: “${filter.text}”`;
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

/** `Fire`, `Yes`, `12`. */
function nameOf(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'number' ? formatNumber(value) : titleCase(value);
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
    `${columnTitle(column)} ${formatNumber(from)}–${formatNumber(to)}`;
  return `${range(x, left, right)}, ${range(y, low, high)}`;
}

function joined(values: readonly string[], match: 'any' | 'all'): string {
  return values.map(titleCase).join(match === 'any' ? ' or ' : ' and ');
}
