import { MANY_ROWS } from '../../preload/contract/questions';
import { useDescribed } from './described';

/**
 * Whether what is shown is so large that not everything can be asked at once: then its rows come
 * before its charts, charts a few at a time, and in a drag only the cards follow each step.
 */
export function isLarge(): boolean {
  return (useDescribed.getState().described?.rows ?? 0) > MANY_ROWS;
}
