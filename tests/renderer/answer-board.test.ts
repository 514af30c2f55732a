import { expect, test } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import type { Question } from '../../src/preload/contract/questions';
import type { Filter } from '../../src/preload/contract/filters';
import { AnswerBoard, type Asking, type AskedUnder } from '../../src/renderer/state/answer-board';
import { nextTask } from '../../src/renderer/state/next-task';

const RED: Filter = { kind: 'one-of', columns: ['games'], values: ['red'], match: 'any' };
const SMALL: Filter = { kind: 'range', column: 'bmi', min: 0, max: 10 };
const TALL: Filter = { kind: 'range', column: 'height_m', min: 2 };

const SUMMARY: Question = { kind: 'summary', of: [] };
const COUNTS: Question = { kind: 'counts', columns: ['type_1', 'type_2'], most: 20 };
const TILES: AskedUnder = { asking: { question: SUMMARY }, under: 'all' };
const TYPES: AskedUnder = { asking: { question: COUNTS }, under: { allBut: 'types' } };
const GHOST: AskedUnder = { asking: { question: COUNTS }, under: 'none' };

/** An engine that answers when told to. */
class SlowEngine {
  readonly asked: { kind: string; filters: Filter[] }[] = [];
  private open: { resolve(value: unknown): void; reject(error: unknown): void }[] = [];

  readonly ask = (asking: Asking, filters: Filter[]): Promise<unknown> => {
    this.asked.push({ kind: 'question' in asking ? asking.question.kind : '', filters });
    return new Promise((resolve, reject) => this.open.push({ resolve, reject }));
  };

  /** Answers all that is open, each with the number of its filters. */
  async answer(): Promise<void> {
    const from = this.asked.length - this.open.length;
    for (const [index, { resolve }] of this.open.splice(0).entries()) {
      resolve([{ n: this.asked[from + index]?.filters.length ?? -1 }]);
    }
    await settled();
  }

  async fail(error: unknown): Promise<void> {
    for (const { reject } of this.open.splice(0)) reject(error);
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let task = 0; task < 3; task += 1) await nextTask();
}

function watching(engine: SlowEngine, ...questions: AskedUnder[]) {
  const board = new AnswerBoard(engine.ask);
  for (const question of questions) board.watch(question, () => {});
  return board;
}

test('in a drag what is out of sight waits until it rests, or comes into sight', async () => {
  const engine = new SlowEngine();
  const board = watching(engine, TILES);
  let inSight = false;
  board.watch(
    TYPES,
    () => {},
    () => inSight,
  );
  board.show([], 1);
  await settled();
  // At first everything is asked.
  expect(engine.asked.map(({ kind }) => kind)).toEqual(['summary', 'counts']);
  await engine.answer();
  const drag = async (max: number) => {
    engine.asked.length = 0;
    board.show([{ source: 'bmi', filter: { ...SMALL, max } }], 1);
    await engine.answer();
    return engine.asked.map(({ kind }) => kind);
  };
  expect(await drag(20)).toEqual(['summary']);
  expect(await drag(21)).toEqual(['summary']);
  expect(board.answerTo(TYPES).value).toEqual([{ n: 0 }]);
  // Scrolled to in the middle of a drag.
  inSight = true;
  board.lookAgain();
  await engine.answer();
  expect(board.answerTo(TYPES).value).toEqual([{ n: 1 }]);
  expect(await drag(22)).toEqual(['summary', 'counts']);
  inSight = false;
  expect(await drag(23)).toEqual(['summary']);
  await expect.poll(() => engine.asked.length).toBe(2);
  expect(engine.asked[1]?.kind).toBe('counts');
  await engine.answer();
  expect(board.answerTo(TYPES).value).toEqual([{ n: 1 }]);
});

test('a card is asked under every selection but its own, tiles under all, a ghost under none', async () => {
  const engine = new SlowEngine();
  const board = watching(engine, TILES, TYPES, GHOST);
  board.show(
    [
      { source: 'types', filter: RED },
      { source: 'bmi', filter: SMALL },
    ],
    1,
  );
  expect(engine.asked.map(({ filters }) => filters)).toEqual([[RED, SMALL], [SMALL], []]);
});

