import { availableParallelism, loadavg } from 'node:os';

/**
 * A limit in time for something that has to be prompt: `ms` where the machine has a core for every
 * process that wants to run, and in proportion more where processes share one, up to six times.
 */
export function whenBusy(ms: number): number {
  const waiting = (loadavg()[0] ?? 0) / availableParallelism();
  return ms * Math.min(6, Math.max(1, waiting));
}
