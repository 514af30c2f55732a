import pLimit from 'p-limit';
import { FetchProblem } from '../pipeline/fetch-problem';
import { DEFAULT_HTTP_LIMITS, HttpClient, originOf } from '../pipeline/http-client';
import { isSpritePng } from './png';
import { SpriteCache } from './sprite-cache';

/** Where PokéAPI keeps its pictures; besides the source itself the only place that is asked. */
const PICTURES_ORIGIN = 'https://raw.githubusercontent.com';

const MAX_BYTES = 512 * 1024;
const MAX_CONCURRENCY = 8;
/** After this many failures in a row an origin is left alone until the next refresh. */
const GIVE_UP_AFTER = 10;

export interface SpriteEntry {
  id: number;
  url: string | null;
}

export interface SpriteOptions {
  folder: string;
  /** The HTTP source's base URL. */
  source: string;
  concurrency: number;
  /** Called as each one has come. */
  onFetched?(): void;
}

export interface SpriteReport {
  fetched: number;
  /** There already, from the same URL. */
  kept: number;
  /** Not available: refused, missing, or not a sprite. */
  failed: number;
}

/**
 * Fetches the sprites that the cache lacks. No failure of a source fails it; it rejects only
 * where the folder cannot be written. `signal` ends it early; what came stays.
 */
export async function fetchSprites(
  sprites: readonly SpriteEntry[],
  options: SpriteOptions,
  signal: AbortSignal,
): Promise<SpriteReport> {
  const cache = new SpriteCache(options.folder);
  await cache.open();
  await cache.keepOnly(new Set(sprites.map(({ id }) => id)));
  const origins = new SpriteOrigins(options, signal);
  const limit = pLimit(Math.min(options.concurrency, MAX_CONCURRENCY));
  const report: SpriteReport = { fetched: 0, kept: 0, failed: 0 };
  try {
    await Promise.all(
      sprites.map(({ id, url }) =>
        limit(async () => {
          if (signal.aborted || url === null) return;
          if (cache.has(id, url)) {
            report.kept += 1;
            return;
          }
          const png = await origins.png(url);
          if (png === null) {
            report.failed += 1;
            return;
          }
          await cache.put(id, url, png);
          report.fetched += 1;
          options.onFetched?.();
        }),
      ),
    );
  } finally {
    await origins.close();
    await cache.save();
  }
  return report;
}

/** The origins that may be asked, each with its connections. */
class SpriteOrigins {
  private readonly clients: ReadonlyMap<string, { client: HttpClient; failures: number }>;

  constructor(
    { source, concurrency }: SpriteOptions,
    private readonly signal: AbortSignal,
  ) {
    const connections = Math.min(concurrency, MAX_CONCURRENCY);
    const limits = { ...DEFAULT_HTTP_LIMITS, bodyBytes: MAX_BYTES, totalMs: 15_000 };
    this.clients = new Map(
      [originOf(new URL(source)), PICTURES_ORIGIN].map((origin) => [
        origin,
        { client: new HttpClient(origin, connections, limits, signal), failures: 0 },
      ]),
    );
  }

  /** Null where the URL may not be asked or does not give a sprite. */
  async png(text: string): Promise<Buffer | null> {
    const url = URL.canParse(text) ? new URL(text) : null;
    const origin = url === null ? undefined : this.clients.get(originOf(url));
    if (url === null || origin === undefined || origin.failures >= GIVE_UP_AFTER) return null;
    try {
      const answer = await origin.client.get(url, null);
      origin.failures = 0;
      if (answer.kind !== 'body') return null;
      const body = answer.body;
      answer.release();
      return isSpritePng(body) ? body : null;
    } catch (error) {
      if (this.signal.aborted) return null;
      if (!(error instanceof FetchProblem)) throw error;
      // A picture that is missing says nothing about the next one.
      if (error.kind !== 'permanent') origin.failures += 1;
      return null;
    }
  }

  async close(): Promise<void> {
    for (const { client } of this.clients.values()) await client.close();
  }
}
