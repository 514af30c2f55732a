import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import { FetchProblem } from './fetch-problem';
import type { DocumentSource } from './source';

/** What is recorded beside the snapshot. */
export const snapshotInfoSchema = z.object({
  /** Day the facts were served, ISO 8601 date. */
  date: z.iso.date(),
  /** The API the facts come from. */
  origin: z.string(),
  documents: z.int().positive(),
});

export type SnapshotInfo = z.infer<typeof snapshotInfoSchema>;

export const SNAPSHOT_DOCUMENTS = 'pokemon.ndjson.br';
export const SNAPSHOT_INFO = 'snapshot.json';

export async function readSnapshotInfo(folder: string): Promise<SnapshotInfo> {
  try {
    return snapshotInfoSchema.parse(
      JSON.parse(await readFile(join(folder, SNAPSHOT_INFO), 'utf8')),
    );
  } catch (cause) {
    throw damaged(cause);
  }
}

/**
 * The snapshot in the app: one reduced document per line, in the shape of PokéAPI's, Brotli.
 * It never changes, so its lines are compared by content, not by validators.
 */
export function snapshotSource(folder: string): DocumentSource {
  let documents = new Map<number, Buffer>();
  let info: SnapshotInfo | null = null;
  const source: DocumentSource = {
    label: 'bundled',
    get date() {
      return info === null ? null : `${info.date}T00:00:00.000Z`;
    },
    get origin() {
      return info?.origin ?? null;
    },
    async list() {
      info = await readSnapshotInfo(folder);
      const lines = await readLines(folder);
      if (lines.length !== info.documents) throw damaged(null);
      const entries = lines.map((line) => {
        const { id, name } = z.object({ id: z.int(), name: z.string() }).parse(JSON.parse(line));
        documents.set(id, Buffer.from(line));
        return { id, name, url: new URL(`bundled:pokemon/${id}`) };
      });
      return { entries, refused: [], elsewhere: null, bytes: 0 };
    },
    async document(entry, _validators, accept) {
      const body = documents.get(entry.id);
      if (body === undefined) throw new FetchProblem('is not in the snapshot', 'permanent');
      return accept({
        kind: 'body',
        body,
        transferred: body.length,
        validators: { etag: null, lastModified: null },
        maxAgeSeconds: null,
        release() {},
      });
    },
    hasServed() {},
    refusal: null,
    async close() {
      documents = new Map();
    },
  };
  return source;
}

async function readLines(folder: string): Promise<string[]> {
  try {
    const packed = await readFile(join(folder, SNAPSHOT_DOCUMENTS));
    return brotliDecompressSync(packed).toString('utf8').trimEnd().split('\n');
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause: unknown): AppError {
  return new AppError('bad-source', 'The bundled snapshot is missing or damaged.', {
    hint: 'Install the app again, or gather from a URL with --source.',
    cause,
  });
}
