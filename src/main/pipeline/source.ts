import type { Failure } from '../../preload/contract/reports';
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
  /** Bytes of list bodies as transferred. */
  bytes: number;
}

export interface SourceHooks {
  onRetry(): void;
  /** The source asked to be left alone until then (epoch milliseconds); null when it is over. */
  onPause(until: number | null): void;
  /** Whether somebody works with the app just now. */
  isInUse(): boolean;
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
  close(): Promise<void>;
}
