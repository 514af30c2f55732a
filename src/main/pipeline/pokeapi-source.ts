import { DEFAULT_HTTP_LIMITS, HttpClient, type HttpLimits } from './http-client';
import { ListPages } from './list-pages';
import { PoliteFetcher } from './polite-fetcher';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy';
import type { DocumentSource, SourceHooks } from './source';
import { parseSourceUrl, sourceLabel } from './source-url';

export interface PokeapiOptions {
  url: string;
  concurrency: number;
  limits?: Partial<HttpLimits>;
  retryPolicy?: Partial<RetryPolicy>;
  listCache: string;
}

/** A PokéAPI-compatible HTTP source. */
export function pokeapiSource(
  options: PokeapiOptions,
  hooks: SourceHooks,
  signal: AbortSignal,
): DocumentSource {
  const base = parseSourceUrl(options.url);
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const client = new HttpClient(base.origin, options.concurrency, limits, signal);
  const policy = { ...DEFAULT_RETRY_POLICY, ...options.retryPolicy };
  const fetcher = new PoliteFetcher(client, policy, options.concurrency, hooks, signal);
  const list = new ListPages(base, fetcher, options.listCache);
  return {
    label: sourceLabel(base),
    date: null,
    origin: null,
    list: (force) => list.read(force),
    document: (entry, validators, check) => fetcher.get(entry.url, validators, check),
    close: () => client.close(),
  };
}
