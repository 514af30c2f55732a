/** Why one request gave no usable body, and whether asking again could help. */
export class FetchProblem extends Error {
  constructor(
    /** One clause without a full stop, fit for a report: `answered 404 Not Found`. */
    readonly reason: string,
    readonly kind: 'transient' | 'timeout' | 'permanent',
    readonly options: {
      /** How long the source asked to be left alone. */
      retryAfterMs?: number;
      /** Nothing came back at all: the source may be gone as a whole. */
      unreachable?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(reason, { cause: options.cause });
    this.name = 'FetchProblem';
  }
}
