import { AppError } from '../../preload/contract/errors';
import type { Filter } from '../../preload/contract/filters';
import { describeFilter } from './filter-words';
import { joinedFilters } from './joined-filters';
import type { Selection } from './selections';

/**
 * What a control filters by, whether it is a card or a panel at the side: those of one set of columns
 * set and show one filter, and count under all the others. Its name is the source of that selection.
 */
export type Control = string;

export const SEARCH: Control = 'by search';

/** Of a column, or of several that share their values: by a range, by values, by members. */
export function choiceControl(columns: readonly string[]): Control {
  return `by ${columns.join(' and ')}`;
}

/** A column has one filter, whatever it is chosen by. */
export function rangeControl(column: string): Control {
  return choiceControl([column]);
}

export function tuplesControl(columns: readonly string[]): Control {
  return `by pairs of ${columns.join(' and ')}`;
}

/** On linear and on logarithmic axes alike. */
export function areaControl({ x, y }: { x: string; y: string }): Control {
  return `by area of ${x} and ${y}`;
}

/** The control that a filter is set in. */
export function filterControl(filter: Filter): Control {
  switch (filter.kind) {
    case 'range':
      return rangeControl(filter.column);
    case 'one-of':
      return choiceControl(filter.columns);
    case 'sets':
      return choiceControl([filter.column]);
    case 'tuples':
      return tuplesControl(filter.columns);
    case 'area':
      return areaControl(filter);
    case 'search':
      return SEARCH;
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

/**
 * Selections from elsewhere (a view file that names no sources, or those of before) with each in
 * its control. Two of one control become one that keeps what both keep. Throws `bad-view` where no
 * filter does.
 */
export function inControls(selections: readonly Selection[]): Selection[] {
  const found = new Map<Control, Filter>();
  for (const { filter } of selections) {
    const control = filterControl(filter);
    const before = found.get(control);
    const joined = before === undefined ? filter : joinedFilters(before, filter);
    if (before === undefined || joined !== null) found.set(control, joined ?? filter);
    else throw twoFilters(before, filter);
  }
  return [...found].map(([source, filter]) => ({ source, filter }));
}

function twoFilters(one: Filter, other: Filter): AppError {
  const both = `“${describeFilter(one)}” and “${describeFilter(other)}”`;
  return new AppError('bad-view', `The view has two filters of the same: ${both}.`, {
    hint: 'They cannot be made one. Leave one of them out of the file, then open it again.',
  });
}
