import { z } from 'zod';
import { humanCount } from '../../preload/contract/counts';
import { AppError } from '../../preload/contract/errors';
import { highestOf } from '../../preload/contract/extent';
import { shortened } from '../../preload/contract/printable';
import type { Failure, Refusal } from '../../preload/contract/reports';
import { replaceFileContent } from '../base/durable-file';
import type { ErasedSubjects } from '../base/erased-subjects';
import { readRecord } from '../base/record-file';
import { FetchProblem } from './fetch-problem';
import { type HttpAnswer, originOf, shownOrigin, type Validators } from './http-client';
import type { PoliteFetcher } from './polite-fetcher';
import { elsewhereWords } from './refusal-words';
import type { Listing, ListEntry } from './source';

/** What a list says may be of any length. */
const LONGEST_NAME = 80;
const LONGEST_URL = 200;
const PAGE_SIZE = 500;
const MAX_PAGES = 2_000;
const MAX_ENTRIES = 200_000;
/** How many times to read a list again that changes while it is read. */
const MAX_WALKS = 4;

const pageSchema = z.object({
  count: z.int().nonnegative(),
  next: z.string().nullable(),
  results: z.array(z.object({ name: z.string(), url: z.string() })),
  /** Lines about erased subjects, which are left out at once. */
  erased: z.int().nonnegative().default(0),
});
type Page = z.infer<typeof pageSchema>;

const storedPageSchema = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  last_modified: z.string().nullable(),
  page: pageSchema,
});
type StoredPage = z.infer<typeof storedPageSchema>;

interface Walk extends Listing {
  /** Entries named, refused ones included, each once. */
  named: number;
  /** Lines of the list, duplicates included. */
  lines: number;
  counts: Set<number>;
  pages: Set<string>;
  looped: boolean;
}

/** What one reading has found so far. */
interface Found {
  entries: Map<number, ListEntry>;
  refused: Map<string, Failure>;
  /** Entries of other origins than the source's, by origin. */
  elsewhere: Map<string, URL[]>;
}

/**
 * Reads the paged list of a PokéAPI-compatible source. Pages are kept with their validators, so
 * that an unchanged list costs no body. Untrusted: page and entry URLs of another origin are
 * never followed, loops end, duplicates are merged.
 */
export class ListPages {
  private stored = new Map<string, StoredPage>();
  private bytes = 0;

  constructor(
    private readonly base: URL,
    private readonly fetcher: PoliteFetcher,
    private readonly cachePath: string,
    private readonly erased: ErasedSubjects,
  ) {}

  async read(force: boolean): Promise<Listing> {
    this.stored = force ? new Map() : await readStored(this.cachePath);
    let previous: Walk | null = null;
    for (let walk = 0; walk < MAX_WALKS; walk += 1) {
      const current = await this.walk();
      if (isSettled(current) || (previous !== null && isStable(previous, current))) {
        if (current.named === 0) {
          throw new AppError('list-invalid', `${this.base.href} lists no Pokémon.`, {
            hint: 'Check the source URL; what was published before is intact.',
          });
        }
        await this.store(current.pages);
        return { ...current, bytes: this.bytes };
      }
      previous = current;
    }
    throw unsettledError(this.base, previous);
  }

  private async walk(): Promise<Walk> {
    const found: Found = { entries: new Map(), refused: new Map(), elsewhere: new Map() };
    const { entries, refused } = found;
    const counts = new Set<number>();
    const visited = new Set<string>();
    let lines = 0;
    let erased = 0;
    let looped = false;
    let next: URL | null = new URL(`pokemon?limit=${PAGE_SIZE}&offset=0`, this.base);
    while (next !== null) {
      const url: URL = next;
      if (visited.has(url.href)) {
        looped = true;
        break;
      }
      visited.add(url.href);
      const page = await this.page(url);
      counts.add(page.count);
      lines += page.results.length + page.erased;
      erased += page.erased;
      for (const result of page.results) this.take(result, url, found);
      if (visited.size > MAX_PAGES || entries.size + refused.size > MAX_ENTRIES) {
        throw new AppError('list-invalid', `The list at ${this.base.href} does not end.`, {
          hint: 'Check the source URL; what was published before is intact.',
        });
      }
      next = page.next === null ? null : this.nextPage(page.next, url);
    }
    return {
      entries: [...entries.values()],
      refused: [...refused.values()],
      elsewhere: this.elsewhere(found),
      bytes: 0,
      named: entries.size + refused.size + erased,
      lines,
      counts,
      pages: visited,
      looped,
    };
  }

  private take(
    result: { name: string; url: string },
    page: URL,
    { entries, refused, elsewhere }: Found,
  ): void {
    const refuse = (reason: string) =>
      refused.set(result.url, { name: result.name, url: result.url, reason });
    if (!URL.canParse(result.url, page.href))
      return void refuse('its list entry has no usable URL');
    const url = new URL(result.url, page);
    const origin = originOf(url);
    if (origin !== this.base.origin) {
      const there = elsewhere.get(origin);
      if (there === undefined) elsewhere.set(origin, [url]);
      else there.push(url);
      return void refuse(`its list entry points to another origin, ${shownOrigin(url)}`);
    }
    const id = numberIn(url.pathname);
    if (id === null) return void refuse('its list entry has no number');
    const first = entries.get(id);
    if (first === undefined) entries.set(id, { id, name: result.name, url });
    else if (!isSameDocument(first.url, url)) {
      refuse(
        `its list entry has the number ${id}, as ${shortened(first.name, LONGEST_NAME)} has at ${shortened(first.url.href, LONGEST_URL)}`,
      );
    }
  }