test('a fast drag never queues, shows whole selections on the way, and ends with its last one', async () => {
  const engine = new SlowEngine();
  const board = watching(engine, TILES, TYPES);
  const shown: unknown[] = [];
  board.onTold(() => shown.push([board.answerTo(TILES).value, board.answerTo(TYPES).value]));
  board.show([{ source: 'a', filter: RED }], 1);
  board.show([{ source: 'a', filter: SMALL }], 1);
  board.show(
    [
      { source: 'a', filter: RED },
      { source: 'b', filter: TALL },
    ],
    1,
  );
  expect(engine.asked).toHaveLength(2);
  await engine.answer();
  expect(engine.asked).toHaveLength(4);
  expect(shown).toEqual([[[{ n: 1 }], [{ n: 1 }]]]);
  await engine.answer();
  expect(shown[1]).toEqual([[{ n: 2 }], [{ n: 2 }]]);
  expect(board.toldTurn()).toBe(3);
  expect(engine.asked).toHaveLength(4);
});

test('nothing counts as shown before anything is watched', async () => {
  const engine = new SlowEngine();
  const board = new AnswerBoard(engine.ask);
  board.show([], 1);
  await settled();
  expect(board.toldTurn()).toBe(0);
  board.watch(TILES, () => {});
  await settled();
  await engine.answer();
  expect(board.toldTurn()).toBe(1);
});

test('a question that is let go and taken up at once keeps its answer, and is not asked again', async () => {
  const engine = new SlowEngine();
  const board = new AnswerBoard(engine.ask);
  const letGo = board.watch(TYPES, () => {});
  board.show([{ source: 'bmi', filter: SMALL }], 1);
  await settled();
  await engine.answer();
  letGo();
  const letGoAgain = board.watch({ ...TYPES, asking: { question: { ...COUNTS } } }, () => {});
  await settled();
  expect(board.answerTo(TYPES).value).toEqual([{ n: 1 }]);
  expect(engine.asked).toHaveLength(1);
  letGoAgain();
  await settled();
  expect(board.answerTo(TYPES).value).toBeUndefined();
});

test('an answer that did not change is the same object, so that nothing is drawn again', async () => {
  const engine = new SlowEngine();
  const board = watching(engine, TILES);
  board.show([{ source: 'a', filter: RED }], 1);
  await engine.answer();
  const before = board.answerTo(TILES);
  board.show([{ source: 'a', filter: SMALL }], 1);
  await engine.answer();
  expect(board.toldTurn()).toBe(2);
  expect(board.answerTo(TILES)).toBe(before);
});

test('a failure keeps the last answer in sight, and another try takes the failure away', async () => {
  const engine = new SlowEngine();
  const board = watching(engine, TILES);
  board.show([], 1);
  await engine.answer();
  board.show([{ source: 'a', filter: RED }], 1);
  const error = new AppError('engine-died', 'The engine died.');
  await engine.fail(error);
  expect(board.answerTo(TILES)).toEqual({ value: [{ n: 0 }], error });
  board.retry(TILES);
  await engine.answer();
  expect(board.answerTo(TILES)).toEqual({ value: [{ n: 1 }], error: null });
});

test('a new version of the data asks everything again, a question no longer watched is not', async () => {
  const engine = new SlowEngine();
  const board = watching(engine, TILES);
  const stop = board.watch(GHOST, () => {});
  board.show([], 1);
  await engine.answer();
  expect(engine.asked).toHaveLength(2);
  stop();
  board.show([], 2);
  await engine.answer();
  expect(engine.asked.slice(2)).toEqual([{ kind: 'summary', filters: [] }]);
});

test('another table is not asked what the one before was asked', async () => {
  const engine = new SlowEngine();
  const board = new AnswerBoard(engine.ask);
  const stop = board.watch(TYPES, () => {});
  board.show([], 1);
  await engine.answer();
  engine.asked.length = 0;
  board.show([], 'file-1');
  board.show([{ source: 'bmi', filter: SMALL }], 'file-1');
  // As the page renders: in the same task, before the next one.
  queueMicrotask(() => {
    stop();
    board.watch(TILES, () => {});
  });
  await settled();
  expect(engine.asked.map(({ kind }) => kind)).toEqual(['summary']);
});

test('of a large table the first questions are answered before the others are asked', async () => {
  const engine = new SlowEngine();
  const board = new AnswerBoard(engine.ask, () => 1);
  for (const question of [TILES, TYPES]) board.watch(question, () => {});
  board.show([], 'file-1');
  await settled();
  expect(engine.asked.map(({ kind }) => kind)).toEqual(['summary']);
  await engine.answer();
  expect(board.answerTo(TILES).value).toEqual([{ n: 0 }]);
  expect(engine.asked.map(({ kind }) => kind)).toEqual(['summary', 'counts']);
  await engine.answer();
  // What has an answer follows a selection together.
  board.show([{ source: 'bmi', filter: SMALL }], 'file-1');
  await settled();
  expect(engine.asked.slice(2).map(({ kind }) => kind)).toEqual(['summary', 'counts']);
});
