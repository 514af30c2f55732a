import type { CardOf } from '../../../preload/contract/cards';
import { isOrdered } from '../../state/column-words';
import { choiceControl, type Control, rangeControl } from '../../state/controls';

/** A range where x is measured along, else a choice of its values. */
export function groupControl({ x }: Pick<CardOf<'group'>, 'x'>): Control {
  return isOrdered(x) ? rangeControl(x) : choiceControl([x]);
}
