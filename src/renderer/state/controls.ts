import type { Filter } from '../../preload/contract/filters';
import type { Selection } from './selections';

/**
 * What a control filters by, whether it is a card or a panel at the side: those of one set of columns
 * set and show one filter, and count under all the others. Its name is the source of that selection.
 */
export type Control = string;

export const SEARCH: Control = 'by search';

export function rangeControl(column: string): Control {
  return `by range of ${column}`;
}

/** Of values that are chosen one by one, or of which members a row has. */
export function choiceControl(columns: readonly string[]): Control {
  return `by ${columns.join(' and ')}`;
}

export function tuplesControl(columns: readonly string[]): Control {
  return `by pairs of ${columns.join(' and ')}`;
}

export function areaControl({ x, y, log }: { x: string; y: string; log: boolean }): Control {
  return `by area of ${x} and ${y}${log ? ', log' : ''}`;
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
 * its control. A second filter of one control stays under its own name: it has only a chip.
 */
export function inControls(selections: readonly Selection[]): Selection[] {
  const taken = new Set<Control>();
  return selections.map(({ source, filter }, index) => {
    const control = filterControl(filter);
    const name = taken.has(control) ? `${index + 1}: ${source}`.slice(0, 2000) : control;
    taken.add(control);
    return { source: name, filter };
  });
}
