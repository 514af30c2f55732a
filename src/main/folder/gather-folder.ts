import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { cancelled } from '../../preload/contract/errors';
import type { FolderReport } from '../../preload/contract/folder-files';
import type { GatherProgress, GatherReport } from '../../preload/contract/reports';
import { dataPaths } from '../base/data-folder';
import { syncFile, syncFolder } from '../base/durable-file';
import { ErasedSubjects } from '../base/erased-subjects';
import { hostError } from '../base/host-error';
import type { GatherOptions, JobContext } from '../pipeline/gather';
import { LandingStore } from '../pipeline/landing-store';
import { sha256 } from '../pipeline/sha256';
import {
  batchDocuments,
  batchFolder,
  decideBatch,
  type FolderBatch,
  landDecided,
  noteGather,
  openBatches,
  removeUndecided,
} from './folder-batch';
import { FolderLedger, type LedgerRow } from './folder-ledger';
import { absoluteFolderSource, openFolder } from './folder-path';
import { type FolderListing, type ListedFile, listFolder } from './list-folder';
import { quarantine } from './quarantine';
import { CANNOT_BE_READ, type ReadFile, readDroppedFile, type StagedDocument } from './read-file';

type Options = Pick<GatherOptions, 'data' | 'source' | 'force'> &
  Partial<Pick<GatherOptions, 'allowMissing'>>;

/**
 * Takes up what is new in a folder, as one batch: documents that landed before and are not in it stay. A file
 * whose content is known is not taken up again, whatever it is called by now, unless `force` is set.
 *
 * Resolves also where files are left: `folder.left` has them with their reasons. Rejects with AppError
 * where the folder cannot be listed or the host fails, `cancelled` if `signal` aborts.
 */
export async function gatherFolder(
  options: Options,
  context: JobContext<GatherProgress>,
): Promise<GatherReport> {
  try {
    return await new FolderGather(options, context).run();
  } catch (error) {
    if (context.signal.aborted) throw cancelled();
    throw hostError(error, `The data folder ${options.data}`) ?? error;
  }
}

/** A file, what it turned out to be, and where its documents are written aside. */
interface Dropped {
  file: ListedFile;
  read: Exclude<ReadFile, { kind: 'gone' }>;
  place(id: number): string;
}

const READ_AT_ONCE = 16;
const FLUSHED_AT_ONCE = 16;

type Whole = Extract<ReadFile, { kind: 'whole' }>;

interface Taken {
  file: ListedFile;
  read: Whole;
  place(id: number): string;
  /** Numbers of its documents that no newer file of the batch has. */
  current: Set<number>;
}

class FolderGather {
  private readonly started = performance.now();
  private readonly paths;
  private readonly source;
  private readonly at = new Date().toISOString();
  private readonly batch = randomUUID();
  private readonly rows: LedgerRow[] = [];
  private readonly taken: Taken[] = [];
  private readonly takenContents = new Map<string, Taken>();
  /** Which file a document is of. */
  private readonly owners = new Map<number, Taken>();
  private readonly report: FolderReport = {
    files: 0,
    read: 0,
    taken_up: 0,
    unchanged: 0,
    replaced: 0,
    left: [],
  };
  private bytes = 0;
  private documents = 0;
  private folder = '';
  private ledger: FolderLedger | null = null;
  private erased = ErasedSubjects.none;

  constructor(
    private readonly options: Options,
    private readonly context: JobContext<GatherProgress>,
  ) {
    this.paths = dataPaths(options.data);
    this.source = absoluteFolderSource(options.source);
  }

  async run(): Promise<GatherReport> {
    this.folder = await openFolder(this.source, this.options.data);
    await new LandingStore(this.paths).prepare();
    const erased = (this.erased = await ErasedSubjects.read(this.paths));
    await removeUndecided(this.paths);
    await landDecided(this.paths);
    const ledger = (this.ledger = await FolderLedger.read(this.paths.folderLedger, erased));
    const listing = await listFolder(this.folder, this.options.data);
    this.report.files = listing.files.length;
    await this.readNew(ledger, listing);
    const landed = await this.decide();
    this.noteClosed(ledger, listing);
    await ledger.append(this.rows);
    return this.gatherReport(landed);
  }

  /** Reads the files that are not known as they are now, the oldest first. */
  private async readNew(ledger: FolderLedger, listing: FolderListing): Promise<void> {
    const batches = await openBatches(this.paths);
    const open = new Set(batches.flatMap(({ files }) => files.map((file) => file.sha256)));
    const taken = new Map(
      batches
        .filter(({ folder }) => folder === this.folder)
        .flatMap(({ files }) => files.map(({ path, stamp }) => [path, stamp] as const)),
    );
    const candidates = listing.files
      .filter((file) => taken.get(file.path) !== file.stamp && this.mayBeNew(file, ledger))
      .sort((a, b) => (a.modifiedNs === b.modifiedNs ? 0 : a.modifiedNs < b.modifiedNs ? -1 : 1));
    this.report.read = candidates.length;
    this.tell(0, candidates.length);
    await mkdir(this.staged(), { recursive: true });
    for (let at = 0; at < candidates.length; at += READ_AT_ONCE) {
      if (this.context.signal.aborted) throw cancelled();
      const some = candidates.slice(at, at + READ_AT_ONCE);
      const reads = await Promise.all(some.map((file, index) => this.read(file, at + index)));
      for (const read of reads) if (read !== null) await this.judge(read, ledger, open);
      this.tell(at + some.length, candidates.length);
    }
  }

