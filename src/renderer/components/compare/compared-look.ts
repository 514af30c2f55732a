import type { RowId } from '../../../preload/contract/descriptor';
import type { RadarShape } from '../../charts/radar-option';

/** How a compared row is told from the others: colour, line and mark, never colour alone. */
export type Look = Pick<RadarShape, 'dash' | 'symbol'> & { light: string; dark: string };

/** Six that keep 3:1 against their ground (WCAG 2.2, 1.4.11), each with a line of its own. */
export const LOOKS: readonly Look[] = [
  { light: '#2f6fde', dark: '#6ea0ff', dash: [], symbol: 'circle' },
  { light: '#c2410c', dark: '#ff9a5c', dash: [10, 4], symbol: 'rect' },
  { light: '#15803d', dark: '#5fd38a', dash: [2, 3], symbol: 'triangle' },
  { light: '#a21caf', dark: '#e58bf0', dash: [12, 4, 2, 4], symbol: 'diamond' },
  { light: '#1f2937', dark: '#f3f4f6', dash: [5, 3], symbol: 'emptyCircle' },
  { light: '#854d0e', dark: '#e0b25c', dash: [10, 3, 2, 3, 2, 3], symbol: 'arrow' },
];

/**
 * A look's place for each id. One that had a place keeps it, so that taking out one row does not
 * repaint the others; a new one gets the first free place.
 */
export function assignLooks(
  ids: readonly RowId[],
  before: ReadonlyMap<RowId, number>,
): Map<RowId, number> {
  const kept = ids.flatMap((id) => {
    const place = before.get(id);
    return place === undefined ? [] : [[id, place] as const];
  });
  const places = new Map(kept);
  for (const id of ids) {
    if (places.has(id)) continue;
    const taken = new Set(places.values());
    const free = LOOKS.findIndex((_, place) => !taken.has(place));
    places.set(id, Math.max(0, free));
  }
  return places;
}
