import type { GatherProgress } from '../../../preload/contract/reports';

/** Where a gather stood at a moment, epoch milliseconds. */
export interface Sample {
  at: number;
  done: number;
  bytes: number;
}

/** A rate is of the last so many milliseconds: long enough to be steady, short enough to be true. */
const WINDOW_MS = 10_000;
/** No rate is told from less than this. */
const SHORTEST_MS = 500;

export interface Estimate {
  bytesPerSecond: number | null;
  remainingMs: number | null;
}

/** Adds a sample and drops those too old to tell the rate; starts again where the count went back. */
export function withSample(samples: readonly Sample[], progress: GatherProgress, at: number) {
  const last = samples.at(-1);
  const kept = last !== undefined && progress.done < last.done ? [] : samples;
  const recent = kept.filter((sample, index) => {
    const next = kept[index + 1];
    // The youngest of the old ones stays: the window is measured from it.
    return sample.at >= at - WINDOW_MS || (next !== undefined && next.at > at - WINDOW_MS);
  });
  return [...recent, { at, done: progress.done, bytes: progress.bytes }];
}

/** Bytes a second and the time left at the pace of the samples; null where it cannot be told. */
export function estimate(samples: readonly Sample[], total: number | null): Estimate {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < SHORTEST_MS) {
    return { bytesPerSecond: null, remainingMs: null };
  }
  const elapsed = last.at - first.at;
  const perMs = (last.done - first.done) / elapsed;
  return {
    bytesPerSecond: ((last.bytes - first.bytes) / elapsed) * 1000,
    remainingMs: total === null || perMs <= 0 ? null : (total - last.done) / perMs,
  };
}
