import { tmpdir } from 'node:os';
import { CALL_SCHEMAS, type CallName } from '../../preload/contract/calls';
import { REDACTED } from '../../preload/contract/dataset';
import { AppError } from '../../preload/contract/errors';
import {
  PROTECTION_CALLS,
  type ProtectionState,
  type RecoveryCode,
} from '../../preload/contract/protection';
import type { RefreshReport } from '../../preload/contract/reports';
import { dataPaths } from '../base/data-folder';
import { isProtected } from '../base/protected-folder';
import { noteAccess } from '../privacy/access-log';
import { LiveFolder, requireMemory } from '../privacy/protection/live-folder';
import { readProtection } from '../privacy/protection/protection-file';
import {
  completeSwitch,
  dataKeyOf,
  protectOff,
  protectOn,
} from '../privacy/protection/switch-protection';
import {
  type App,
  type AppHandlers,
  type AppOptions,
  type AppServices,
  createApp,
} from './app-service';
import type { CallHandlers } from './dispatcher';

const LOOK_EVERY_MS = 2_000;

export interface ProtectedApp extends Omit<App, 'handlers'> {
  handlers: CallHandlers;
  /** The data folder that is shown now: the person's, or a protected one's in memory. */
  readonly data: string;
}

/**
 * The app over a data folder that may be protected. Locked it is the same app over the folder as it lies
 * on the disk, where only a redacted copy is; unlocked, over the folder in memory. Whenever that changes
 * it is another app altogether, so that nothing of one is left in the other, and pages begin again.
 */
export async function createProtectedApp(
  options: AppOptions,
  services: AppServices,
): Promise<ProtectedApp> {
  const protectedApp = new Switching(options, services);
  await protectedApp.open();
  return protectedApp;
}

class Switching implements ProtectedApp {
  readonly handlers: CallHandlers;
  private readonly paths;
  private app: App | null = null;
  private live: LiveFolder | null = null;
  /** Kept after locking, so that refreshes go on. */
  private dataKey: Uint8Array | null = null;
  private state: ProtectionState['state'] = 'off';
  private lockAfter: number | null = null;
  private lastUse = Date.now();
  private turn: Promise<unknown> = Promise.resolve();
  private looking = false;
  private readonly timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  private readonly usualTemporary = tmpdir();

  constructor(
    private readonly options: AppOptions,
    private readonly services: AppServices,
  ) {
    this.paths = dataPaths(options.data);
    this.handlers = this.makeHandlers();
  }

  get data(): string {
    return this.live?.data ?? this.options.data;
  }

  async open(): Promise<void> {
    await completeSwitch(this.paths);
    await this.show();
  }

  start(): Promise<void> {
    return this.current().start();
  }

  openPaths(paths: readonly string[]) {
    return this.current().openPaths(paths);
  }

  openAsked(paths: readonly string[]) {
    return this.current().openAsked(paths);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.turn.catch(() => {});
    await this.leave();
  }

  private makeHandlers(): CallHandlers {
    const own: Pick<CallHandlers, keyof typeof PROTECTION_CALLS> = {
      'protection.state': () => this.tell(),
      'protection.on': ({ passphrase }) => this.switchOn(passphrase),
      'protection.off': ({ secret }) => this.switchOff(secret),
      'protection.unlock': ({ secret }) => this.unlock(secret),
      'protection.lock': async () => {
        await this.lock();
        return null;
      },
    };
    const names = Object.keys(CALL_SCHEMAS) as CallName[];
    const others = names.filter((name): name is keyof AppHandlers => !(name in PROTECTION_CALLS));
    const handed = others.map((name) => [
      name,
      async (request: never, gone: AbortSignal) => {
        // What is asked during a switch is answered by what comes after it.
        await this.turn.catch(() => {});
        this.lastUse = Date.now();
        return this.current().handlers[name](request, gone);
      },
    ]);
    return { ...(Object.fromEntries(handed) as AppHandlers), ...own };
  }

  private current(): App {
    if (this.app !== null) return this.app;
    throw new AppError('locked', 'The data are just being locked or unlocked.', {
      hint: 'Try again in a moment.',
    });
  }

  private async tell(): Promise<ProtectionState> {
    await this.turn.catch(() => {});
    const obstacle = await requireMemory().then(
      () => null,
      (error: unknown) =>
        error instanceof AppError ? `${error.message} ${error.hint}` : 'unknown',
    );
    return { state: this.state, lock_after: this.lockAfter, obstacle };
  }

