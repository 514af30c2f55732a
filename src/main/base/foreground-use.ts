/** Null for work as fast as it goes; where somebody works with the app meanwhile, their use of it. */
export type Background = SharedArrayBuffer | null;

/** Whoever drags goes on after a shorter rest than this, in milliseconds. */
const RECENT_MS = 1_000;

/**
 * When somebody last asked something of the app. Threads share it through `memory`, so that work
 * in the background can make way for a person without being told each time.
 */
export class ForegroundUse {
  private readonly last: BigInt64Array;

  constructor(readonly memory = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)) {
    this.last = new BigInt64Array(memory);
  }

  note(): void {
    Atomics.store(this.last, 0, now());
  }

  /** Whether somebody is at it now. */
  get isRecent(): boolean {
    const last = Atomics.load(this.last, 0);
    return last !== 0n && now() - last < RECENT_MS;
  }
}

/** Milliseconds of a clock that all threads of the process share and nobody can set. */
function now(): bigint {
  return process.hrtime.bigint() / 1_000_000n;
}
