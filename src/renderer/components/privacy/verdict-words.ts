import type { RiskFigures } from '../../../preload/contract/risk';
import { labelWithin } from '../../state/column-words';
import { countedNoun, countedOf } from '../../words/noun';
import { formatShare } from '../../words/numbers';

type Noun = { readonly one: string; readonly many: string };

/** What the figures come to, in a sentence. */
export function verdictWords(figures: RiskFigures, noun: Noun): string {
  const { rows, columns, k, unique_rows } = figures;
  if (k === null) return `No ${noun.many} are shown.`;
  const facts = listWords(columns.map(labelWithin));
  if (unique_rows === rows && rows > 1) {
    return `Anyone who knows ${facts} recognises every one of the ${countedNoun(noun, rows)}.`;
  }
  if (unique_rows > 0) {
    return `Anyone who knows ${facts} recognises ${countedOf(noun, unique_rows, rows)} (${formatShare(unique_rows, rows)}).`;
  }
  return `By ${facts} nobody stands alone: each of the ${countedNoun(noun, rows)} has at least ${countedNoun(noun, k - 1)} like it.`;
}

/** `a, b and c`. */
export function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
