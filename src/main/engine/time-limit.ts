import { cancelled } from '../../preload/contract/errors';
import { queryError, tookTooLong } from './query-errors';

/** DuckDB forgets an interrupt that comes just before a statement starts, so it is repeated. */
const INTERRUPT_EVERY_MS = 50;

type Stop = 'cancelled' | 'too-long';

/** Ends what runs in a DuckDB: after its time, or when its asker no longer wants it. */
export class TimeLimit {
  private stop: Stop | null = null;

  constructor(private readonly interruptAll: () => void) {}

  get isStopped(): boolean {
    return this.stop !== null;
  }

  /** For work of several statements, between them. */
  throwIfStopped(): void {
    if (this.stop !== null) throw new Error(this.stop);
  }

  /** Rejects with `query-limit` after the time, with `cancelled` after `interrupt`. */
  async during<T>(timeLimitMs: number, work: () => Promise<T>): Promise<T> {
    this.stop = null;
    const deadline = setTimeout(() => this.end('too-long'), timeLimitMs);
    const repeated = setInterval(() => {
      if (this.stop !== null) this.interruptAll();
    }, INTERRUPT_EVERY_MS);
    try {
      return await work();
    } catch (error) {
      const stop: Stop | null = this.stop;
      if (stop === 'too-long') throw tookTooLong(timeLimitMs, error);
      if (stop === 'cancelled') throw cancelled();
      throw queryError(error);
    } finally {
      clearTimeout(deadline);
      clearInterval(repeated);
    }
  }

  interrupt(): void {
    this.end('cancelled');
  }

  private end(stop: Stop): void {
    this.stop ??= stop;
    this.interruptAll();
  }
}
