import type { ChartQuery, ChartRequest, ChartRow } from '../../preload/contract/chart-query';
import { AppError } from '../../preload/contract/errors';
import type { Filter } from '../../preload/contract/row-filters';
import { nextTask } from './next-task';
import { filtersFor, type Selection } from './selections';

export interface Answer {
  /** The last answer; null before the first one. Stays while a newer one is awaited. */
  rows: ChartRow[] | null;
  error: AppError | null;
}

/** One answer for the same rows: a store's snapshot must not change by being looked at. */
const answers = new WeakMap<ChartRow[], Answer>();

function answered(rows: ChartRow[]): Answer {
  const answer = answers.get(rows) ?? { rows, error: null };
  answers.set(rows, answer);
  return answer;
}

/** What is asked, and of which Pokémon. */
export interface Question {
  query: ChartQuery;
  /** Every selection but a card's own, every selection, or none: the ghost behind a card. */
  under: { allBut: string } | 'all' | 'none';
}

export type Ask = (request: ChartRequest) => Promise<ChartRow[]>;

interface Watched extends Question {
  /** What the answer answers: filters and version. */
  asked: string;
  answer: Answer;
  /** Each with whether what it draws is in sight. */
  listeners: Map<() => void, IsSeen>;
}

export type IsSeen = () => boolean;
const ALWAYS: IsSeen = () => true;

/** No selection has come for so long: a drag is over, or holds still. */
const AT_REST_MS = 150;

const UNANSWERED: Answer = { rows: null, error: null };

/**
 * The questions on the screen and their answers under the current selections. One round of
 * questions is under way at a time and all its answers are told together, so that all cards show
 * the same selection; while a round is under way only the newest selection waits. What is out of
 * sight is asked once the selections have come to rest.
 */
export class AnswerBoard {
  #selections: readonly Selection[] = [];
  #version: number | null = null;
  #turn = 0;
  #askedTurn = 0;
  #toldTurn = 0;
  #busy = false;
  #atRest = true;
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #ask: Ask;
  /** Answers of one version that were given before they were asked here. */
  readonly #primed = new Map<string, ChartRow[]>();
  #primedVersion: number | null = null;
  readonly #watched = new Map<string, Watched>();
  readonly #roundListeners = new Set<() => void>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Takes up what is selected now; returns its number, one higher each time. */
  show(selections: readonly Selection[], version: number | null): number {
    if (selections === this.#selections && version === this.#version) return this.#turn;
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

  /** What was asked of `version` elsewhere need not be asked again. */
  prime(requests: readonly ChartRequest[], answers: readonly ChartRow[][], version: number): void {
    this.#primedVersion = version;
    for (const [index, request] of requests.entries()) {
      this.#primed.set(JSON.stringify(request), answers[index] ?? []);
    }
  }

  /**
   * Keeps a question answered until the returned function is called; in a drag only while one of
   * its listeners `isSeen`.
   */
  watch(question: Question, listener: () => void, isSeen = ALWAYS): () => void {
    const key = keyOf(question);
    const known = this.#watched.get(key);
    const watched = known ?? { ...question, ...this.#first(question), listeners: new Map() };
    this.#watched.set(key, watched);
    watched.listeners.set(listener, isSeen);
    // What starts to be watched in the same turn of the event loop is asked together.
    queueMicrotask(() => void this.#run());
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0) this.#watched.delete(key);
    };
  }

  /** To be called when something has come into sight. */
  lookAgain(): void {
    void this.#run();
  }

  answerTo(question: Question): Answer {
    return (this.#watched.get(keyOf(question)) ?? this.#first(question)).answer;
  }

  retry(question: Question): void {
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
      const tell = await round;
      // The engine works on the newest selection while the screen draws this one.
      round = this.#start();
      await nextTask();
      tell();
      round ??= this.#start();
    }
    this.#busy = false;
  }

  /** Asks what is outdated, at once; resolves to what tells the answers. Null where nothing is. */
  #start(): Promise<() => void> | null {
    const turn = this.#turn;
    if (this.#version === null || this.#watched.size === 0) return null;
    const outdated = this.#outdated();
    if (outdated.length === 0 && turn === this.#askedTurn) return null;
    this.#askedTurn = turn;
    for (const { watched, wanted } of outdated) watched.asked = wanted;
    const answers = outdated.map(({ watched }) => this.#answer(watched));
    return Promise.all(answers).then((given) => () => {
      const changed = outdated.filter(({ watched }, index) => {
        const answer = given[index] ?? UNANSWERED;
        if (same(answer, watched.answer)) return false;
        watched.answer = { rows: answer.rows ?? watched.answer.rows, error: answer.error };
        return true;
      });
      this.#toldTurn = turn;
      for (const { watched } of changed)
        for (const listener of watched.listeners.keys()) listener();
      for (const listener of this.#roundListeners) listener();
    });
  }

  async #answer({ query, under }: Watched): Promise<Answer> {
    try {
      const filters = this.#filters(under);
      return { rows: await this.#ask({ query, filters }), error: null };
    } catch (cause) {
      const error =
        cause instanceof AppError
          ? cause
          : new AppError('internal', 'The chart could not be drawn.', { cause });
      return { rows: null, error };
    }
  }

  /** What is known of a question before it is asked. */
  #first({ query, under }: Question): Pick<Watched, 'asked' | 'answer'> {
    const filters = this.#filters(under);
    const request: ChartRequest = { query, filters };
    const rows = this.#primed.get(JSON.stringify(request));
    if (rows === undefined || this.#version !== this.#primedVersion) {
      return { asked: '', answer: UNANSWERED };
    }
    return { asked: wantedKey(filters, this.#version), answer: answered(rows) };
  }

  #filters(under: Question['under']): Filter[] {
    if (under === 'none') return [];
    return filtersFor(this.#selections, under === 'all' ? null : under.allBut);
  }

  #outdated(): { watched: Watched; wanted: string }[] {
    return [...this.#watched.values()].flatMap((watched) => {
      if (!this.#atRest && watched.asked !== '' && !isSeen(watched)) return [];
      const wanted = wantedKey(this.#filters(watched.under), this.#version);
      return wanted === watched.asked ? [] : [{ watched, wanted }];
    });
  }
}

function isSeen({ listeners }: Watched): boolean {
  return [...listeners.values()].some((seen) => seen());
}

function wantedKey(filters: readonly Filter[], version: number | null): string {
  return JSON.stringify({ filters, version });
}

function keyOf({ query, under }: Question): string {
  return JSON.stringify([under, query]);
}

/** An answer that did not change is not drawn again. */
function same(a: Answer, b: Answer): boolean {
  if (a.error !== null || b.error !== null || b.rows === null) return false;
  return a.rows === b.rows || textOf(a.rows) === textOf(b.rows);
}

/** Kept, for an answer is held against the one before and the one after. */
const texts = new WeakMap<ChartRow[], string>();

function textOf(rows: ChartRow[] | null): string {
  if (rows === null) return '';
  const text = texts.get(rows) ?? JSON.stringify(rows);
  texts.set(rows, text);
  return text;
}
