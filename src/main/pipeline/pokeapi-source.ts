import { AppError } from '../../preload/contract/errors';
import { DEFAULT_HTTP_LIMITS, HttpClient, type HttpLimits } from './http-client';
import { ListPages } from './list-pages';
import { PoliteFetcher } from './polite-fetcher';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy';
import type { DocumentSource, SourceHooks } from './source';

export interface PokeapiOptions {
  url: string;
  concurrency: number;
  limits?: Partial<HttpLimits>;
  retryPolicy?: Partial<RetryPolicy>;
  listCache: string;
}

/** The base URL of a source, with its trailing slash. Throws `bad-source`. */
export function parseSourceUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new AppError('bad-source', `“${text}” is not a source.`, {
      hint: 'Give an http or https URL such as https://pokeapi.co/api/v2, or the word bundled.',
    });
  }
  url.hash = '';
  url.search = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** A PokéAPI-compatible HTTP source. */
export function pokeapiSource(
  options: PokeapiOptions,
  hooks: SourceHooks,
  signal: AbortSignal,
): DocumentSource {
  const base = parseSourceUrl(options.url);
  const client = new HttpClient(base.origin, options.concurrency, {
    ...DEFAULT_HTTP_LIMITS,
    ...options.limits,
  });
  const policy = { ...DEFAULT_RETRY_POLICY, ...options.retryPolicy };
  const fetcher = new PoliteFetcher(client, policy, options.concurrency, hooks, signal);
  const list = new ListPages(base, fetcher, options.listCache);
  return {
    label: options.url,
    date: null,
    list: (force) => list.read(force),
    document: (entry, validators, check) => fetcher.get(entry.url, validators, check),
    close: () => client.close(),
  };
}
