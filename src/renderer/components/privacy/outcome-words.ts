import type { Generalisation } from '../../../preload/contract/risk';
import { countedNoun } from '../../words/noun';
import { formatShare } from '../../words/numbers';

type Noun = { readonly one: string; readonly many: string };

/** What is reached by generalising, and what it costs. */
export function outcomeWords(
  { wanted, k, rows, suppressed, loss, before }: Generalisation,
  noun: Noun,
): string {
  if (k === null) return `Nothing is left: no ${wanted} ${noun.many} can be made alike.`;
  const left =
    suppressed === 0
      ? `No ${noun.one} is left out`
      : `${countedNoun(noun, suppressed)} (${formatShare(suppressed, before.rows)}) ${suppressed === 1 ? 'is' : 'are'} left out`;
  return `The smallest group has ${countedNoun(noun, k)}. ${left}, ${rows === 1 ? 'one stays' : `${countedNoun(noun, rows)} stay`}, and ${formatShare(loss, 1)} of the detail is lost.`;
}
