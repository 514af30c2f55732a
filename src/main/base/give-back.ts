import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LARGE_BYTES = 4_000_000;
/** By then it has usually been passed on. */
const AFTER_MS = 2_000;

let timer: NodeJS.Timeout | null = null;

/**
 * Gives memory back to the system, shortly after something large has passed through here. V8 does so
 * only when it needs room for something else, which in an idle process may be never.
 */
export function giveBackSoon(bytes: number): void {
  if (bytes < LARGE_BYTES) return;
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(collect, AFTER_MS).unref();
}

/** Takes about 10 ms: what the app keeps is small. */
function collect(): void {
  timer = null;
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  if (typeof gc === 'function') gc();
}