  /** The other origin that most entries point to, where there is one. */
  private elsewhere({ entries, refused, elsewhere }: Found): Refusal | null {
    const [most] = [...elsewhere].sort(([, a], [, b]) => b.length - a.length);
    if (most === undefined) return null;
    const [first, urls] = most;
    const origin = shortened(first, LONGEST_URL);
    // …/pokemon/25/ is a document of the source …
    const itsBase = /^(https?:\/\/.*?)\/pokemon\/\d+\/?$/.exec(urls[0]?.href ?? '')?.[1] ?? '';
    const base = itsBase === '' ? null : shortened(itsBase, LONGEST_URL);
    const listed = entries.size + refused.size;
    return elsewhereWords({ origin, base, entries: urls.length }, this.base, listed);
  }

  private nextPage(text: string, from: URL): URL {
    const url = URL.canParse(text, from.href) ? new URL(text, from) : null;
    if (url === null || originOf(url) !== this.base.origin) {
      throw new AppError(
        'list-invalid',
        `The list at ${this.base.href} goes on at another origin${url === null ? '' : `, ${shownOrigin(url)}`}, which is never followed.`,
        {
          hint: 'Gather from that origin with --source if you trust it; what was published before is intact.',
        },
      );
    }
    return url;
  }

  private async page(url: URL): Promise<Page> {
    const known = this.stored.get(url.href);
    const validators: Validators | null = known
      ? { etag: known.etag, lastModified: known.last_modified }
      : null;
    try {
      return await this.fetcher.get(url, hasValidator(validators) ? validators : null, (answer) => {
        if (answer.kind === 'not-modified') {
          if (known === undefined) throw new FetchProblem('answered 304 unasked', 'permanent');
          return known.page;
        }
        this.bytes += answer.transferred;
        const page = this.withoutErased(parsePage(answer));
        this.stored.set(url.href, {
          url: url.href,
          etag: answer.validators.etag,
          last_modified: answer.validators.lastModified,
          page,
        });
        return page;
      });
    } catch (error) {
      if (!(error instanceof FetchProblem)) throw error;
      throw new AppError(
        'source-unreachable',
        `The list at ${shortened(url.href, LONGEST_URL)} could not be read: it ${error.reason}.`,
        {
          hint:
            error.options.hint ??
            'Check the source URL and the network, then run it again; what was published before is intact.',
          cause: error,
        },
      );
    }
  }

  private withoutErased(page: Page): Page {
    const results = page.results.filter(
      ({ name, url }) => !this.erased.isAbout({ id: numberIn(url), names: [name] }),
    );
    return { ...page, results, erased: page.results.length - results.length };
  }

  /** Keeps only the pages of this list: a source may name its pages differently each time. */
  private async store(urls: ReadonlySet<string>): Promise<void> {
    const kept = [...this.stored.values()].filter((page) => urls.has(page.url));
    await replaceFileContent(this.cachePath, JSON.stringify(kept));
  }
}

/** The number at the end of a document's URL; null where there is none. */
function numberIn(url: string): number | null {
  const id = Number(/\/(\d{1,9})\/?$/.exec(url)?.[1] ?? '0');
  return id === 0 ? null : id;
}

/** Whether two URLs name the same document, with or without a slash at the end. */
function isSameDocument(a: URL, b: URL): boolean {
  return a.href.replace(/\/$/, '') === b.href.replace(/\/$/, '');
}

function hasValidator(validators: Validators | null): boolean {
  return validators !== null && (validators.etag !== null || validators.lastModified !== null);
}

function isSettled(walk: Walk): boolean {
  return walk.counts.size === 1 && walk.counts.has(walk.named);
}

/**
 * Two readings that agree are the list, unless it has fewer lines than it says: taking a part for
 * the whole would delete the rest.
 */
function isStable(a: Walk, b: Walk): boolean {
  if (b.looped || b.lines < highestOf(b.counts, 0)) return false;
  const key = (walk: Walk) =>
    [
      ...walk.entries.map((entry) => entry.url.href),
      ...walk.refused.map((failure) => `${failure.name}\n${failure.reason}`),
    ]
      .sort()
      .join('\n');
  return key(a) === key(b);
}

function unsettledError(base: URL, last: Walk | null): AppError {
  const hint = 'Try again in a few minutes; what was published before is intact.';
  if (last?.looped) {
    return new AppError('list-invalid', `The list at ${base.href} goes round in a loop.`, { hint });
  }
  const counted = highestOf(last?.counts ?? [], 0);
  if (last !== null && last.counts.size === 1 && last.lines < counted) {
    return new AppError(
      'list-invalid',
      `The list at ${base.href} counts ${humanCount(counted)} Pokémon but names only ${humanCount(last.named)}.`,
      { hint },
    );
  }
  return new AppError('list-invalid', `The list at ${base.href} kept changing while read.`, {
    hint,
  });
}

function parsePage(answer: Extract<HttpAnswer, { kind: 'body' }>): Page {
  let json: unknown;
  try {
    json = JSON.parse(answer.body.toString('utf8'));
  } catch (cause) {
    throw new FetchProblem('sent something that is not JSON', 'transient', { cause });
  }
  const parsed = pageSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new FetchProblem(
      `is not a PokéAPI list (${issue?.path.join('.') || 'top level'}: ${issue?.message})`,
      'permanent',
      { cause: parsed.error },
    );
  }
  return parsed.data;
}

async function readStored(path: string): Promise<Map<string, StoredPage>> {
  // A lost page cache costs one unconditional request a page.
  const pages = (await readRecord(path, z.array(storedPageSchema))) ?? [];
  return new Map(pages.map((page) => [page.url, page]));
}
