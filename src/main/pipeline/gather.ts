import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { cancelled } from '../../preload/contract/errors';
import type {
  Failure,
  GatherProgress,
  GatherReport,
  Missing,
} from '../../preload/contract/reports';
import { dataPaths } from '../base/data-folder';
import { ErasedSubjects } from '../base/erased-subjects';
import { hostError } from '../base/host-error';
import { checkDocument } from './check-document';
import { FetchProblem } from './fetch-problem';
import { type GatherRun, readGatherRun, writeGatherRun } from './gather-run';
import type { HttpAnswer, HttpLimits, Validators } from './http-client';
import {
  type ManifestEntry,
  ManifestJournal,
  readManifest,
  writeManifest,
} from './landing-manifest';
import { type LandedFile, LandingStore } from './landing-store';
import { pokeapiSource } from './pokeapi-source';
import { refusalWords } from './refusal-words';
import type { RetryPolicy } from './retry-policy';
import { sha256 } from './sha256';
import { snapshotSource } from './snapshot-source';
import type { DocumentSource, ListEntry, Listing, SourceHooks } from './source';

export interface GatherOptions {
  /** The data folder. */
  data: string;
  /** A PokéAPI-compatible base URL, or `bundled`. */
  source: string;
  /** Requests in flight at most. */
  concurrency: number;
  /** Ignores validators and what an earlier run left: every document is transferred. */
  force: boolean;
  /**
   * Takes the gather for complete where some documents cannot be had: with the copies that landed
   * before, or without them. Not where the source refuses everything.
   */
  allowMissing: boolean;
  /** Folder of the bundled snapshot. */
  snapshot: string;
  /**
   * Nobody asked for it but a schedule: a document is not asked for while it is younger than the
   * source said it stays fresh.
   */
  scheduled?: boolean;
  limits?: Partial<HttpLimits>;
  retryPolicy?: Partial<RetryPolicy>;
}

export interface JobContext<Report> {
  report(progress: Report): void;
  signal: AbortSignal;
}

/** An unfinished run is taken up only while its documents are this fresh (PokéAPI's max-age). */
const RESUME_WITHIN_MS = 24 * 3600 * 1000;
const REPORT_EVERY_MS = 100;

/**
 * Lands every document of the source: the list, then each document, concurrently. Landed
 * documents are validated and durable one by one, so a rerun after any end asks only for the
 * rest.
 *
 * Resolves also where documents are missing (`failed` names them; landing is then marked
 * incomplete and nothing that left the list is deleted). Rejects with AppError where the list
 * cannot be had or the host fails, `cancelled` if `signal` aborts.
 */
export async function gather(
  options: GatherOptions,
  context: JobContext<GatherProgress>,
): Promise<GatherReport> {
  const run = new GatherJob(options, context);
  try {
    return await run.run();
  } catch (error) {
    if (context.signal.aborted) throw cancelled();
    throw hostError(error, `The data folder ${options.data}`) ?? error;
  }
}

class GatherJob {
  private readonly started = performance.now();
  private readonly paths;
  private readonly store;
  private readonly journal;
  /** Aborts the rest when one document hits a fault that is not its own. */
  private readonly stop = new AbortController();
  private manifest = new Map<number, ManifestEntry>();
  private readonly failed: Failure[] = [];
  /** Numbers of failed documents of which an earlier copy is there. */
  private readonly keptCopies = new Set<number>();
  private readonly progress: GatherProgress = {
    phase: 'gather',
    done: 0,
    total: null,
    bytes: 0,
    retries: 0,
    failed: 0,
    paused_until: null,
  };
  private fetched = 0;
  private notModified = 0;
  private resumed = 0;
  private fresh = 0;
  private lastReport = 0;

