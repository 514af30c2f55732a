import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FolderFile } from '../../src/preload/contract/folder-files';
import { dataPaths } from '../../src/main/base/data-folder';
import { folderFiles } from '../../src/main/folder/folder-files';
import { gatherFolder } from '../../src/main/folder/gather-folder';
import { processLanding } from '../../src/main/workers/process-landing';
import type { GatherReport, ProcessReport } from '../../src/preload/contract/reports';
import { type DocumentParts, pokemonDocument } from './documents';

/** The text of a document, as a tool writes it. */
export function documentText(parts: DocumentParts): string {
  return JSON.stringify(pokemonDocument(parts));
}

export function documentLines(...documents: DocumentParts[]): string {
  return documents.map((parts) => `${documentText(parts)}\n`).join('');
}

export function packed(text: string): Buffer {
  return gzipSync(text);
}

/** Writes a file of a folder at once, as a tool does that writes aside and renames. */
export async function drop(
  folder: string,
  path: string,
  content: string | Uint8Array,
): Promise<string> {
  const to = join(folder, path);
  await mkdir(dirname(to), { recursive: true });
  const aside = join(folder, `.${Math.random()}.tmp`);
  await writeFile(aside, content);
  await rename(aside, to);
  return to;
}

export interface PickUp {
  gathered: GatherReport;
  /** Null where nothing has landed yet. */
  processed: ProcessReport | null;
}

/** One refresh from a folder, in this process. */
export async function pickUp(
  data: string,
  folder: string,
  { force = false, allowMissing = false } = {},
): Promise<PickUp> {
  const { signal } = new AbortController();
  const context = { report() {}, signal };
  const gathered = await gatherFolder(
    { data, source: `folder:${folder}`, force, allowMissing },
    context,
  );
  if (gathered.listed === 0) return { gathered, processed: null };
  const options = { data, games: 'all' as const, keepVersions: 30 };
  return { gathered, processed: await processLanding(options, context) };
}

/** What became of each file, by its path. */
export async function fates(data: string): Promise<Record<string, FolderFile>> {
  const files = await folderFiles(dataPaths(data));
  return Object.fromEntries(files.reverse().map((file) => [file.path, file]));
}
