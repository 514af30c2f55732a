import { printable } from '../../preload/contract/printable';
import { systemCode } from '../base/host-error';

let outcome: string | null = null;

/** Notes in a sentence how the command ended, for when its result cannot be written. */
export function noteOutcome(sentence: string): void {
  outcome = sentence;
}

/**
 * Ends the command where standard output fails. A reader that has seen enough (`| head`) is not a
 * failure; anything else is reported on standard error, with what was done anyway.
 */
export function endAtOutputFailure(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`Standard output cannot be written: ${reason(error)}.\n`);
  process.stderr.write(`${printable(outcome ?? 'Send it elsewhere and run it again.')}\n`);
  process.exit(process.exitCode || 1);
}

function reason(error: NodeJS.ErrnoException): string {
  switch (systemCode(error)) {
    case 'ENOSPC':
      return 'the disk is full';
    case 'EDQUOT':
      return 'the disk quota is used up';
    case 'EFBIG':
      return 'the file would be larger than allowed';
    case 'EIO':
      return 'the disk or terminal reported an error';
    default:
      return error.message;
  }
}
