import type { DatasetKey } from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import type { FirstAnswers } from '../../preload/contract/calls';
import type { AnswerTo, Question, Side } from '../../preload/contract/questions';
import type { Filter } from '../../preload/contract/filters';
import { nextTask } from './next-task';
import { filtersFor, type Selection } from './selections';

export interface Answer<Value = unknown> {
  /** The last answer; undefined before the first one. Stays while a newer one is awaited. */
  value: Value | undefined;
  error: AppError | null;
}

/** What can be asked: a question of the contract, and of which of two versions. */
export interface Asking {
  question: Question;
  side?: Exclude<Side, 'now'>;
}

/** A question, and of which rows it is asked. */
export interface AskedUnder {
  asking: Asking;
  /** Every selection but a card's own, every selection, or none: the ghost behind a card. */
  under: { allBut: string } | 'all' | 'none';
}

export type Ask = (asking: Asking, filters: Filter[]) => Promise<unknown>;

/** One answer for the same value: a store's snapshot must not change by being looked at. */
const answers = new WeakMap<object, Answer>();

function answered(value: object): Answer {
  const answer = answers.get(value) ?? { value, error: null };
  answers.set(value, answer);
  return answer;
}

interface Watched extends AskedUnder {
  /** What the answer answers: filters and version. */
  asked: string;
  answer: Answer;
  /** Each with whether what it draws is in sight. */
  listeners: Map<() => void, IsSeen>;
}

type Version = number | DatasetKey | null;

type Arrive = (version: Version) => Promise<void> | null;

/** Answers of one version that may be told. */
interface Round {
  version: Version;
  tell(): void;
}

export type IsSeen = () => boolean;
const ALWAYS: IsSeen = () => true;

/** No selection has come for so long: a drag is over, or holds still. */
const AT_REST_MS = 150;

const UNANSWERED: Answer = { value: undefined, error: null };

/**
 * The questions on the screen and their answers under the current selections. One round of
 * questions is under way at a time and all its answers are told together, so that all cards show
 * the same selection; while a round is under way only the newest selection waits. What is out of
 * sight is asked once the selections have come to rest.
 */
export class AnswerBoard {
  #selections: readonly Selection[] = [];
  /** What is asked: a version of the published data, or an opened table. */
  #version: number | DatasetKey | null = null;
  #turn = 0;
  #askedTurn = 0;
  #toldTurn = 0;
  #busy = false;
  #atRest = true;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** True from another table's first moment until its own questions are the ones watched. */
  #settling = false;
  readonly #ask: Ask;
  readonly #mostNew: () => number;
  readonly #arrive: Arrive;
  /** What came with the page, and its answers by their questions. */
  #given: FirstAnswers | null = null;
  #known: ReadonlyMap<string, AnswerTo<Question> | undefined> = new Map();
  readonly #watched = new Map<string, Watched>();
  readonly #roundListeners = new Set<() => void>();

  /**
   * @param mostNew so many questions that have no answer yet are asked in one round
   * @param arrive when the answers of a version may be told; null for at once
   */
  constructor(ask: Ask, mostNew = () => Infinity, arrive: Arrive = () => null) {
    this.#ask = ask;
    this.#mostNew = mostNew;
    this.#arrive = arrive;
  }

  /** Whether anything is asked here. */
  get isWatched(): boolean {
    return this.#watched.size > 0;
  }

  /** Takes up what is selected now; returns its number, one higher each time. */
  show(selections: readonly Selection[], version: number | DatasetKey | null): number {
    if (selections === this.#selections && version === this.#version) return this.#turn;
    if (isAnotherTable(version, this.#version)) this.#settle();
    this.#selections = selections;
    this.#version = version;
    this.#turn += 1;
    this.#atRest = false;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#atRest = true;
      void this.#run();
    }, AT_REST_MS);
    void this.#run();
    return this.#turn;
  }

  /** What is watched is of the table before, and goes with the page's next rendering. */
  #settle(): void {
    this.#settling = true;
    void nextTask().then(() => {
      this.#settling = false;
      void this.#run();
    });
  }

  /** What came with the page need not be asked. */
  know(given: FirstAnswers): void {
    if (given === this.#given) return;
    this.#given = given;
    this.#known = new Map(
      given.asked.map((asked, index) => [JSON.stringify(asked), given.answers[index]]),
    );
  }

