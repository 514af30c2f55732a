/**
 * Every error a person can meet: a stable code, one clear sentence, and the next step.
 * `cause` never crosses a process boundary.
 */
export const ERROR_CODES = [
  'usage',
  'bad-source',
  'source-unreachable',
  'list-invalid',
  'gather-incomplete',
  'no-data',
  'bad-document',
  'no-such-game',
  'table-damaged',
  'table-unsupported',
  'table-conflict',
  'version-not-kept',
  'version-replaced',
  'locked',
  'disk-full',
  'not-writable',
  'not-readable',
  'too-few-files',
  'bad-view',
  'bad-alert',
  'no-alert',
  'no-key',
  'no-such-subject',
  'not-erased',
  'bad-receipt',
  'k-not-reached',
  'protected',
  'wrong-passphrase',
  'wrong-key',
  'bad-query',
  'query-refused',
  'query-limit',
  'engine-died',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A place in a text of several lines: the line from 1, in it the column from 1 (UTF-16). */
export interface TextPlace {
  line: number;
  column: number;
}

/** The shape in which an error crosses threads, processes and the wire. */
export interface ErrorShape {
  code: ErrorCode;
  message: string;
  hint?: string;
  /** Where in the query it went wrong, where that is known. */
  at?: TextPlace;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  /** What the person can do next, as one sentence. */
  readonly hint: string | undefined;
  readonly at: TextPlace | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string | undefined; at?: TextPlace | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = options.hint;
    this.at = options.at;
  }

  toShape(): ErrorShape {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.at === undefined ? {} : { at: this.at }),
    };
  }

  static fromShape(shape: ErrorShape): AppError {
    return new AppError(shape.code, shape.message, { hint: shape.hint, at: shape.at });
  }
}

export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.', {
    hint: 'What had been done stays; run it again to go on.',
  });
}
