import type { AnswerTo, Question } from '../../preload/contract/questions';
import type { Filter } from '../../preload/contract/filters';

/** Asks one question of the contract under filters. */
export type AskQuestion = <Asked extends Question>(
  question: Asked,
  filters: Filter[],
) => Promise<AnswerTo<Asked>>;
