import type { QuestionOf } from '../../preload/contract/questions';
import type { NewView } from '../../preload/contract/view-format';
import { useDescribed } from './described';

const NO_TILES: NonNullable<NewView['tiles']> = [];
const questions = new WeakMap<object, QuestionOf<'summary'>>();

/** How many rows are selected, and the figures of the first view's tiles. */
export function summaryQuestion(): QuestionOf<'summary'> {
  return questionOver(useDescribed.getState().firstView?.tiles);
}

/** The same within a component: another one as soon as there are other tiles. */
export function useSummaryQuestion(): QuestionOf<'summary'> {
  return questionOver(useDescribed((state) => state.firstView?.tiles));
}

/** One object for the same tiles, as who asks expects it. */
function questionOver(tiles = NO_TILES): QuestionOf<'summary'> {
  const known = questions.get(tiles) ?? { kind: 'summary', of: tiles.map(figureOf) };
  questions.set(tiles, known);
  return known;
}

function figureOf({ column, as }: NonNullable<NewView['tiles']>[number]) {
  return { column, as };
}
