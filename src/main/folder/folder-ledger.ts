import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { FILE_OUTCOMES, type FolderFile } from '../../preload/contract/folder-files';
import { isMissing, replaceFileContent, whereFlushable } from '../base/durable-file';
import { ErasedSubjects } from '../base/erased-subjects';
import { readText } from '../base/read-text';

const rowSchema = z.object({
  folder: z.string(),
  path: z.string(),
  size: z.int().nonnegative(),
  sha256: z.string().nullable(),
  documents: z.int().nullable(),
  batch: z.string().nullable(),
  version: z.int().nullable(),
  outcome: z.enum(FILE_OUTCOMES),
  reason: z.string().nullable(),
  at: z.string(),
  /** Of the file as it was looked into; null where it may have changed since without a trace. */
  stamp: z.string().nullable(),
});

export type LedgerRow = z.infer<typeof rowSchema> & FolderFile;

/** Rows that say nothing any more are dropped once there are so many more than of the others. */
const MOST_STALE = 5_000;

/**
 * What became of every file of a folder, one JSON object a line; a later line about the same file and
 * content replaces an earlier one. Written by the holder of the writer's lock only, read by anybody.
 */
export class FolderLedger {
  /** By folder, path and content. */
  private readonly rows = new Map<string, LedgerRow>();
  private readonly latest = new Map<string, LedgerRow>();
  private readonly contents = new Map<string, LedgerRow>();
  private lines = 0;

  private constructor(
    private readonly path: string,
    private readonly erased: ErasedSubjects,
  ) {}

  /** @param erased where somebody looks for files or adds to it: rows name no erased subject */
  static async read(path: string, erased = ErasedSubjects.none): Promise<FolderLedger> {
    const ledger = new FolderLedger(path, erased);
    for (const row of await readRows(path)) ledger.take(row);
    return ledger;
  }

  /** Newest first. */
  files(): FolderFile[] {
    return [...this.rows.values()].reverse().map(asFile);
  }

  /** The last that is known of a file. */
  ofPath(folder: string, path: string): LedgerRow | undefined {
    const hidden = this.erased.hiddenPath(path);
    return (
      this.latest.get(fileKey(folder, path)) ??
      (hidden === null ? undefined : this.latest.get(fileKey(folder, hidden)))
    );
  }

  /** What became of a content, under whatever name it came first. */
  ofContent(sha256: string): LedgerRow | undefined {
    return this.contents.get(sha256);
  }

  /** The files of a folder that wait to be whole, or to be readable. */
  waiting(folder: string): LedgerRow[] {
    return [...this.latest.values()].filter(
      (row) => row.folder === folder && row.outcome === 'waiting',
    );
  }

  /** Durable when it resolves. A line that a power cut tore off stays alone. */
  async append(added: readonly LedgerRow[]): Promise<void> {
    if (added.length === 0) return;
    const rows = added.map((row) =>
      this.erased.isNamedIn(row.path) ? this.erased.hidden(row) : row,
    );
    await mkdir(dirname(this.path), { recursive: true });
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const file = await open(this.path, 'a+');
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      await file.appendFile(size > 0 && last.toString() !== '\n' ? `\n${text}` : text);
      await whereFlushable(() => file.sync());
    } finally {
      await file.close();
    }
    for (const row of rows) this.take(row);
    await this.shorten();
  }

  private take(row: LedgerRow): void {
    this.lines += 1;
    const file = fileKey(row.folder, row.path);
    const content = `${file}\0${row.outcome === 'waiting' || row.outcome === 'gone' ? '' : row.sha256}`;
    // What it waited for is over.
    this.rows.delete(`${file}\0`);
    this.rows.delete(content);
    this.rows.set(content, row);
    this.latest.set(file, row);
    if (row.sha256 === null || row.outcome === 'waiting' || row.outcome === 'gone') return;
    const isFirst = !this.contents.has(row.sha256);
    if (isFirst || row.batch !== null) this.contents.set(row.sha256, row);
  }

  private async shorten(): Promise<void> {
    if (this.lines < this.rows.size * 2 + MOST_STALE) return;
    const kept = [...this.rows.values()].map((row) => `${JSON.stringify(row)}\n`);
    await replaceFileContent(this.path, kept.join(''));
    this.lines = kept.length;
  }
}

function asFile(row: LedgerRow): FolderFile {
  const { folder, path, size, sha256, documents, batch, version, outcome, reason, at } = row;
  return { folder, path, size, sha256, documents, batch, version, outcome, reason, at };
}

function fileKey(folder: string, path: string): string {
  return `${folder}\0${path}`;
}

async function readRows(path: string): Promise<LedgerRow[]> {
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => readRow(line) ?? []);
}

/** A line that cannot be read costs no more than looking into that file again. */
function readRow(line: string): LedgerRow | null {
  if (line === '') return null;
  try {
    return rowSchema.parse(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
