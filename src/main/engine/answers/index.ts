import type { QuestionKind } from '../../../preload/contract/questions';
import type { AnswerKind } from './answer-kind';
import { counts } from './counts';
import { density } from './density';
import { group } from './group';
import { histogram } from './histogram';
import { neighbours } from './neighbours';
import { pairs } from './pairs';
import { byId, rows } from './rows';
import { sets } from './sets';
import { spread } from './spread';
import { summary } from './summary';

/** How each kind of question is answered. */
export const ANSWER_KINDS: { readonly [K in QuestionKind]: AnswerKind<K> } = {
  summary,
  histogram,
  counts,
  pairs,
  sets,
  density,
  spread,
  group,
  rows,
  byId,
  neighbours,
};
