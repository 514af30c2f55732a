import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import { isMissing } from '../base/durable-file';

/**
 * Lets what answers a person go before this thread, and before threads it starts from now on.
 * Only on Linux does a thread have a priority of its own; elsewhere it stays as it is.
 * Source: setpriority(2), “C library/kernel differences”; proc_thread-self(5).
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), BACKGROUND);
  } catch (error) {
    // Without /proc a thread cannot learn its own number.
    if (!isMissing(error)) throw error;
  }
}

const BACKGROUND = constants.priority.PRIORITY_BELOW_NORMAL;
