import { stat } from 'node:fs/promises';
import type { DatasetInfo } from '../../preload/contract/calls';
import type { DataPaths } from '../base/data-folder';
import { isMissing } from '../base/durable-file';
import { checkOf, readDatasetInfo } from './dataset-info';
import { LiveEngine, type StartEngine } from './live-engine';

/** The published dataset with the two engines that answer for it. */
export class Dataset {
  info: DatasetInfo | null = null;
  readonly charts: LiveEngine;
  /** Runs what a person writes; started at the first statement, so most never pay for it. */
  readonly console: LiveEngine;
  private loading: Promise<void> = Promise.resolve();
  private loadedFile = '';

  constructor(
    private readonly files: Pick<DataPaths, 'parquet' | 'lastCheck'>,
    engines: { charts: StartEngine; console: StartEngine },
    private readonly told: {
      changed(info: DatasetInfo): void;
      restarted(): void;
    },
  ) {
    this.charts = new LiveEngine(engines.charts, told.restarted);
    this.console = new LiveEngine(engines.console, told.restarted);
  }

  /** Takes up what is published, if it is another file than the one loaded. */
  load(): Promise<void> {
    const next = this.loading.then(() => this.loadPublished());
    this.loading = next.catch(() => {});
    return next;
  }

  async openConsole(): Promise<LiveEngine> {
    await this.loading;
    if (!this.console.loaded && this.info !== null) {
      const opened = this.loading.then(async () => {
        if (!this.console.loaded && this.info !== null) {
          await this.console.load(this.files.parquet, this.info);
        }
      });
      this.loading = opened.catch(() => {});
      await opened;
    }
    return this.console;
  }

  close(): void {
    this.charts.close();
    this.console.close();
  }

  private async loadPublished(): Promise<void> {
    const file = await fileIdentity(this.files.parquet);
    if (file !== null && file === this.loadedFile) return this.loadCheck();
    const published = await readDatasetInfo(this.files.parquet);
    if (published === null) return;
    const info = { ...published, checked: await checkOf(published, this.files.lastCheck) };
    await Promise.all([
      this.charts.load(this.files.parquet, info),
      this.console.loaded ? this.console.load(this.files.parquet, info) : null,
    ]);
    this.loadedFile = file ?? '';
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

/** Another for each file that was ever published at that place; null where there is none. */
async function fileIdentity(path: string): Promise<string | null> {
  try {
    const { ino, mtimeMs, size } = await stat(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
