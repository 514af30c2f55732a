import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataPaths } from '../../src/main/base/data-folder';
import { DEFAULT_PROCESS, type ProcessOptions } from '../../src/main/workers/process-options';
import { processLanding } from '../../src/main/workers/process-landing';
import type { ProcessReport } from '../../src/preload/contract/reports';
import { type DocumentParts, pokemonDocument } from './documents';

/** Puts documents into a landing folder as other hands would: files only, no manifest. */
export async function landDocuments(
  data: string,
  documents: readonly DocumentParts[],
): Promise<void> {
  const folder = dataPaths(data).documents;
  await mkdir(folder, { recursive: true });
  await Promise.all(
    documents.map((parts) =>
      writeFile(join(folder, `${parts.id}.json`), JSON.stringify(pokemonDocument(parts))),
    ),
  );
}

/** Processes a landing folder in this thread, under no lock. */
export function processInto(
  data: string,
  options: Partial<ProcessOptions> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<ProcessReport> {
  return processLanding({ data, ...DEFAULT_PROCESS, ...options }, { report: () => {}, signal });
}
