import type { ErasedSubjects } from '../base/erased-subjects';
import { FetchProblem } from './fetch-problem';
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
  /** Never asked for, nor kept in the list. */
  erased: ErasedSubjects;
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
  const list = new ListPages(base, fetcher, options.listCache, options.erased);
  return {
    label: sourceLabel(base),
    date: null,
    origin: null,
    list: (force) => list.read(force),
    async document(entry, validators, check) {
      try {
        return await fetcher.document(entry.url, validators, check);
      } catch (error) {
        const other = otherSpelling(entry.url);
        if (!isMissing(error) || other === null || fetcher.refusal !== null) throw error;
        return await fetcher.document(other, validators, check).catch((again: unknown) => {
          // The reason to report is that of the listed URL.
          throw again instanceof FetchProblem ? error : again;
        });
      }
    },
    hasServed: (entry) => fetcher.hasServed(entry.url),
    get refusal() {
      return fetcher.refusal;
    },
    close: () => client.close(),
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof FetchProblem && [404, 410].includes(error.options.status ?? 0);
}

/** The URL's other spelling, with or without a slash at its end: some mirrors know only one. */
function otherSpelling(url: URL): URL | null {
  if (url.pathname === '/') return null;
  const other = new URL(url);
  other.pathname = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`;
  return other;
}
