import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError, type ErrorCode } from '../../preload/contract/errors';
import { printableLines } from '../../preload/contract/printable';
import { APP_VERSION, DUCKDB_VERSION } from './app-info';

/** A larger file is renamed to the next number. */
const MOST_BYTES = 500_000;
/** The newest first: pokedex.log, pokedex.1.log, pokedex.2.log. */
const FILES = 3;
const LONGEST_LINE = 4_000;
const MOST_WAITING = 50;

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_WRONLY } = constants;
/** Windows lacks the last two. */
const APPEND = O_APPEND | O_CREAT | O_WRONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

/** Their sentences quote what a person wrote or what a row holds. */
const QUOTING: ReadonlySet<ErrorCode> = new Set([
  'bad-query',
  'query-refused',
  'bad-view',
  'bad-alert',
  'no-alert',
  'bad-document',
  'gather-incomplete',
  'no-such-game',
  'no-such-subject',
  'not-erased',
  'usage',
]);

/**
 * What went wrong, in files that a person can find: starts, stops, versions, and failures by code,
 * with the stack of the app's own. No row of the data and no query is ever in it. A log that
 * cannot be written stops nothing and is not reported: there is no place left to report it.
 */
export class LogFile {
  /** Lines from before there was a data folder to write them to. */
  private waiting: string[] = [];

  /** @param folder made in the data folder once that is there, only for this user */
  constructor(readonly folder: string) {}

  /** @param host what the app runs in, e.g. `electron 45.0.0` */
  started(host: string): void {
    const { platform, arch, versions, pid } = process;
    this.write(
      `started ${APP_VERSION} in ${host} (process ${pid}; Node ${versions.node}, DuckDB ${DUCKDB_VERSION}, ${platform} ${arch})`,
    );
  }

  stopped(): void {
    this.write(`stopped (process ${process.pid})`);
  }

  note(text: string): void {
    this.write(text);
  }

  failed(what: string, error: unknown): void {
    this.write(`${what} failed: ${describe(error)}`);
  }

  /** All that is kept, oldest first; empty where there is nothing. */
  read(): string {
    const texts: string[] = [];
    for (let number = FILES - 1; number >= 0; number -= 1) {
      try {
        texts.push(readFileSync(this.path(number), 'utf8'));
      } catch {
        // Not written yet, or not readable: the others are shown anyway.
      }
    }
    return texts.join('');
  }

  private write(text: string): void {
    this.waiting.push(
      `${new Date().toISOString()} ${printableLines(text.slice(0, LONGEST_LINE))}\n`,
    );
    this.flush();
  }

  /** Writes what could not be written before. */
  flush(): void {
    if (this.waiting.length === 0) return;
    try {
      this.makeFolder();
      if (this.append(this.waiting.join('')) > MOST_BYTES) this.rotate();
      this.waiting = [];
    } catch {
      // See above; a few lines are kept for when it can be.
      this.waiting = this.waiting.slice(-MOST_WAITING);
    }
  }

  private makeFolder(): void {
    try {
      mkdirSync(this.folder, { mode: 0o700 });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }

  /** The file's size after it. */
  private append(line: string): number {
    const file = openSync(this.path(0), APPEND, 0o600);
    try {
      const { size } = fstatSync(file);
      if (fstatSync(file).isFile()) writeSync(file, line);
      return size + line.length;
    } finally {
      closeSync(file);
    }
  }

  private rotate(): void {
    for (let number = FILES - 1; number > 0; number -= 1) {
      try {
        renameSync(this.path(number - 1), this.path(number));
      } catch {
        // At first there are not that many.
      }
    }
  }

  private path(number: number): string {
    return join(this.folder, number === 0 ? 'pokedex.log' : `pokedex.${number}.log`);
  }
}

function describe(error: unknown): string {
  if (error instanceof AppError) return describeTold(error);
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : '';
  return `${code}${reason(error)}${stackOf(error)}${causeOf(error)}`;
}

/** An error that a person was shown; its cause matters where the app itself is at fault. */
function describeTold(error: AppError): string {
  const message = QUOTING.has(error.code) ? '' : `: ${reason(error)}`;
  const own = error.code === 'internal' ? stackOf(error) : '';
  const cause = QUOTING.has(error.code) ? '' : causeOf(error);
  return `${error.code}${message}${own}${cause}`;
}

function causeOf({ cause }: Error): string {
  if (cause === undefined || cause === null) return '';
  if (typeof cause === 'string') return `\n  cause: ${stackLines(cause)}`;
  return `\n  cause: ${describe(cause)}`;
}

/** DuckDB's sentences quote values (“Could not convert string 'Pikachu'”): only their kind. */
function reason({ name, message }: Error): string {
  const duckdb = /^([A-Z][A-Za-z ]*) Error:/.exec(message);
  if (duckdb !== null) return `DuckDB ${duckdb[1]} Error`;
  return `${name}: ${message}`;
}

function stackOf({ stack }: Error): string {
  const lines = stackLines(stack ?? '');
  return lines === '' ? '' : `\n${lines}`;
}

/** Where it happened, without the message, which may run over several lines. */
function stackLines(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
