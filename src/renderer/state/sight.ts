import { useCallback } from 'react';
import { lookAgain } from './answers';
import { watchSight } from '../charts/watch-sight';

/**
 * Which filters' charts are out of sight, by the source of their selection: what nobody sees need
 * not follow a drag. One whose chart is not on the page at all, because its card shows a table or
 * nothing yet, counts as seen.
 */
const outOfSight = new Set<string>();

export function isInSight(source: string): boolean {
  return !outOfSight.has(source);
}

/** A ref for the chart of `source`, which is then looked at for as long as it is there. */
export function useSight(source: string): (chart: Element | null) => (() => void) | undefined {
  return useCallback(
    (chart) => {
      if (chart === null) return undefined;
      const stop = watchSight(chart, (isSeen) => {
        if (!isSeen) outOfSight.add(source);
        else if (outOfSight.delete(source)) lookAgain();
      });
      return () => {
        stop();
        outOfSight.delete(source);
      };
    },
    [source],
  );
}
