import type { Message } from './message';
import { LONGEST_WAIT } from './retry-schedule';

/** When messages are due, by a clock that may have been set back since their times were written. */

/** What is dated further ahead was dated before the clock was set back. */
const CLOCK_LEEWAY_MS = 60_000;

export function isDue({ next, attempts }: Message, now: number): boolean {
  const last = attempts.at(-1);
  const isSetBack = last !== undefined && time(last.at) - now > CLOCK_LEEWAY_MS;
  return isSetBack || next === null || !isAhead(next, now);
}

/** False as well where it lies so far ahead that the clock was set back since. */
export function isAhead(until: string | null, now: number): boolean {
  const left = time(until) - now;
  return left > 0 && left <= LONGEST_WAIT * 1.2;
}

export function heldUntil(until: string | null, now: number): number {
  return isAhead(until, now) ? time(until) : now;
}

export function time(text: string | null): number {
  return text === null ? 0 : Date.parse(text);
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