  /**
   * Keeps a question answered until the returned function is called; in a drag only while one of
   * its listeners `isSeen`.
   */
  watch(question: AskedUnder, listener: () => void, isSeen = ALWAYS): () => void {
    const key = keyOf(question);
    const known = this.#watched.get(key);
    const watched = known ?? { ...question, ...this.#first(question), listeners: new Map() };
    this.#watched.set(key, watched);
    watched.listeners.set(listener, isSeen);
    // What starts to be watched in the same turn of the event loop is asked together.
    queueMicrotask(() => void this.#run());
    return () => {
      watched.listeners.delete(listener);
      // A card that is drawn again in another shape lets its questions go and takes them up at once.
      queueMicrotask(() => {
        if (watched.listeners.size > 0 || this.#watched.get(key) !== watched) return;
        this.#watched.delete(key);
      });
    };
  }

  /** To be called when something has come into sight. */
  lookAgain(): void {
    void this.#run();
  }

  answerTo(question: AskedUnder): Answer {
    return (this.#watched.get(keyOf(question)) ?? this.#first(question)).answer;
  }

  retry(question: AskedUnder): void {
    const watched = this.#watched.get(keyOf(question));
    if (watched !== undefined) watched.asked = '';
    void this.#run();
  }

  /** Asks again whatever was answered by an error. */
  retryFailed(): void {
    for (const watched of this.#watched.values()) {
      if (watched.answer.error !== null) watched.asked = '';
    }
    void this.#run();
  }

  /** Number of the selection whose answers were told last. */
  readonly toldTurn = (): number => this.#toldTurn;

  readonly onTold = (listener: () => void): (() => void) => {
    this.#roundListeners.add(listener);
    return () => this.#roundListeners.delete(listener);
  };

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let round = this.#start(); round !== null;) {
      const { version, tell } = await round;
      // The engine works on the newest selection while the screen draws this one.
      round = this.#start();
      await nextTask();
      const moment = this.#arrive(version);
      if (moment !== null) await moment;
      tell();
      round ??= this.#start();
    }
    this.#busy = false;
  }

  /** Asks what is outdated, at once; resolves to what tells the answers. Null where nothing is. */
  #start(): Promise<Round> | null {
    const turn = this.#turn;
    const version = this.#version;
    if (this.#version === null || this.#watched.size === 0 || this.#settling) return null;
    const outdated = this.#outdated();
    if (outdated.length === 0 && turn === this.#askedTurn) return null;
    this.#askedTurn = turn;
    for (const { watched, wanted } of outdated) watched.asked = wanted;
    const answers = outdated.map(({ watched }) => this.#answer(watched));
    const tell = (given: Answer[]) => {
      const changed = outdated.filter(({ watched }, index) => {
        const answer = given[index] ?? UNANSWERED;
        if (same(answer, watched.answer)) return false;
        watched.answer = {
          value: answer.error === null ? answer.value : watched.answer.value,
          error: answer.error,
        };
        return true;
      });
      this.#toldTurn = turn;
      for (const { watched } of changed)
        for (const listener of watched.listeners.keys()) listener();
      for (const listener of this.#roundListeners) listener();
    };
    return Promise.all(answers).then((given) => ({ version, tell: () => tell(given) }));
  }

  async #answer({ asking, under }: Watched): Promise<Answer> {
    try {
      const filters = this.#filters(under);
      return { value: await this.#ask(asking, filters), error: null };
    } catch (cause) {
      const error =
        cause instanceof AppError
          ? cause
          : new AppError('internal', 'The chart could not be drawn.', { cause });
      return { value: undefined, error };
    }
  }

  /** What is known of a question before it is asked. */
  #first({ asking, under }: AskedUnder): Pick<Watched, 'asked' | 'answer'> {
    const filters = this.#filters(under);
    const value = this.#known.get(JSON.stringify({ question: asking.question, filters }));
    if (value === undefined || value === null || this.#version !== this.#given?.version) {
      return { asked: '', answer: UNANSWERED };
    }
    return { asked: wantedKey(filters, this.#version), answer: answered(value) };
  }

  #filters(under: AskedUnder['under']): Filter[] {
    if (under === 'none') return [];
    return filtersFor(this.#selections, under === 'all' ? null : under.allBut);
  }

  #outdated(): { watched: Watched; wanted: string }[] {
    let mostNew = this.#mostNew();
    return [...this.#watched.values()].flatMap((watched) => {
      if (!this.#atRest && watched.asked !== '' && !isSeen(watched)) return [];
      const wanted = wantedKey(this.#filters(watched.under), this.#version);
      if (wanted === watched.asked) return [];
      if (watched.answer.value === undefined) {
        if (mostNew <= 0) return [];
        mostNew -= 1;
      }
      return [{ watched, wanted }];
    });
  }
}

/** Versions of the published data are one table. */
function isAnotherTable(now: number | DatasetKey | null, before: number | DatasetKey | null) {
  if (now === null || before === null || now === before) return false;
  return typeof now === 'string' || typeof before === 'string';
}

function isSeen({ listeners }: Watched): boolean {
  return [...listeners.values()].some((seen) => seen());
}

function wantedKey(filters: readonly Filter[], version: number | DatasetKey | null): string {
  return JSON.stringify({ filters, version });
}

function keyOf({ asking, under }: AskedUnder): string {
  return JSON.stringify([under, asking]);
}

/** An answer that did not change is not drawn again. */
function same(a: Answer, b: Answer): boolean {
  if (a.error !== null || b.error !== null || b.value === undefined) return false;
  return a.value === b.value || textOf(a.value) === textOf(b.value);
}

/** Kept, for an answer is held against the one before and the one after. */
const texts = new WeakMap<object, string>();

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const text = texts.get(value) ?? JSON.stringify(value);
  texts.set(value, text);
  return text;
}
