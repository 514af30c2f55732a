import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import { sourceKind } from '../../preload/contract/source-kinds';
import type { DataPaths } from '../base/data-folder';
import { isMissing, namesIn, replaceFileContent, syncFolder } from '../base/durable-file';
import { readText } from '../base/read-text';
import { readGatherRun, writeGatherRun } from '../pipeline/gather-run';
import { type ManifestEntry, readManifest, writeManifest } from '../pipeline/landing-manifest';
import { LandingStore } from '../pipeline/landing-store';

const batchSchema = z.object({
  batch: z.string(),
  folder: z.string(),
  source: z.string(),
  /** ISO 8601. */
  at: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      size: z.int(),
      stamp: z.string().nullable(),
      sha256: z.string(),
      documents: z.int(),
      /** Whether newer files of the batch have each of its documents. */
      replaced: z.boolean(),
    }),
  ),
  documents: z.array(
    z.object({
      id: z.int().positive(),
      name: z.string(),
      sha256: z.string(),
      bytes: z.int(),
      /** The file, and the line in it. */
      path: z.string(),
      line: z.int().nullable(),
    }),
  ),
});

/**
 * What a gather takes up of a folder, decided by one durable file: `batches/<id>/batch.json`, with the
 * documents beside it. From then on it is landed, published and settled whatever becomes of the folder or of
 * this process; each step may be done again.
 */
export type FolderBatch = z.infer<typeof batchSchema>;

export function batchFolder(paths: DataPaths, batch: string): string {
  return join(paths.folderBatches, batch);
}

export function batchDocuments(paths: DataPaths, batch: string): string {
  return join(batchFolder(paths, batch), 'documents');
}

/** Its documents have to be durable already. */
export async function decideBatch(paths: DataPaths, batch: FolderBatch): Promise<void> {
  await syncFolder(paths.folderBatches);
  await replaceFileContent(decisionPath(paths, batch.batch), JSON.stringify(batch));
}

function decisionPath(paths: DataPaths, batch: string): string {
  return join(batchFolder(paths, batch), 'batch.json');
}

/** The decided batches that are not settled yet, oldest first. */
export async function openBatches(paths: DataPaths): Promise<FolderBatch[]> {
  const batches: FolderBatch[] = [];
  for (const name of await namesIn(paths.folderBatches)) {
    const batch = await readBatch(decisionPath(paths, name));
    if (batch !== null) batches.push(batch);
  }
  return batches.sort((a, b) => (a.at < b.at ? -1 : 1));
}

async function readBatch(path: string): Promise<FolderBatch | null> {
  try {
    return batchSchema.parse(JSON.parse(await readText(path)));
  } catch (cause) {
    if (isMissing(cause)) return null;
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
    throw new AppError('table-damaged', `${path} is damaged.`, {
      hint: 'Delete its folder: the files it tells of are looked into again.',
      cause,
    });
  }
}

/** Removes what a gather that was killed had not decided. Only for the holder of the writer's lock. */
export async function removeUndecided(paths: DataPaths): Promise<void> {
  for (const name of await namesIn(paths.folderBatches)) {
    if ((await readBatch(decisionPath(paths, name))) !== null) continue;
    await rm(batchFolder(paths, name), { recursive: true, force: true });
  }
}

export async function removeBatch(paths: DataPaths, batch: string): Promise<void> {
  // The decision last: without its documents it can still be settled.
  await rm(batchDocuments(paths, batch), { recursive: true, force: true });
  await rm(batchFolder(paths, batch), { recursive: true, force: true });
}

/**
 * Lands the documents of decided batches that have not landed yet. What landed before stays. Only for the
 * holder of the writer's lock.
 */
export async function landDecided(paths: DataPaths): Promise<void> {
  for (const batch of await openBatches(paths)) {
    const staged = batchDocuments(paths, batch.batch);
    if (!(await namesIn(batchFolder(paths, batch.batch))).includes('documents')) continue;
    await land(paths, batch, await namesIn(staged));
    await rm(staged, { recursive: true, force: true });
  }
}

async function land(
  paths: DataPaths,
  batch: FolderBatch,
  staged: readonly string[],
): Promise<void> {
  const there = new Set(staged);
  const store = new LandingStore(paths);
  await mkdir(paths.documents, { recursive: true });
  for (const { id } of batch.documents) {
    const name = `${id}.json`;
    if (!there.has(name)) continue;
    await rename(join(batchDocuments(paths, batch.batch), name), join(paths.documents, name));
  }
  await store.sync();
  const manifest = await readManifest(paths.manifest);
  for (const document of batch.documents) manifest.set(document.id, manifestEntry(batch, document));
  await writeManifest(paths.manifest, manifest);
  await noteGather(paths, batch);
}

/**
 * Says of landing that it is complete as it is, by what the folder had brought by then. Not where a gather
 * from elsewhere was cut short: what that one still lacks no folder brings, unless it is `allowed` to be
 * missing.
 */
export async function noteGather(
  paths: DataPaths,
  { batch, source, at }: Pick<FolderBatch, 'batch' | 'source' | 'at'>,
  allowed = false,
): Promise<number> {
  // What landed and was taken away since is still missed.
  const ids = new Set([
    ...new LandingStore(paths).files().keys(),
    ...(await readManifest(paths.manifest)).keys(),
  ]);
  const last = await readGatherRun(paths.run);
  const isCutShort = last !== null && !last.complete && sourceKind(last.source) !== 'folder';
  if (isCutShort && !allowed) return ids.size;
  await writeGatherRun(paths.run, {
    run: batch,
    source,
    force: false,
    started_at: at,
    gathered_at: at,
    listed: ids.size,
    missing: [],
    allowed: [],
    complete: true,
  });
  return ids.size;
}

function manifestEntry(
  { batch, folder, source, at }: FolderBatch,
  { id, name, sha256, bytes, path, line }: FolderBatch['documents'][number],
): ManifestEntry {
  const url = pathToFileURL(join(folder, ...path.split('/')));
  // RFC 5147 counts the lines before.
  if (line !== null) url.hash = `line=${line - 1},${line}`;
  return {
    id,
    name,
    url: url.href,
    etag: null,
    last_modified: null,
    sha256,
    bytes,
    mtime_ms: null,
    fetched_at: at,
    checked_at: at,
    max_age_seconds: null,
    source,
    run: batch,
  };
}
