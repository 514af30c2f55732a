import type { Failure, Refusal } from '../../preload/contract/reports';
import type { FetchProblem } from './fetch-problem';
import type { HttpAnswer, Validators } from './http-client';

/** One line of the list: which document to ask for. */
export interface ListEntry {
  id: number;
  name: string;
  url: URL;
}

export interface Listing {
  entries: ListEntry[];
  /** Entries that cannot be asked for: another origin, no number. */
  refused: Failure[];
  /** Why entries were refused, where most of those point to one other origin. */
  elsewhere: Refusal | null;
  /** Bytes of list bodies as transferred. */
  bytes: number;
}

/** A source that answers nothing it is asked for. */
export interface SourceRefusal {
  /** What it did last. */
  problem: FetchProblem;
  /** Requests in a row that failed. */
  requests: number;
  /** For how long it wants to be left alone, in words, where that is the reason. */
  pause?: string;
}

export interface SourceHooks {
  onRetry(): void;
  /** The source asked to be left alone until then (epoch milliseconds); null when it is over. */
  onPause(until: number | null): void;
}

/** Where documents come from: a PokéAPI-compatible URL, or the snapshot in the app. */
export interface DocumentSource {
  /** The URL without its trailing slash, or `bundled`. */
  readonly label: string;
  /** When the facts are from; null means now. */
  readonly date: string | null;
  /** The API that a copy's facts come from; null where the source is that API. */
  readonly origin: string | null;
  /**
   * The whole list, pages followed to the end. Throws AppError where it cannot be had.
   * @param force asks unconditionally
   */
  list(force: boolean): Promise<Listing>;
  /**
   * One document, handed to `accept`, which may throw FetchProblem to have it asked for again.
   * Throws FetchProblem once retries are used up.
   */
  document<T>(
    entry: ListEntry,
    validators: Validators | null,
    accept: (answer: HttpAnswer) => Promise<T>,
  ): Promise<T>;
  /** A document that this run already got from it, before it was cut short. */
  hasServed(entry: ListEntry): void;
  /** Why nothing more was asked of it; null where there was no reason. */
  readonly refusal: SourceRefusal | null;
  close(): Promise<void>;
}
