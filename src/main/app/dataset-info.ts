import { access } from 'node:fs/promises';
import { z } from 'zod';
import type { DatasetInfo } from '../../preload/contract/calls';
import { AppError } from '../../preload/contract/errors';
import { isMissing } from '../base/durable-file';
import { Database } from '../base/duckdb';
import { scanParquetFooter, scanParquetPairs } from '../base/duckdb-scan';
import { readLastCheck } from '../warehouse/last-check';

export type Published = Omit<DatasetInfo, 'checked'>;

/** What publish writes into the file; every value is text there. */
const provenanceSchema = z.object({
  version: z.coerce.number().int(),
  source: z.string(),
  gathered_at: z.string(),
  games: z.string(),
  listed: z.coerce.number().int(),
});

/**
 * What pokemon.parquet says of itself; null where there is no such file. Throws `not-readable`
 * for a file that is not a dataset of this app.
 */
export async function readDatasetInfo(parquet: string): Promise<Published | null> {
  try {
    await access(parquet);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const database = await Database.open({ memoryLimit: '64MB' });
  try {
    const pairs = await database.rows<{ key: string; value: string }>(
      `SELECT decode(key) AS key, decode(value) AS value FROM ${scanParquetPairs(parquet)}`,
    );
    const { rows } = await database.row<{ rows: number }>(
      `SELECT num_rows::INTEGER AS rows FROM ${scanParquetFooter(parquet)}`,
    );
    const { games, ...provenance } = provenanceSchema.parse(
      Object.fromEntries(pairs.map(({ key, value }) => [key, value])),
    );
    return { ...provenance, rows, games: games === 'all' ? 'all' : games.split(',') };
  } catch (cause) {
    throw new AppError('not-readable', 'The published dataset cannot be read.', {
      hint: 'Press Refresh data to publish it again.',
      cause,
    });
  } finally {
    database.close();
  }
}

/** The gather after a version’s own that found it unchanged; null where there was none. */
export async function checkOf(
  { version, gathered_at }: Published,
  lastCheck: string,
): Promise<DatasetInfo['checked']> {
  const check = await readLastCheck(lastCheck);
  if (check === null || check.version !== version || check.gathered_at <= gathered_at) return null;
  return { source: check.source, gathered_at: check.gathered_at };
}
