import type { DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { sourceKind } from '../../preload/contract/source-kinds';
import type { Settings } from '../../preload/contract/settings';
import type { SpriteEntry } from '../sprites/fetch-sprites';
import { cachedSprites } from '../sprites/sprite-cache';
import { Throttle } from './throttle';

const TELL_EVERY_MS = 2000;

/** Keeps the sprite cache up with the dataset, beside everything else and never in its way. */
export class SpriteKeeper {
  private abort: AbortController | null = null;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly paths: DataPaths,
    private readonly told: { changed(ids: number[]): void; failed(error: unknown): void },
  ) {}

  /** Fetches what an HTTP source's dataset lacks, if the person wants sprites. */
  start(settings: Settings): void {
    this.cancel();
    if (!settings.sprites || sourceKind(settings.source) !== 'url') return;
    const abort = new AbortController();
    this.abort = abort;
    this.ended = this.ended
      .then(() => this.fetch(settings, abort.signal))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) this.told.failed(error);
      });
  }

  cancel(): void {
    this.abort?.abort();
  }

  /** The Pokémon whose sprite is there. */
  cached(): Promise<number[]> {
    return cachedSprites(this.paths.sprites);
  }

  settled(): Promise<void> {
    return this.ended;
  }

  private async fetch(settings: Settings, signal: AbortSignal): Promise<void> {
    // Loaded when needed: it brings the HTTP client along.
    const { fetchSprites } = await import('../sprites/fetch-sprites');
    const sprites = await this.spritesOfDataset();
    const { source, concurrency } = settings;
    const tell = async () => this.told.changed(await this.cached());
    // A first fetch takes a while: pictures show as they come.
    const throttle = new Throttle<null>(TELL_EVERY_MS, () => void tell().catch(this.told.failed));
    try {
      await fetchSprites(
        sprites,
        { folder: this.paths.sprites, source, concurrency, onFetched: () => throttle.push(null) },
        signal,
      );
    } finally {
      throttle.stop();
      await tell();
    }
  }

  private async spritesOfDataset(): Promise<SpriteEntry[]> {
    const database = await Database.open({ memoryLimit: '128MB' });
    try {
      return await database.rows<SpriteEntry>(
        `SELECT id, sprite_front_default AS url FROM ${scanParquet([this.paths.parquet])} ORDER BY id`,
      );
    } finally {
      database.close();
    }
  }
}