  private mayBeNew(file: ListedFile, ledger: FolderLedger): boolean {
    if (this.options.force) return true;
    const known = ledger.ofPath(this.folder, file.path);
    // A half file is looked into each time a person asks; its stamp only spares the watch the same.
    return known === undefined || known.outcome === 'waiting' || known.stamp !== file.stamp;
  }

  private staged(): string {
    return join(batchFolder(this.paths, this.batch), 'staged');
  }

  /** Null where it is gone. */
  private async read(file: ListedFile, index: number): Promise<Dropped | null> {
    const place = (id: number) => join(this.staged(), `${index}-${id}.json`);
    const read = await readDroppedFile(
      file.absolute,
      file.stamp,
      place,
      this.erased,
      this.context.signal,
    );
    return read.kind === 'gone' ? null : { file, read, place };
  }

  private async judge(
    { file, read, place }: Dropped,
    ledger: FolderLedger,
    open: ReadonlySet<string>,
  ): Promise<void> {
    this.bytes += read.size;
    if (read.kind === 'half') return this.leave(file, read, 'waiting', read.reason);
    const { force } = this.options;
    const earlier = ledger.ofContent(read.sha256);
    const twin = this.takenContents.get(read.sha256);
    if (read.kind === 'whole' && read.documents.length === 0 && read.erased > 0) {
      // Neither its name nor its hash is written down: both may give the subject away.
      const row = { ...this.row(file, read, 'unchanged', 'is about erased subjects alone') };
      this.rows.push(this.erased.hidden({ ...row, sha256: null }));
      this.report.unchanged += 1;
      return;
    }
    if (read.kind === 'bad') {
      if (earlier === undefined && !this.erased.isNamedIn(file.path)) {
        const { size, sha256: hash, reason } = read;
        const { folder, at } = this;
        const bad = { folder, path: file.path, size, sha256: hash, reason, at };
        await quarantine(this.paths.quarantine, file.absolute, bad);
      }
      return this.leave(file, read, 'quarantined', read.reason);
    }
    if (twin !== undefined) {
      this.keep(file, read, `has the same content as ${twin.file.path}`);
    } else if (open.has(read.sha256)) {
      // Its row comes with the batch that has it.
    } else if (earlier !== undefined && earlier.outcome !== 'quarantined' && !force) {
      this.known(file, read, earlier);
    } else {
      return this.take({
        file,
        read,
        place,
        current: new Set(read.documents.map(({ id }) => id)),
      });
    }
    for (const { id } of read.documents) await rm(place(id), { force: true });
  }

  private async take(taken: Taken): Promise<void> {
    this.taken.push(taken);
    this.takenContents.set(taken.read.sha256, taken);
    for (const { id } of taken.read.documents) {
      const older = this.owners.get(id);
      older?.current.delete(id);
      if (older !== undefined) await rm(older.place(id), { force: true });
      this.owners.set(id, taken);
    }
  }

  /** A content that was met before: of the same file, it was only touched or sent again. */
  private known(file: ListedFile, read: Whole, earlier: LedgerRow): void {
    if (earlier.folder === this.folder && earlier.path === file.path) {
      this.rows.push({ ...earlier, stamp: read.stamp });
      this.report.unchanged += 1;
      return;
    }
    const of = earlier.folder === this.folder ? earlier.path : join(earlier.folder, earlier.path);
    const where = earlier.version === null ? '' : `, which version ${earlier.version} took up`;
    this.keep(file, read, `has the same content as ${of}${where}`);
  }

  private keep(file: ListedFile, read: Whole, reason: string): void {
    this.rows.push(this.row(file, read, 'unchanged', reason));
    this.report.unchanged += 1;
  }

  private leave(
    file: ListedFile,
    read: Exclude<ReadFile, { kind: 'gone' }>,
    outcome: 'waiting' | 'quarantined',
    reason: string,
  ): void {
    const row = this.row(file, read, outcome, reason);
    const known = this.ledger?.ofPath(this.folder, file.path);
    const isTold =
      known?.outcome === outcome && known.reason === reason && known.stamp === row.stamp;
    // When it was last tried tells when to try it again.
    if (!isTold || reason.startsWith(CANNOT_BE_READ)) this.rows.push(row);
    this.report.left.push({ path: file.path, outcome, reason });
  }