  private switchOn(passphrase: string): Promise<RecoveryCode> {
    return this.changing(async () => {
      const code = await protectOn(this.paths, passphrase, 'app');
      await this.enter(await dataKeyOf(this.paths, passphrase));
      return { code };
    });
  }

  private async switchOff(secret: string): Promise<null> {
    // A wrong one changes nothing, not even what is shown.
    await dataKeyOf(this.paths, secret);
    return this.changing(async () => {
      await protectOff(this.paths, secret, 'app');
      this.dataKey = null;
      return null;
    });
  }

  private async unlock(secret: string): Promise<null> {
    const dataKey = await dataKeyOf(this.paths, secret);
    if (this.state === 'unlocked') return null;
    return this.changing(async () => {
      await noteAccess(this.paths, { what: 'unlock', how: 'app' });
      await this.enter(dataKey);
      return null;
    });
  }

  private async lock(): Promise<void> {
    if (this.state === 'unlocked') await this.changing(async () => {});
  }

  /** Ends the app, does `work` on the folder that nobody uses, and begins with what is there then. */
  private changing<Result>(work: () => Promise<Result>): Promise<Result> {
    const change = this.turn
      .catch(() => {})
      .then(async () => {
        await this.leave();
        try {
          return await work();
        } finally {
          await this.show();
          // A page that begins again finds the data there.
          await this.begin();
          this.options.host.emit('protection.changed', null);
        }
      });
    this.turn = change;
    return change;
  }

  private async begin(): Promise<void> {
    await this.current()
      .start()
      .catch((error: unknown) => this.options.logError('start', error));
  }

  private async enter(dataKey: Uint8Array): Promise<void> {
    this.live = await LiveFolder.enter(this.paths, dataKey);
    this.live.keepSealed((error) => this.options.logError('sealing', error));
    this.dataKey = dataKey;
    // Temporary files hold rows too; the engines' processes take this over.
    process.env['TMPDIR'] = await this.live.temporary();
  }

  private async leave(): Promise<void> {
    const { app, live } = this;
    this.app = null;
    await app?.close();
    this.live = null;
    process.env['TMPDIR'] = this.usualTemporary;
    await live?.leave();
  }

  private async show(): Promise<void> {
    const protection = await readProtection(this.paths);
    this.lockAfter = protection?.lock_after ?? null;
    this.state = protection === null ? 'off' : this.live === null ? 'locked' : 'unlocked';
    this.lastUse = Date.now();
    this.app = await createApp({ ...this.options, data: this.data }, this.inPlace());
  }

  /** Refreshes are sealed; while the app is locked they run where no page sees them. */
  private inPlace(): AppServices {
    return {
      ...this.services,
      // What was begun in data that are locked by now is finished once they are unlocked.
      completeErasing: async (data) =>
        this.state === 'locked' ? null : this.services.completeErasing(data),
      runErase: async (data, asked) => {
        const report = await this.services.runErase(data, asked);
        await this.live?.seal();
        return report;
      },
      runRefresh: async (gather, process, context, background) => {
        const { live, dataKey, state } = this;
        const run = (data: string) =>
          this.services.runRefresh({ ...gather, data }, { ...process, data }, context, background);
        if (live !== null) {
          const report = await run(live.data);
          await live.seal();
          return report;
        }
        if (state === 'off' || dataKey === null) return run(gather.data);
        const hidden = await LiveFolder.enter(this.paths, dataKey);
        try {
          return withoutNames(await run(hidden.data));
        } finally {
          await hidden.leave();
        }
      },
    };
  }

  /** Locks after a while without use, and follows what other programs switch. */
  private look(): void {
    if (this.looking || this.app === null) return;
    this.looking = true;
    this.lookNow()
      .catch((error: unknown) => this.options.logError('protection', error))
      .finally(() => (this.looking = false));
  }

  private async lookNow(): Promise<void> {
    const now = Date.now();
    const isOn = await isProtected(this.paths);
    if (isOn === (this.state === 'off')) {
      await this.changing(async () => {});
    } else if (this.live !== null && now - this.lastUse > (this.lockAfter ?? 0) * 60_000) {
      await this.lock();
    }
  }
}

/** Which documents failed is for those who may see names. */
function withoutNames(report: RefreshReport): RefreshReport {
  const reason = 'Unlock to see which document, and why.';
  return {
    ...report,
    failed: report.failed.map(() => ({ name: REDACTED, reason })),
    missing: report.missing.map(({ used }) => ({ name: REDACTED, reason, used })),
  };
}
