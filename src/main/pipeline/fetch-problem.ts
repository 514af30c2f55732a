import type { WebPage } from './web-page';

/** Why one request gave no usable body, and whether asking again could help. */
export class FetchProblem extends Error {
  constructor(
    /** One clause without a full stop, fit for a report: `answered 404`. */
    readonly reason: string,
    readonly kind: 'transient' | 'timeout' | 'permanent',
    readonly options: {
      /** The HTTP status, where it is the reason. */
      status?: number;
      /** A web page came in place of a document. */
      page?: WebPage;
      /** How long the source asked to be left alone. */
      retryAfterMs?: number;
      /** Nothing came back at all: the source may be gone as a whole. */
      unreachable?: boolean;
      /** What the person can do about it, as one sentence, where that is known. */
      hint?: string;
      cause?: unknown;
    } = {},
  ) {
    super(reason, { cause: options.cause });
    this.name = 'FetchProblem';
  }
}