  private row(
    file: ListedFile,
    read: Exclude<ReadFile, { kind: 'gone' }>,
    outcome: LedgerRow['outcome'],
    reason: string | null,
  ): LedgerRow {
    return {
      folder: this.folder,
      path: file.path,
      size: read.size,
      sha256: read.kind === 'half' ? null : read.sha256,
      documents: read.kind === 'whole' ? read.documents.length : null,
      batch: null,
      version: null,
      outcome,
      reason,
      at: this.at,
      stamp: read.stamp,
    };
  }

  /** Decides the batch and lands it; resolves to how many documents are in landing. */
  private async decide(): Promise<number> {
    const { paths, batch, source, at } = this;
    const documents = await this.newDocuments();
    const bringing = new Set(documents.map(({ path }) => path));
    const files = this.taken.flatMap(({ file, read, current }) => {
      const isReplaced = current.size === 0;
      if (!isReplaced && !bringing.has(file.path)) {
        const earlier = this.ledger?.ofContent(read.sha256);
        if (earlier === undefined)
          this.keep(file, read, 'has the documents that had landed before');
        else this.known(file, read, earlier);
        return [];
      }
      this.report[isReplaced ? 'replaced' : 'taken_up'] += 1;
      const { size, stamp, sha256: hash } = read;
      const { path } = file;
      const count = read.documents.length;
      return { path, size, stamp, sha256: hash, documents: count, replaced: isReplaced };
    });
    this.documents = documents.length;
    if (files.length === 0) {
      await rm(batchFolder(paths, batch), { recursive: true, force: true });
      return noteGather(paths, { batch, source, at }, this.options.allowMissing);
    }
    await rm(this.staged(), { recursive: true, force: true });
    const { folder } = this;
    const decided: FolderBatch = { batch, folder, source, at, files, documents };
    if (this.context.signal.aborted) throw cancelled();
    await decideBatch(paths, decided);
    await landDecided(paths);
    return noteGather(paths, decided, this.options.allowMissing);
  }

  /** Puts aside, durably, the documents that differ from what has landed. */
  private async newDocuments(): Promise<FolderBatch['documents']> {
    const store = new LandingStore(this.paths);
    const to = batchDocuments(this.paths, this.batch);
    await mkdir(to, { recursive: true });
    const documents: FolderBatch['documents'] = [];
    const limit = pLimit(FLUSHED_AT_ONCE);
    const flushes: Promise<void>[] = [];
    for (const [id, taken] of this.owners) {
      const document = documentOf(taken, id);
      const landed = await store.read(id);
      if (landed !== null && sha256(landed) === document.sha256) continue;
      const path = join(to, `${id}.json`);
      await rename(taken.place(id), path);
      flushes.push(limit(() => syncFile(path)));
      const { name, sha256: hash, bytes, line } = document;
      documents.push({ id, name, sha256: hash, bytes, path: taken.file.path, line });
    }
    await Promise.all(flushes);
    await syncFolder(to);
    return documents;
  }

  /** What cannot be looked at waits as well, and what waited and is gone does no longer. */
  private noteClosed(ledger: FolderLedger, { files, closed }: FolderListing): void {
    const nothing = { size: 0, sha256: null, documents: null, batch: null, version: null };
    const { folder, at } = this;
    for (const { path, reason } of closed) {
      const known = ledger.ofPath(folder, path);
      this.report.left.push({ path, outcome: 'waiting', reason });
      if (known?.outcome === 'waiting' && known.reason === reason) continue;
      const outcome = 'waiting';
      this.rows.push({ folder, path, ...nothing, outcome, reason, at, stamp: null });
    }
    const paths = [...files, ...closed].map(({ path }) => path);
    const there = new Set(paths.flatMap((path) => [path, this.erased.hiddenPath(path) ?? path]));
    for (const row of ledger.waiting(folder)) {
      if (there.has(row.path)) continue;
      const reason = 'went away before it was whole';
      this.rows.push({ ...row, outcome: 'gone', reason, at, stamp: null });
    }
  }

  private tell(done: number, total: number): void {
    const failed = this.report.left.length;
    const { bytes } = this;
    this.context.report({
      phase: 'gather',
      done,
      total,
      bytes,
      retries: 0,
      failed,
      paused_until: null,
    });
  }

  private gatherReport(landed: number): GatherReport {
    return {
      source: this.source,
      origin: null,
      gathered_at: this.at,
      listed: landed,
      fetched: this.documents,
      not_modified: 0,
      resumed: 0,
      fresh: 0,
      removed: 0,
      failed: [],
      refusal: null,
      can_do_without: false,
      missing: [],
      folder: this.report,
      retries: 0,
      bytes: this.bytes,
      duration_ms: Math.round(performance.now() - this.started),
    };
  }
}

function documentOf({ read }: Taken, id: number): StagedDocument {
  const document = read.documents.find((each) => each.id === id);
  if (document === undefined) throw new Error(`document ${id} is not in its file`);
  return document;
}
