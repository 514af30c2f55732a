import type { DataPaths } from '../base/data-folder';
import { readTables } from './read-tables';

/** Which version took up which batch of a folder's files, as the tables' logs tell it. */
export async function committedBatches(paths: DataPaths): Promise<{
  versionOf(batch: string): number | null;
  newest: number;
}> {
  const { dataset } = await readTables(paths);
  const byBatch = new Map<string, number>();
  for (const { version, metadata } of dataset.listed) {
    for (const batch of metadata?.folder?.batches ?? []) byBatch.set(batch, version);
  }
  return {
    versionOf: (batch) => byBatch.get(batch) ?? null,
    newest: dataset.newest?.version ?? 0,
  };
}
