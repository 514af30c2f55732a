import { cardQuestion } from '../../preload/contract/card-questions';
import type { FirstAnswers } from '../../preload/contract/calls';
import { cardSchema } from '../../preload/contract/cards';
import type { Asked, Question } from '../../preload/contract/questions';
import type { NewView } from '../../preload/contract/view-format';
import type { Dataset } from './dataset';
import { answerAsked } from './explore-calls';
import type { PublishedColumns } from './published-columns';

/** A page is not kept waiting for longer than a person hardly notices. */
const MOST_MS = 300;

/**
 * What a page that starts asks first: its cards and tiles without a filter. Null where there are
 * no data, or where they do not answer at once: the page then asks each itself, and says what is
 * wrong.
 */
export async function firstAnswers(
  dataset: Dataset,
  published: PublishedColumns,
  cards: readonly unknown[],
  tiles: NonNullable<NewView['tiles']>,
): Promise<FirstAnswers | null> {
  if (dataset.info === null) return null;
  const asked = firstQuestions(cards, tiles);
  const answered = answerAsked(dataset, published, asked).then(
    (answers) => ({ asked, ...answers }),
    () => null,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), MOST_MS)));
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

/** A kept card that is none is passed over: the page says so. */
function firstQuestions(cards: readonly unknown[], tiles: NonNullable<NewView['tiles']>): Asked[] {
  const sound = cards.flatMap((card) => cardSchema.safeParse(card).data ?? []);
  const summary: Question = {
    kind: 'summary',
    of: tiles.map(({ column, as }) => ({ column, as })),
  };
  return [...sound.map((card) => cardQuestion(card)), summary].map((question) => ({
    question,
    filters: [],
  }));
}
