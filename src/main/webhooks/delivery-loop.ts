import { type Clock, SYSTEM_CLOCK } from '../updates/clock';
import type { Outbox } from './outbox';

/** Another process may queue messages too, and the clock may be set. */
const LOOK_EVERY_MS = 10_000;
const LEAST_WAIT_MS = 500;
/** How long to wait where the folder itself cannot be used. */
const BEGIN_AGAIN_MS = 60_000;

/** Delivers messages as they become due, beside everything else, until it is closed. */
export class DeliveryLoop {
  private readonly stop = new AbortController();
  private wake: () => void = () => {};
  private running: Promise<void> | null = null;

  constructor(
    private readonly outbox: Outbox,
    /** Called with what kept it from going on, such as a full disk. */
    private readonly failed: (error: unknown) => void,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Looks at once, as after a message was queued or replayed. */
  look(): void {
    this.wake();
  }

  /** Resolves once nothing of it runs any more; what was under way is tried again at the next start. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stop.signal.aborted) {
      const looked = new Promise<void>((wake) => (this.wake = wake));
      const wait = await this.round();
      const ended = new AbortController();
      const signal = AbortSignal.any([this.stop.signal, ended.signal]);
      const slept = this.clock.sleep(wait, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      await Promise.race([slept, looked]);
      ended.abort();
    }
  }

  /** Resolves to how long to wait for the next one. */
  private async round(): Promise<number> {
    try {
      await this.outbox.deliverDue(this.stop.signal);
      const next = await this.outbox.nextDue();
      const wait = next === null ? LOOK_EVERY_MS : next - this.clock.now();
      return Math.min(Math.max(wait, LEAST_WAIT_MS), LOOK_EVERY_MS);
    } catch (error) {
      this.failed(error);
      return BEGIN_AGAIN_MS;
    }
  }
}
