import type { DatasetInfo } from '../../preload/contract/calls';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import { fileIdentity, publishedScan, versionReplaced } from '../base/published-file';
import type { EngineClient } from '../engine/engine-client';
import type { NamedScan } from '../engine/engine-messages';
import { checkOf, readDatasetInfo } from './dataset-info';
import { LiveEngine, type StartEngine } from './live-engine';

/** How often to look for a version that another process published. */
const LOOK_EVERY_MS = 2_000;
/** How often to begin again with a file that is replaced while it is loaded. */
const MOST_TRIES = 5;

/** Asks an engine, which answers of the version `info` tells of. */
type Work<T> = (client: EngineClient, info: DatasetInfo) => Promise<T>;

/**
 * The published dataset with the two engines that answer for it. All answers are of one version,
 * `info`'s, until another one is loaded whole: then both engines and `info` change in one step.
 */
export class Dataset {
  info: DatasetInfo | null = null;
  private readonly charts: LiveEngine<DatasetInfo>;
  /** Runs what a person writes; started at the first statement, so most never pay for it. */
  private readonly console: LiveEngine<{ info: DatasetInfo; beside: string }>;
  private loading: Promise<void> = Promise.resolve();
  private loadedFile: string | null = null;
  /** The loaded file, in the state it was loaded in. */
  private scan: NamedScan | null = null;
  /** A file that could not be loaded: it is tried again when somebody asks for it by `load`. */
  private badFile: string | null = null;
  private noticing = false;
  private readonly timer = setInterval(() => this.notice(), LOOK_EVERY_MS).unref();

  constructor(
    private readonly files: Pick<DataPaths, 'parquet' | 'lastCheck'>,
    private readonly engines: {
      charts: StartEngine;
      console: StartEngine;
      /** The folder that the console's engine may write results to. */
      results(): Promise<string>;
      /** View `changes`, up to a version; null where nobody can tell it. */
      changes(version: number): Promise<NamedScan | null>;
    },
    /** What SQL sees beside it, and a word that is another for each set of that. */
    private readonly beside: {
      readonly scans: readonly NamedScan[];
      readonly state: string;
      /** Leaves out what has changed since it was read. */
      lookAtAll(): Promise<void>;
    },
    private readonly told: {
      changed(info: DatasetInfo): void;
      restarted(): void;
      failed(error: unknown): void;
    },
  ) {
    const events = { restarted: told.restarted, failed: () => this.notice() };
    this.charts = new LiveEngine(engines.charts, events);
    this.console = new LiveEngine(engines.console, events);
  }

  /** Takes up what is published, if it is another file than the one loaded. */
  load(): Promise<void> {
    return this.inTurn(() => this.loadPublished());
  }

  /**
   * Looks whether another process has published since, without making anybody wait: until that
   * version is loaded, the one before answers.
   */
  notice(): void {
    if (this.noticing || this.info === null) return;
    this.noticing = true;
    this.inTurn(async () => {
      const file = await fileIdentity(this.files.parquet);
      if (file === null || file === this.loadedFile || file === this.badFile) return;
      await this.loadPublished();
    })
      .catch((error: unknown) => this.told.failed(error))
      .finally(() => (this.noticing = false));
  }

  /** What the charts' engine answers. Throws `no-data` while nothing is loaded. */
  askCharts<T>(work: Work<T>): Promise<T> {
    this.notice();
    return this.ofNewest(() => this.charts.use(work));
  }

  /** What the console's engine answers, of the same version. */
  askConsole<T>(work: Work<T>): Promise<T> {
    this.notice();
    return this.ofNewest(async () => {
      if (this.console.info?.beside !== this.beside.state) {
        await this.inTurn(() => this.openConsole());
      }
      return this.console.use((client, { info }) => work(client, info));
    });
  }

  /** True while the published file is the loaded one, whose version `info` tells. */
  async isPublished(): Promise<boolean> {
    return this.loadedFile !== null && this.loadedFile === (await fileIdentity(this.files.parquet));
  }

  close(): void {
    clearInterval(this.timer);
    this.charts.close();
    this.console.close();
  }

  /** An engine that had to be started again finds another file than it had: that one is loaded first. */
  private async ofNewest<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!isReplaced(error)) throw error;
      await Promise.all([this.load(), this.beside.lookAtAll()]);
      return ask();
    }
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.loading.then(work);
    this.loading = next.catch(() => {});
    return next;
  }

  private async openConsole(): Promise<void> {
    const { info, scan } = this;
    const { state } = this.beside;
    if (this.console.info?.beside === state || info === null || scan === null) return;
    this.console.take(await this.prepareConsole(scan, info));
  }

  private async prepareConsole(scan: NamedScan, info: DatasetInfo) {
    const { scans, state } = this.beside;
    const changes = await this.engines.changes(info.version);
    const tables = [scan, ...(changes === null ? [] : [changes]), ...scans];
    const results = await this.engines.results();
    return this.console.prepare({ for: 'sql', tables, results }, { info, beside: state });
  }

  private async loadPublished(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const file = await fileIdentity(this.files.parquet);
      if (file !== null && file === this.loadedFile) return this.loadCheck();
      if (file === null) return;
      try {
        return await this.takeUp(file);
      } catch (error) {
        if (isReplaced(error) && attempt < MOST_TRIES) continue;
        this.badFile = file;
        throw error;
      }
    }
  }

  /** Throws `version-replaced` where another file takes its place meanwhile. */
  private async takeUp(file: string): Promise<void> {
    const { parquet, lastCheck } = this.files;
    const published = await readDatasetInfo(parquet);
    if (published === null) throw versionReplaced();
    const info = { ...published, checked: await checkOf(published, lastCheck) };
    const scan = await publishedScan(parquet);
    const slots = await Promise.allSettled([
      this.charts.prepare({ for: 'questions', table: scan, spill: null }, info),
      this.console.info === null ? null : this.prepareConsole(scan, info),
    ]);
    const [charts, console] = slots;
    // What info was read of is then the same file too.
    const isSame = (await fileIdentity(parquet)) === file;
    if (charts.status === 'rejected' || console.status === 'rejected' || !isSame) {
      for (const slot of slots) if (slot.status === 'fulfilled') slot.value?.client.close();
      throw slots.find((slot) => slot.status === 'rejected')?.reason ?? versionReplaced();
    }
    this.charts.take(charts.value);
    if (console.value !== null) this.console.take(console.value);
    this.loadedFile = file;
    this.scan = scan;
    this.badFile = null;
    this.info = info;
    this.told.changed(info);
  }

  /** The same file may have been found unchanged since. */
  private async loadCheck(): Promise<void> {
    if (this.info === null) return;
    const checked = await checkOf(this.info, this.files.lastCheck);
    if (checked?.gathered_at === this.info.checked?.gathered_at) return;
    this.info = { ...this.info, checked };
    this.told.changed(this.info);
  }
}

function isReplaced(error: unknown): boolean {
  return error instanceof AppError && error.code === 'version-replaced';
}
