import { useMemo } from 'react';
import { highestOf } from '../../../preload/contract/extent';
import type { Part } from '../../row/row-parts';
import { useAsked } from '../../state/answers';
import { medianQuestion } from './profile-values';

/** How far a radar reaches beyond the highest median of the whole data. */
const BEYOND_MEDIAN = 1.5;

/**
 * What a radar's axes reach at least, whichever rows it draws, so that two of them can be compared;
 * 0 while it is not known.
 */
export function useRadarScale(part: Part): number {
  const question = useMemo(() => medianQuestion(part), [part]);
  const { value } = useAsked(question, 'none');
  const medians = value?.values.map((median) => median?.value ?? 0) ?? [];
  return highestOf(medians, 0) * BEYOND_MEDIAN;
}
