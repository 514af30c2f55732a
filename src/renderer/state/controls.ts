import type { ColumnName } from '../../preload/contract/dataset';
import { isNumberColumn } from '../../preload/contract/dataset';
import type { Filter } from '../../preload/contract/filters';
import type { Card } from './cards';
import type { Selection } from './selections';

/**
 * What a control filters by, whether it is a card or a panel at the side: those of one column set
 * and show one filter, and count under all the others. Its name is the source of that selection.
 */
export type Control = string;

export const SEARCH: Control = 'by search';
export const TYPES: Control = 'by types';
export const GAMES: Control = 'by games';

/** The numbers that have a panel at the side. */
export const SIDE_RANGES: readonly ColumnName[] = [
  'bmi',
  'base_experience',
  'height_m',
  'weight_kg',
  'stat_total',
];

export function rangeControl(column: ColumnName): Control {
  return `by range of ${column}`;
}

/** The control that a filter is set in. */
export function filterControl(filter: Filter): Control {
  switch (filter.kind) {
    case 'range':
      return rangeControl(filter.column);
    case 'one-of':
      return filter.column === 'games' ? GAMES : `by ${filter.column}`;
    case 'types':
      return TYPES;
    case 'games':
    case 'game-sets':
      return GAMES;
    case 'type-pairs':
      return 'by type pairs';
    case 'lasso':
      return `by area of ${filter.x} and ${filter.y}${filter.log ? ', log' : ''}`;
    case 'search':
      return SEARCH;
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}

/** The control that a card is. */
export function cardControl(card: Card): Control {
  switch (card.kind) {
    case 'scatter':
      return `by area of ${card.x} and ${card.y}${card.log ? ', log' : ''}`;
    case 'histogram':
      return rangeControl(card.column);
    case 'types':
    case 'box':
      return TYPES;
    case 'type-pairs':
      return 'by type pairs';
    case 'games':
      return GAMES;
    case 'group':
      if (isNumberColumn(card.x)) return rangeControl(card.x);
      return card.x === 'games' ? GAMES : `by ${card.x}`;
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
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
    const name = taken.has(control) ? `${index + 1}: ${source}`.slice(0, 60) : control;
    taken.add(control);
    return { source: name, filter };
  });
}
