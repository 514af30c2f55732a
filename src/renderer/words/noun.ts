import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { formatNumber } from './numbers';

type Noun = DatasetDescriptor['noun'];

/** `1 row`, `649 rows`. */
export function countedNoun(noun: Noun, count: number): string {
  return `${formatNumber(count, 0)} ${count === 1 ? noun.one : noun.many}`;
}

/** `25 of 649 rows`; `649 rows` where it is all of them. */
export function countedOf(noun: Noun, count: number, whole: number): string {
  if (count === whole) return countedNoun(noun, whole);
  return `${formatNumber(count, 0)} of ${countedNoun(noun, whole)}`;
}

/** A noun at the head of a sentence: `Rows`. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
