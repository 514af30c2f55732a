import { columnTitle, formatNumber, titleCase } from '../../charts/format';
import { datasetColumn } from '../../../preload/contract/dataset';
import type { Filter } from '../../../preload/contract/filters';

/** A filter in a chip's words: `BMI 20–45`, `Type: Water or Fire`. */
export function describeFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'range': {
      const label = columnTitle(filter.column);
      if (filter.min === undefined && filter.max === undefined) return `${label} known`;
      if (filter.min === undefined) return `${label} up to ${formatNumber(filter.max)}`;
      if (filter.max === undefined) return `${label} from ${formatNumber(filter.min)}`;
      return `${label} ${formatNumber(filter.min)}–${formatNumber(filter.max)}`;
    }
    case 'one-of': {
      const values = filter.values.map((value) => (value === null ? 'none' : String(value)));
      return `${datasetColumn(filter.column)?.label ?? filter.column}: ${values.join(' or ')}`;
    }
    case 'types':
      return `Type: ${joined(filter.values, filter.match)}`;
    case 'games':
      return `Game: ${joined(filter.values, filter.match)}`;
    case 'type-pairs':
      return `Pair: ${filter.pairs
        .map(({ type_1, type_2 }) =>
          type_2 === null
            ? `${titleCase(type_1)} alone`
            : `${titleCase(type_1)}/${titleCase(type_2)}`,
        )
        .join(' or ')}`;
    case 'lasso':
      return `Lasso in ${columnTitle(filter.x)} × ${columnTitle(filter.y)}`;
    case 'search':
      return `Search: “${filter.text}”`;
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

function joined(values: readonly string[], match: 'any' | 'all'): string {
  return values.map(titleCase).join(match === 'any' ? ' or ' : ' and ');
}
