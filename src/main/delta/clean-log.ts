import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { logFolder, logNames } from './log-entries';

/**
 * What a log folder has of one version, the first of a compaction's: entry, checkpoint (its parts too),
 * checksum, and what is hidden beside them: copies, and checksums of Hadoop's file systems. Source: PROTOCOL.md of delta-io/delta, “Delta Log Entries” to “Log Compaction Files”.
 */
const OF_VERSION =
  /^\.?(\d{20})\.(?:(?:\d{20}\.)?compacted\.json|json|crc|checkpoint\..*)(?:\.crc)?$/;

/**
 * Deletes what the log says of the versions before one that has a checkpoint, oldest first, so that
 * what is left after an interruption is a log too.
 */
export async function cleanLog(table: string, before: number): Promise<void> {
  for (const name of (await logNames(table)).sort()) {
    const version = OF_VERSION.exec(name)?.[1];
    if (version !== undefined && Number(version) < before) {
      await rm(join(logFolder(table), name), { force: true });
    }
  }
}
