import type { Alerts as Told } from '../../preload/contract/alerts';
import type { ErrorShape } from '../../preload/contract/errors';
import { hostError } from '../base/host-error';
import type { Alerts, DesktopNote, RemovedAlert } from '../updates/alerts/alerts';
import { alertsSettled } from '../updates/alerts/evaluate-folder';
import { type Clock, SYSTEM_CLOCK } from '../updates/clock';

/** Other programs may publish too, and what is stale becomes so by waiting. */
const LOOK_EVERY_MS = 15_000;
/** A page shows so many of what fired; the ledger keeps some more. */
const MOST_TOLD = 100;

/** Holds the alerts while the app runs, and tells the pages and the desktop what they fire. */
export class AlertsKeeper {
  /** What was removed since the app started, for Undo. */
  readonly removed = new Map<string, RemovedAlert>();
  private readonly stop = new AbortController();
  private ended: Promise<void> = Promise.resolve();
  private looking: Promise<void> = Promise.resolve();
  private error: ErrorShape | null = null;
  private lastTold = '';

  constructor(
    readonly alerts: Alerts,
    private readonly told: {
      changed(alerts: Told): void;
      /** Something is in the outbox. */
      handedOver(): void;
      failed(error: unknown): void;
    },
    private readonly notify: ((note: DesktopNote) => void) | null,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {}

  start(): void {
    this.ended = this.run();
  }

  /** Evaluates now, as after a refresh. Resolves when that has ended, however. */
  look(): Promise<void> {
    this.looking = this.looking.then(() => this.lookOnce());
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    try {
      await this.alerts.evaluate();
      if (this.notify !== null) {
        for (const note of await this.alerts.takeDesktopNotes()) this.notify(note);
      }
      this.error = null;
    } catch (error) {
      this.told.failed(error);
      this.error = hostError(error, 'The data folder')?.toShape() ?? {
        code: 'internal',
        message: 'The alerts could not be held against the newest version.',
        hint: 'It is tried again; the data themselves are intact.',
      };
    }
    await this.tell().catch((error: unknown) => this.told.failed(error));
  }

  async now(): Promise<Told> {
    const firings = await this.alerts.firings();
    return {
      rules: await this.alerts.list(),
      firings: firings.slice(0, MOST_TOLD),
      unread: firings.filter(({ read }) => !read).length,
      desktop: this.notify !== null,
      error: this.error,
    };
  }

  /** What it is after a person has changed it; the other pages are told. */
  async tell(): Promise<Told> {
    const now = await this.now();
    const text = JSON.stringify(now);
    if (text !== this.lastTold) {
      this.lastTold = text;
      this.told.changed(now);
      this.told.handedOver();
    }
    return now;
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.ended;
    await this.looking;
    await alertsSettled();
  }

  private async run(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      await this.look();
      await this.clock.sleep(LOOK_EVERY_MS, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }
}
