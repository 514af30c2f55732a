import { closeSync, constants, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import { isMissing, replaceFileContent, whereFlushable, writeWhole } from '../base/durable-file';
import { readText } from '../base/read-text';

/** One landed document. Times are ISO 8601. */
export const manifestEntrySchema = z.object({
  id: z.int().positive(),
  name: z.string(),
  url: z.string(),
  etag: z.string().nullable(),
  last_modified: z.string().nullable(),
  sha256: z.string().length(64),
  /** Size of the file, which is the body after content decoding. */
  bytes: z.int().nonnegative(),
  /**
   * The file's modification time when it was last known to have these bytes, in epoch
   * milliseconds; null where that was not noted.
   */
  mtime_ms: z.number().nullable().default(null),
  fetched_at: z.string(),
  /** The last time the source confirmed it. */
  checked_at: z.string(),
  /** For how long the source said it stays fresh. */
  max_age_seconds: z.number().nullable(),
  source: z.string(),
  /** The gather run that last fetched or confirmed it. */
  run: z.string(),
});

export type ManifestEntry = z.infer<typeof manifestEntrySchema>;

/**
 * What landed, one JSON object per line; a later line about an id replaces an earlier one, so a
 * running gather only appends. A torn last line (power cut) is dropped: that document is asked
 * for again.
 */
export async function readManifest(path: string): Promise<Map<number, ManifestEntry>> {
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    if (isMissing(error)) return new Map();
    throw error;
  }
  const entries = new Map<number, ManifestEntry>();
  const lines = text.split('\n');
  const torn = lines.pop();
  for (const line of lines) {
    const entry = parseLine(line);
    if (entry !== null) entries.set(entry.id, entry);
  }
  if (torn !== undefined && torn !== '') {
    const entry = parseLine(torn);
    if (entry !== null) entries.set(entry.id, entry);
  }
  return entries;
}

/** A line that cannot be read costs only one more request, so it is skipped. */
function parseLine(line: string): ManifestEntry | null {
  try {
    return manifestEntrySchema.parse(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw new AppError('internal', 'The landing manifest could not be read.', { cause: error });
  }
}

/** Rewrites the manifest with one line per document, by id. */
export async function writeManifest(
  path: string,
  entries: ReadonlyMap<number, ManifestEntry>,
): Promise<void> {
  const lines = [...entries.values()]
    .sort((a, b) => a.id - b.id)
    .map((entry) => `${JSON.stringify(entry)}\n`);
  await replaceFileContent(path, lines.join(''));
}

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
/** Never through a link to a file outside. Windows has no such flag. */
const APPEND = O_APPEND | O_CREAT | O_WRONLY | (O_NOFOLLOW ?? 0);

/** Appends lines in the order given. */
export class ManifestJournal {
  private file: number | null = null;

  constructor(private readonly path: string) {}

  /**
   * Written when it returns; it survives a power cut only after `sync`. It blocks, for some
   * microseconds, like the landing's own calls.
   */
  append(entry: ManifestEntry): void {
    this.file ??= openSync(this.path, APPEND);
    writeWhole(this.file, Buffer.from(`${JSON.stringify(entry)}\n`));
  }

  async sync(): Promise<void> {
    const { file } = this;
    if (file !== null) await whereFlushable(() => promisify(fsync)(file));
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }
}
