import type { Clock } from '../../src/main/updates/clock';

/** Time that only passes where it is waited for; a test may set it as a person sets a clock. */
export class TestClock implements Clock {
  private readonly set = new Map<number, number>();
  private waits = 0;
  /** Longest single wait; a timer of Node's takes 2^31 ms at most. */
  longest = 0;

  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  /** At the `at`th wait from now on the clock jumps by `by`, as where it is set or the computer slept. */
  jump(at: number, by: number): this {
    this.set.set(this.waits + at, by);
    return this;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.waits += 1;
    this.longest = Math.max(this.longest, ms);
    this.time += ms + (this.set.get(this.waits) ?? 0);
  }
}
