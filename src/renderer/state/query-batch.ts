import type { DatasetKey } from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import type { AnswerTo, Question } from '../../preload/contract/questions';
import type { Filter } from '../../preload/contract/filters';
import { call } from '../bridge';
import type { Asking } from './answer-board';
import { noteVersion } from './app-store';
import { askedKey } from './described';
import { isLarge } from './large-table';
import { nextTask } from './next-task';

/** The engine answers so many questions in one call. */
const MOST_IN_ONE = 60;

interface Waiting {
  asking: Asking;
  /** Of which data; undefined for the published ones. */
  dataset: DatasetKey | undefined;
  filters: Filter[];
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

let waiting: Waiting[] = [];
let underWay = false;

/**
 * Asks one question of the engine. Questions asked in the same turn travel as one call, so that
 * a brush that touches every card costs one round trip; so do those asked while a call is under
 * way, which would only queue at the engine.
 */
export function askAny(asking: Asking, filters: Filter[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0 && !underWay) queueMicrotask(() => void flush());
    waiting.push({ asking, dataset: askedKey(), filters, resolve, reject });
  });
}

/** Asks one question of the contract. */
export function askOne<Asked extends Question>(
  question: Asked,
  filters: Filter[],
): Promise<AnswerTo<Asked>> {
  return askAny({ question }, filters) as Promise<AnswerTo<Asked>>;
}

async function flush(): Promise<void> {
  underWay = true;
  while (waiting.length > 0) {
    const batch = waiting.slice(0, MOST_IN_ONE);
    waiting = waiting.slice(MOST_IN_ONE);
    await Promise.all([...callsOf(batch).values()].map((each) => send(each)));
    // What the answers lead to is asked together too.
    await nextTask();
  }
  underWay = false;
}

/** One call asks questions of one dataset; a large one's rows do not wait for its charts. */
function callsOf(batch: readonly Waiting[]): Map<string, Waiting[]> {
  const calls = new Map<string, Waiting[]>();
  const isApart = isLarge() && batch.some(({ asking }) => asking.question.kind === 'rows');
  for (const each of batch) {
    const call = `${isApart && isQuick(each) ? 'quick ' : ''}${each.dataset ?? 'published'}`;
    calls.set(call, [...(calls.get(call) ?? []), each]);
  }
  return calls;
}

/** What the table asks: some rows, and how many there are. */
function isQuick({ asking: { question } }: Waiting): boolean {
  return question.kind === 'rows' || (question.kind === 'summary' && question.of.length === 0);
}

/** A question that several ask is sent once. */
async function send(batch: readonly Waiting[]): Promise<void> {
  if (batch.length === 0) return;
  const asked = new Map(batch.map((each) => [keyOf(each), each]));
  try {
    const { values, version } = await answersTo([...asked.values()]);
    noteVersion(version);
    const answers = new Map([...asked.keys()].map((key, index) => [key, values[index]]));
    for (const each of batch) each.resolve(answers.get(keyOf(each)));
  } catch (error) {
    if (batch.length > 1 && isOneQuestionsFault(error)) {
      // Only that card says what is wrong; the others live on.
      await Promise.all(batch.map((waiting) => send([waiting])));
    } else for (const { reject } of batch) reject(error);
  }
}

async function answersTo(
  batch: readonly Waiting[],
): Promise<{ version: number; values: readonly unknown[] }> {
  const dataset = batch[0]?.dataset;
  const { version, answers } = await call('explore.ask', {
    asked: batch.map(({ asking, filters }) => ({ ...asking, filters })),
    ...(dataset === undefined ? {} : { dataset }),
  });
  return { version, values: answers };
}

function keyOf({ asking, dataset, filters }: Waiting): string {
  return JSON.stringify([asking, dataset, filters]);
}

function isOneQuestionsFault(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'usage' || error.code === 'bad-view');
}
