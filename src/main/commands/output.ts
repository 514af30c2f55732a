import { AppError, type ErrorCode } from '../../preload/contract/errors';
import { inertJson, printable, printableLines, toldText } from '../../preload/contract/printable';
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

/** Lines for a person, on standard output; nothing in them steers the terminal. */
export function printLine(text: string): void {
  process.stdout.write(`${printableLines(text)}\n`);
}

/** Beside the result, on standard error. */
export function printNote(text: string): void {
  process.stderr.write(`${toldText(text)}\n`);
}

/**
 * The one JSON document of `--json`. Values that JSON has no number for become strings: BIGINT beyond
 * the safe range, NaN, Infinity.
 */
export function printJson(value: unknown): void {
  process.stdout.write(`${inertJson(JSON.stringify(value, jsonValue, 2))}\n`);
}

/** One of many JSON documents, each on a line of its own. */
export function printJsonLine(value: unknown): void {
  process.stdout.write(`${inertJson(JSON.stringify(value, jsonValue))}\n`);
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
  } else {
    printNote(printable(error.message));
    if (error.hint !== undefined) printNote(printable(error.hint));
  }
  if (process.env['POKEDEX_DEBUG'] && error.cause !== undefined) {
    process.stderr.write(`${printableLines(describeCause(error.cause))}\n`);
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