  constructor(
    private readonly options: GatherOptions,
    private readonly context: JobContext<GatherProgress>,
  ) {
    // Every waiting document listens to it; Node warns of a leak from the eleventh listener on.
    setMaxListeners(0, this.stop.signal);
    this.paths = dataPaths(options.data);
    this.store = new LandingStore(this.paths);
    this.journal = new ManifestJournal(this.paths.manifest);
  }

  async run(): Promise<GatherReport> {
    const forward = () => this.stop.abort(cancelled());
    this.context.signal.addEventListener('abort', forward);
    if (this.context.signal.aborted) forward();
    const erased = await ErasedSubjects.read(this.paths);
    const source = this.openSource(erased);
    try {
      return await this.gatherFrom(source, erased);
    } finally {
      this.context.signal.removeEventListener('abort', forward);
      this.journal.close();
      await source.close();
    }
  }

  private openSource(erased: ErasedSubjects): DocumentSource {
    const { options } = this;
    if (options.source === 'bundled') return snapshotSource(options.snapshot);
    const hooks: SourceHooks = {
      onRetry: () => {
        this.progress.retries += 1;
        this.report();
      },
      onPause: (until) => {
        this.progress.paused_until = until;
        this.report(true);
      },
    };
    return pokeapiSource(
      {
        url: options.source,
        concurrency: options.concurrency,
        ...(options.limits ? { limits: options.limits } : {}),
        ...(options.retryPolicy ? { retryPolicy: options.retryPolicy } : {}),
        listCache: this.paths.list,
        erased,
      },
      hooks,
      this.stop.signal,
    );
  }

  private async gatherFrom(source: DocumentSource, erased: ErasedSubjects): Promise<GatherReport> {
    await this.store.prepare();
    const listing = withoutErased(await source.list(this.options.force), erased);
    this.progress.bytes += listing.bytes;
    this.manifest = await this.landedManifest();
    const run = await this.openRun(source, listing.entries.length + listing.refused.length);
    for (const refused of listing.refused) this.failed.push(refused);
    this.progress.failed = this.failed.length;
    this.progress.done = this.failed.length;
    this.progress.total = run.listed;
    this.report(true);

    const entries = sampleFirst(listing.entries).values();
    const lane = async () => {
      for (const entry of entries) await this.document(source, entry, run, erased);
    };
    // Several per request slot: while some documents are checked and written, others transfer.
    const lanes = Array.from({ length: this.options.concurrency * 4 }, lane);
    try {
      await Promise.all(lanes);
    } catch (error) {
      this.stop.abort(error);
      // The caller releases the folder next, so none of our writes may still be running.
      await Promise.allSettled(lanes);
      throw error;
    }
    await this.journal.sync();
    await this.store.sync();

    const files = this.store.files();
    this.failed.sort((a, b) => (a.id ?? Infinity) - (b.id ?? Infinity));
    this.noteLandedBefore(files);
    const refusal =
      source.refusal === null
        ? listing.elsewhere
        : refusalWords(source.refusal, source.label, this.failed.length);
    const arrived = this.fetched + this.notModified + this.resumed + this.fresh > 0;
    const canDoWithout = this.failed.length > 0 && source.refusal === null && arrived;
    const missing = this.options.allowMissing && canDoWithout ? this.failed.map(asMissing) : [];
    const complete = this.failed.length === missing.length;
    const removed = complete ? await this.removeUnlisted(listing.entries, files) : 0;
    for (const [id, entry] of this.manifest) entry.mtime_ms = files.get(id)?.mtimeMs ?? null;
    const gatheredAt = source.date ?? new Date().toISOString();
    await writeManifest(this.paths.manifest, this.manifest);
    await writeGatherRun(this.paths.run, {
      ...run,
      gathered_at: gatheredAt,
      missing: complete ? [] : this.failed,
      allowed: missing,
      complete,
    });
    this.report(true);
    return {
      source: source.label,
      origin: source.origin,
      gathered_at: gatheredAt,
      listed: run.listed ?? 0,
      fetched: this.fetched,
      not_modified: this.notModified,
      resumed: this.resumed,
      fresh: this.fresh,
      removed,
      failed: this.failed,
      refusal,
      can_do_without: canDoWithout,
      missing,
      retries: this.progress.retries,
      bytes: this.progress.bytes,
      duration_ms: Math.round(performance.now() - this.started),
    };
  }

