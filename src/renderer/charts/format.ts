import { gameLabel } from '../../preload/contract/games';
import { slugWords } from '../words/slug';

/** The words of before, until all who use them ask words/ and state/column-words themselves. */
export {
  binWords,
  columnTitle,
  exactPlace,
  formatMeasure,
  formatValue,
  labelWithin,
  measureTitle,
  nameIn,
  namesText,
  valueLabel,
} from '../state/column-words';
export { formatAge, formatDate } from '../words/dates';
export { exactNumber, formatNumber, formatShare, oneDecimal } from '../words/numbers';

/** A type, game or ability reads as a title: `solar-power` → `Solar Power`, `firered` → `FireRed`. */
export function titleCase(text: string): string {
  return gameLabel(text) ?? slugWords(text);
}
