import type { RefreshState } from '../../preload/contract/calls';
import { AppError } from '../../preload/contract/errors';
import type { Progress, RefreshReport } from '../../preload/contract/reports';
import type { CallHandlers } from './dispatcher';
import { Throttle } from './throttle';

const TELL_EVERY_MS = 100;

/** Brings the published data up to date; what it resolves to is `null` where nothing was asked of a source. */
export type RefreshWork = (context: {
  report(progress: Progress): void;
  signal: AbortSignal;
}) => Promise<RefreshReport | null>;

/** What a person may ask of a refresh. */
export interface GatherWishes {
  /** Fetches every document again. */
  force: boolean;
  /** Publishes also where some documents cannot be had. */
  allowMissing: boolean;
  /** Begun by the schedule: nothing is asked for that the source said stays fresh. */
  scheduled?: boolean;
}

/** The one refresh that may run, and how it stands. */
export class Refresher {
  state: RefreshState = { state: 'idle' };
  private abort: AbortController | null = null;
  private ended: Promise<RefreshState> = Promise.resolve(this.state);

  constructor(
    private readonly told: {
      changed(state: RefreshState): void;
      fraction(fraction: number | null): void;
      /** Called with what nobody expected to fail. */
      failed(error: unknown): void;
    },
  ) {}

  /** Begins and returns. Throws `locked` while one runs. */
  start(work: RefreshWork, scheduled = false): void {
    if (this.abort !== null) {
      throw new AppError('locked', 'A refresh is already running.', {
        hint: 'Wait until it has ended, or cancel it.',
      });
    }
    const abort = new AbortController();
    this.abort = abort;
    this.ended = this.run(work, scheduled, abort.signal);
  }

  /**
   * As `start`, begun by the schedule; resolves when it has ended. Rejects with how it failed. That
   * another process writes to the folder is no news to a page: the refresh comes a little later.
   */
  async runScheduled(work: RefreshWork): Promise<RefreshReport> {
    this.start(work, true);
    const ending = await this.ended;
    if (ending.state === 'done') return ending.report;
    if (ending.state !== 'failed') throw new AppError('internal', 'The refresh has no end.');
    throw AppError.fromShape(ending.error);
  }

  cancel(): void {
    this.abort?.abort();
  }

  /** Resolves when the running one has ended, however. */
  async settled(): Promise<void> {
    await this.ended;
  }

  private async run(
    work: RefreshWork,
    scheduled: boolean,
    signal: AbortSignal,
  ): Promise<RefreshState> {
    const started_at = new Date().toISOString();
    const running = (progress: Progress | null) => {
      this.told.fraction(fractionOf(progress));
      this.tell({ state: 'running', progress, started_at, scheduled });
    };
    const throttle = new Throttle<Progress>(TELL_EVERY_MS, running);
    // Before its first progress a scheduled one may yet find that it has to wait.
    if (!scheduled) running(null);
    const ending = await this.endOf(work, {
      signal,
      report: (progress) => throttle.push(progress),
    });
    throttle.stop();
    this.abort = null;
    this.told.fraction(null);
    if (!(scheduled && isLocked(ending))) this.tell(ending);
    return ending;
  }

  private async endOf(
    work: RefreshWork,
    context: Parameters<RefreshWork>[0],
  ): Promise<RefreshState> {
    try {
      const report = await work(context);
      return report === null ? { state: 'idle' } : { state: 'done', report };
    } catch (error) {
      if (error instanceof AppError && error.code !== 'internal') {
        return { state: 'failed', error: error.toShape() };
      }
      this.told.failed(error);
      return {
        state: 'failed',
        error: {
          code: 'internal',
          message: 'The refresh failed inside the app.',
          hint: 'Try again; the data published before is intact.',
        },
      };
    }
  }

  private tell(state: RefreshState): void {
    this.state = state;
    this.told.changed(state);
  }
}

export function refreshCalls(
  refresher: Refresher,
  work: (wishes: GatherWishes) => RefreshWork,
): Pick<CallHandlers, 'refresh.start' | 'refresh.cancel'> {
  return {
    'refresh.start': async ({ force, allow_missing: allowMissing }) => {
      refresher.start(work({ force, allowMissing }));
      return null;
    },
    'refresh.cancel': async () => {
      refresher.cancel();
      return null;
    },
  };
}

function isLocked(state: RefreshState): boolean {
  return state.state === 'failed' && state.error.code === 'locked';
}

/** Gathering takes nearly all of the time; processing is shown as full. */
function fractionOf(progress: Progress | null): number {
  if (progress === null) return 0;
  if (progress.phase === 'process') return 1;
  return progress.total === null || progress.total === 0 ? 0 : progress.done / progress.total;
}
