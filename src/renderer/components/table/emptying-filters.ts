import type { AskQuestion } from '../../state/ask-question';
import type { Selection } from '../../state/selections';
import { filtersFor } from '../../state/selections';

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
  ask: AskQuestion,
): Promise<Emptying[]> {
  const counted = await Promise.all(
    selections.map(async (selection) => {
      const filters = filtersFor(selections, selection.source);
      const { n } = await ask({ kind: 'summary', of: [] }, filters);
      return { selection, rows: n };
    }),
  );
  return counted.filter(({ rows }) => rows > 0).sort((a, b) => b.rows - a.rows);
}
