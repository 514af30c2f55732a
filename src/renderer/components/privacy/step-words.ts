import type { GeneralStep } from '../../../preload/contract/risk';
import { stepWords } from '../../../preload/contract/risk-words';
import { formatValue } from '../../state/column-words';

/** What is done to a column, in its own unit: `rounded down to a multiple of 10 kg`. */
export function columnStepWords(column: string, step: GeneralStep): string {
  return stepWords(step, (value) => formatValue(column, value));
}
