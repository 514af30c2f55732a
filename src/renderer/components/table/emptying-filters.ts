import type { Selection } from '../../state/selections';
import { filtersFor } from '../../state/selections';
import type { Ask } from './row-windows';

/** A selection without which something would be seen, and how much. */
export interface Emptying {
  selection: Selection;
  rows: number;
}

/**
 * Which selections, each left out alone, would let rows back in: the most rows first. None where
 * it takes more than one of them to leave.
 */
export async function emptyingSelections(
  selections: readonly Selection[],
  ask: Ask,
): Promise<Emptying[]> {
  const counted = await Promise.all(
    selections.map(async (selection) => {
      const filters = filtersFor(selections, selection.source);
      const [row] = await ask({ query: { kind: 'summary' }, filters });
      return { selection, rows: Number(row?.['n'] ?? 0) };
    }),
  );
  return counted.filter(({ rows }) => rows > 0).sort((a, b) => b.rows - a.rows);
}