  /** The manifest, less the documents whose file is gone or is no longer the one that landed. */
  private async landedManifest(): Promise<Map<number, ManifestEntry>> {
    const files = this.store.files();
    const manifest = await readManifest(this.paths.manifest);
    for (const [id, entry] of manifest) {
      const file = files.get(id);
      const sound = file?.bytes === entry.bytes && (await this.isAsLanded(entry, file));
      if (!sound) manifest.delete(id);
    }
    return manifest;
  }

  /**
   * Reads a file again where its time proves nothing: where the time is another one, or is a whole
   * second, which is as exact as some file systems are. `force` trusts no time.
   */
  private async isAsLanded(entry: ManifestEntry, file: LandedFile): Promise<boolean> {
    const vouched = file.mtimeMs === entry.mtime_ms && file.mtimeMs % 1000 !== 0;
    if (vouched && !this.options.force) return true;
    const bytes = await this.store.read(entry.id);
    if (bytes === null || sha256(bytes) !== entry.sha256) return false;
    entry.mtime_ms = file.mtimeMs;
    return true;
  }

  /** Continues the last run where it was cut short with the same source, or opens a new one. */
  private async openRun(source: DocumentSource, listed: number): Promise<GatherRun> {
    const last = await readGatherRun(this.paths.run);
    const age = last === null ? 0 : Math.abs(Date.now() - Date.parse(last.started_at));
    const resumes =
      last !== null &&
      !last.complete &&
      !this.options.force &&
      last.source === source.label &&
      age < RESUME_WITHIN_MS;
    const run: GatherRun = {
      run: resumes ? last.run : randomUUID(),
      source: source.label,
      force: this.options.force,
      started_at: resumes ? last.started_at : new Date().toISOString(),
      gathered_at: null,
      listed,
      missing: [],
      allowed: [],
      complete: false,
    };
    await writeManifest(this.paths.manifest, this.manifest);
    await writeGatherRun(this.paths.run, run);
    return run;
  }

  /** Whether there is an earlier copy of each failed document: by number, or by name. */
  private noteLandedBefore(files: ReadonlyMap<number, LandedFile>): void {
    const byName = new Map([...this.manifest.values()].map((entry) => [entry.name, entry.id]));
    for (const failure of this.failed) {
      const id = failure.id ?? byName.get(failure.name ?? '');
      failure.landed_before = id !== undefined && files.has(id);
      if (failure.landed_before && id !== undefined) this.keptCopies.add(id);
    }
  }

  private async document(
    source: DocumentSource,
    entry: ListEntry,
    run: GatherRun,
    erased: ErasedSubjects,
  ): Promise<void> {
    this.stop.signal.throwIfAborted();
    const known = this.manifest.get(entry.id);
    if (known !== undefined && known.run === run.run) {
      this.resumed += 1;
      source.hasServed(entry);
    } else if (known !== undefined && this.isFresh(known, entry)) {
      this.fresh += 1;
      source.hasServed(entry);
    } else {
      try {
        await source.document(entry, this.validatorsOf(known, entry), (answer) =>
          this.accept(answer, entry, known, { run, erased }),
        );
      } catch (error) {
        if (!(error instanceof FetchProblem)) throw error;
        const { id, name, url } = entry;
        this.failed.push({ id, name, url: url.href, reason: error.reason });
        this.progress.failed += 1;
      }
    }
    this.progress.done += 1;
    this.report();
  }

