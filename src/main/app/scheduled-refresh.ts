import type { ScheduleState } from '../../preload/contract/calls';
import type { ErrorShape } from '../../preload/contract/errors';
import { periodMs } from '../../preload/contract/period';
import { isIncomplete, type RefreshReport } from '../../preload/contract/reports';
import { hostError } from '../base/host-error';
import { incompleteGather } from '../pipeline/incomplete-gather';
import { type Clock, SYSTEM_CLOCK } from '../updates/clock';
import { RunLedger } from '../updates/run-ledger';
import { watch, type WatchEvent } from '../updates/watch';

/** How long to wait where the schedule itself could not go on. */
const BEGIN_AGAIN_MS = 60_000;

const NOTHING: ScheduleState = { next: null, failures: 0, error: null, missed: null };

/** Keeps refreshing while the app runs, as often as a person has set; not at all where that is `off`. */
export class ScheduledRefresh {
  state: ScheduleState = NOTHING;
  private every = 'off';
  private stop = new AbortController();
  private ended: Promise<void> = Promise.resolve();
  private closed = false;
  private readonly ledger: RunLedger;

  constructor(
    runs: string,
    /** Rejects with AppError, `locked` while another refresh runs. */
    private readonly refresh: () => Promise<RefreshReport>,
    private readonly told: {
      changed(state: ScheduleState): void;
      /** Called with what kept it from going on, such as a ledger that cannot be written. */
      failed(error: unknown): void;
    },
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    this.ledger = new RunLedger(runs);
  }

  /** Goes by another schedule from now on; a refresh that runs is not ended by that. */
  set(every: string): void {
    if (every === this.every || this.closed) return;
    this.every = every;
    this.stop.abort();
    const stop = (this.stop = new AbortController());
    const everyMs = periodMs(every);
    this.ended = this.ended.then(async () => {
      if (stop.signal.aborted) return;
      this.tell(NOTHING);
      if (everyMs !== null) await this.run(everyMs, stop.signal);
    });
  }

  /** Resolves once nothing of it runs any more. */
  async close(): Promise<void> {
    this.closed = true;
    this.stop.abort();
    await this.ended;
  }

  /** Until `signal` aborts; where it cannot go on, as on a full disk, it is begun again later. */
  private async run(everyMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await watch({
          everyMs,
          times: null,
          ledger: this.ledger,
          clock: this.clock,
          refresh: this.refresh,
          // In a settings file a person has written anything may stand; the next run reads it again.
          isHopeless: () => false,
          tell: (event) => this.take(event),
          signal,
        });
      } catch (error) {
        if (signal.aborted) return;
        this.told.failed(error);
        const known = hostError(error, 'The data folder');
        this.tell({
          ...this.state,
          next: new Date(this.clock.now() + BEGIN_AGAIN_MS).toISOString(),
          error: known?.toShape() ?? null,
        });
        await this.clock.sleep(BEGIN_AGAIN_MS, signal).catch(() => {});
      }
    }
  }

  private take(event: WatchEvent): void {
    const iso = (ms: number) => new Date(ms).toISOString();
    switch (event.event) {
      case 'waiting':
        return this.tell({ ...this.state, next: iso(event.next), failures: event.failures });
      // A folder's, of which a schedule knows nothing.
      case 'watching':
        return;
      case 'held':
        return this.tell({ ...this.state, next: iso(event.next) });
      case 'missed':
        return this.tell({ ...this.state, missed: { runs: event.runs, since: iso(event.since) } });
      case 'started':
        return this.tell({ ...this.state, next: null });
      // What comes next is told at once.
      case 'done':
        this.state = { ...this.state, error: problemOf(event.report) };
        return;
      case 'skipped':
        this.state = { ...this.state, error: null };
        return;
      case 'failed':
        this.state = { ...this.state, error: event.error.toShape() };
        return;
    }
  }

  private tell(state: ScheduleState): void {
    this.state = state;
    this.told.changed(state);
  }
}

function problemOf(report: RefreshReport): ErrorShape | null {
  if (!isIncomplete(report)) return null;
  const { code, message } = incompleteGather(report);
  return {
    code,
    message,
    hint: 'Nothing was published. What landed stays, only the rest is fetched.',
  };
}
