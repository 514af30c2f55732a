import { AppError, type ErrorCode } from '../../preload/contract/errors';
import { hostError } from '../base/host-error';

/** Exit codes are a contract: scripts branch on them. */
const EXIT_CODES: Partial<Record<ErrorCode, number>> = {
  usage: 2,
  'bad-source': 2,
  'no-such-game': 2,
  'gather-incomplete': 3,
  cancelled: 130,
};

export function exitCodeOf(error: AppError): number {
  return EXIT_CODES[error.code] ?? 1;
}

export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Text that cannot steer the terminal: names come from the source, not from us. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�');
}

/**
 * The one JSON document of `--json`. What JSON has no number for becomes a string: BIGINT beyond
 * the safe range, NaN, Infinity.
 */
export function printJson(value: unknown): void {
  printLine(JSON.stringify(value, jsonValue, 2));
}

function jsonValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Says what went wrong and what to do next; never a stack trace unless asked for. */
export function printError(error: AppError, json: boolean): void {
  if (json) {
    printJson({ error: error.toShape() });
    return;
  }
  process.stderr.write(`${printable(error.message)}\n`);
  if (error.hint !== undefined) process.stderr.write(`${printable(error.hint)}\n`);
  if (process.env['POKEDEX_DEBUG'] && error.cause !== undefined) {
    process.stderr.write(`${describeCause(error.cause)}\n`);
  }
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

export function asAppError(error: unknown): AppError {
  const known = hostError(error, 'The data folder');
  if (known !== null) return known;
  return new AppError('internal', 'Something in the app itself failed.', {
    hint: 'Run it again with POKEDEX_DEBUG=1 to see the details; the data published before is intact.',
    cause: error,
  });
}
