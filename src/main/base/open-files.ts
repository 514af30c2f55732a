import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { humanCount } from '../../preload/contract/counts';

/** What a command opens at once, with room to spare: its code, threads, engine and data. */
const NEEDED = 48;

/** Why the app cannot work here, and the next step. */
export interface TooFewFiles {
  code: 'too-few-files';
  message: string;
  hint: string;
}

/**
 * Null where the app can work here. Where too few files can be open, Node and DuckDB end the process
 * in the middle of their work, with messages of their own.
 */
export function tooFewOpenFiles(): TooFewFiles | null {
  const opened: number[] = [];
  try {
    while (opened.length < NEEDED) opened.push(openSync(devNull, 'r'));
    return null;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code !== 'EMFILE' && error.code !== 'ENFILE') return null;
    return {
      code: 'too-few-files',
      message: `The system allows too few open files: ${humanCount(opened.length)} more, and ${humanCount(NEEDED)} are needed.`,
      hint: 'Raise the limit, for example with ulimit -n 1024, and run it again.',
    };
  } finally {
    for (const file of opened) closeSync(file);
  }
}