  /** By what the source itself said (Cache-Control: max-age); of a time to come nothing follows. */
  private isFresh(known: ManifestEntry, entry: ListEntry): boolean {
    const { scheduled, force } = this.options;
    if (scheduled !== true || force || known.url !== entry.url.href) return false;
    const age = Date.now() - Date.parse(known.checked_at);
    return age >= 0 && age < (known.max_age_seconds ?? 0) * 1000;
  }

  private validatorsOf(known: ManifestEntry | undefined, entry: ListEntry): Validators | null {
    if (known === undefined || this.options.force || known.url !== entry.url.href) return null;
    if (known.etag === null && known.last_modified === null) return null;
    return { etag: known.etag, lastModified: known.last_modified };
  }

  private async accept(
    answer: HttpAnswer,
    entry: ListEntry,
    known: ManifestEntry | undefined,
    { run, erased }: { run: GatherRun; erased: ErasedSubjects },
  ): Promise<void> {
    const now = new Date().toISOString();
    const common = { name: entry.name, checked_at: now, max_age_seconds: answer.maxAgeSeconds };
    if (answer.kind === 'not-modified') {
      if (known === undefined) throw new FetchProblem('answered 304 unasked', 'permanent');
      this.notModified += 1;
      this.record({ ...known, ...common, run: run.run });
      return;
    }
    this.progress.bytes += answer.transferred;
    // The next request goes out before this body takes processor time.
    await nextTurn();
    const landed = { sha256: sha256(answer.body), bytes: answer.body.length };
    // A document that is there already is left as it is, and so is what was derived from it.
    if (landed.sha256 !== known?.sha256) {
      const { id, name, species } = checkDocument(answer.body, entry.id);
      // By another name or number in the list.
      if (erased.isAbout({ id, names: [name, species.name] })) return;
      await this.store.land(entry.id, answer.body);
    }
    this.fetched += 1;
    this.record({
      ...common,
      id: entry.id,
      url: entry.url.href,
      etag: answer.validators.etag,
      last_modified: answer.validators.lastModified,
      ...landed,
      mtime_ms: null,
      fetched_at: now,
      source: run.source,
      run: run.run,
    });
  }

  private record(entry: ManifestEntry): void {
    this.manifest.set(entry.id, entry);
    this.journal.append(entry);
  }

  private async removeUnlisted(
    entries: ListEntry[],
    files: ReadonlyMap<number, LandedFile>,
  ): Promise<number> {
    const listed = new Set(entries.map((entry) => entry.id));
    let removed = 0;
    for (const id of files.keys()) {
      if (listed.has(id) || this.keptCopies.has(id)) continue;
      this.store.remove(id);
      this.manifest.delete(id);
      removed += 1;
    }
    if (removed > 0) await this.store.sync();
    return removed;
  }

  private report(always = false): void {
    const now = performance.now();
    if (!always && now - this.lastReport < REPORT_EVERY_MS) return;
    this.lastReport = now;
    this.context.report({ ...this.progress });
  }
}

/** Asked for first, from all over the list: a source that refuses these refuses everything. */
const SAMPLE = 24;

function sampleFirst(entries: readonly ListEntry[]): ListEntry[] {
  const step = Math.floor(entries.length / SAMPLE);
  if (step < 2) return [...entries];
  const isSample = (_: ListEntry, index: number) => index % step === 0 && index < SAMPLE * step;
  const rest = entries.filter((entry, index) => !isSample(entry, index));
  return [...entries.filter(isSample), ...rest];
}

/** What is not asked for cannot land, nor be named where it does not arrive. */
function withoutErased(listing: Listing, erased: ErasedSubjects): Listing {
  return {
    ...listing,
    entries: listing.entries.filter(({ id, name }) => !erased.isAbout({ id, names: [name] })),
    refused: listing.refused.filter(
      ({ id, name }) => !erased.isAbout({ id, names: name === undefined ? [] : [name] }),
    ),
  };
}

function asMissing({ id, name, url, reason, landed_before }: Failure): Missing {
  return { id, name, url, reason, used: landed_before ? 'earlier copy' : 'left out' };
}
