import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  type ColumnCorrections,
  columnCorrectionsSchema,
  isCorrected,
  NOTHING_CORRECTED,
} from '../../preload/contract/column-corrections';
import { type CsvChoices, csvChoicesSchema, type RecentTable } from '../../preload/contract/opened';
import type { Trouble } from '../../preload/contract/settings';
import { EditedFile, type JsonObject } from '../base/edited-file';
import type { Origin } from './opened-table';

const MOST_RECENT = 30;
/** Of which files corrections are remembered, the last ones first. */
const MOST_CORRECTED = 300;

const recentSchema = z.object({
  id: z.string(),
  path: z.string(),
  title: z.string(),
  kind: z.enum(['file', 'delta']),
  rows: z.number(),
  opened_at: z.string(),
});
const correctedSchema = z.object({
  id: z.string(),
  csv: csvChoicesSchema.default({}),
  columns: columnCorrectionsSchema.default(NOTHING_CORRECTED),
});
type Recent = z.infer<typeof recentSchema>;
type Corrected = z.infer<typeof correctedSchema>;

/**
 * What was opened before, and what was corrected of it, in one JSON file. Entries that this version
 * cannot read are passed over. The page gets names and ids; paths stay here.
 */
export class RecentFiles {
  private readonly file: EditedFile;

  constructor(path: string, tell: (trouble: Trouble) => void) {
    this.file = new EditedFile(path, tell);
  }

  /** The last opened one first. */
  async list(): Promise<RecentTable[]> {
    const recent = entries((await this.file.read())?.['recent'], recentSchema);
    return recent.map(({ id, title, kind, rows, opened_at }) => ({
      id,
      title,
      kind,
      rows,
      opened_at,
    }));
  }

  async pathOf(id: string): Promise<string | null> {
    const recent = entries((await this.file.read())?.['recent'], recentSchema);
    return recent.find((entry) => entry.id === id)?.path ?? null;
  }

  /** What a person has corrected of that file before; of the published data for null. */
  async correctedOf(origin: Origin | null): Promise<Omit<Corrected, 'id'>> {
    const corrected = entries((await this.file.read())?.['corrected'], correctedSchema);
    const found = corrected.find(({ id }) => id === idOf(origin));
    return { csv: found?.csv ?? {}, columns: found?.columns ?? NOTHING_CORRECTED };
  }

  async rememberColumns(origin: Origin | null, columns: ColumnCorrections): Promise<void> {
    await this.file.change((json) => withCorrected(json, idOf(origin), { columns }));
  }

  /** An uploaded file is gone with the app: only what was corrected of it is remembered. */
  async remember(
    origin: Origin,
    { title, kind, rows }: Pick<Recent, 'title' | 'kind' | 'rows'>,
    csv: CsvChoices,
  ): Promise<void> {
    const id = idOf(origin);
    await this.file.change((json) => {
      const entry: Recent = {
        ...{ id, path: origin.path, title, kind, rows },
        opened_at: new Date().toISOString(),
      };
      const recent = entries(json?.['recent'], recentSchema).filter((other) => other.id !== id);
      return {
        ...withCorrected(json, id, { csv }),
        recent: (origin.uploaded ? recent : [entry, ...recent]).slice(0, MOST_RECENT),
      };
    });
  }
}

/** With what is newly corrected of one table; the rest of what was corrected of it stays. */
function withCorrected(
  json: JsonObject | null,
  id: string,
  news: Partial<Omit<Corrected, 'id'>>,
): JsonObject {
  const corrected = entries(json?.['corrected'], correctedSchema);
  const before = corrected.find((entry) => entry.id === id);
  const now = { id, csv: {}, columns: NOTHING_CORRECTED, ...before, ...news };
  const isKept = Object.keys(now.csv).length > 0 || isCorrected(now.columns);
  const others = corrected.filter((entry) => entry.id !== id);
  return {
    ...json,
    corrected: (isKept ? [now, ...others] : others).slice(0, MOST_CORRECTED),
  };
}

function entries<T>(json: unknown, schema: z.ZodType<T>): T[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((entry) => {
    const read = schema.safeParse(entry);
    return read.success ? [read.data] : [];
  });
}

/** By its path; an uploaded file has another one each time, so by its name. */
function idOf(origin: Origin | null): string {
  if (origin === null) return 'published';
  const { path, title, uploaded, query, own } = origin;
  if (own !== undefined) return own.likePublished ? 'published' : `own ${own.kind}`;
  const handed = query === undefined ? `upload ${title}` : `query ${query}`;
  const known = uploaded ? handed : path;
  return createHash('sha256').update(known).digest('hex').slice(0, 16);
}
