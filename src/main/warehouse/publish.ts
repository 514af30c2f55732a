import { COLUMN_NAMES } from '../../preload/contract/dataset';
import { APP_VERSION } from '../base/app-info';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName, quotedText } from '../base/duckdb';
import { scanParquetPairs } from '../base/duckdb-scan';
import type { VersionMetadata } from './version-metadata';

/** Writes `rows` (a table of the dataset's columns) as a Parquet file with its provenance. */
export async function writeDataset(
  database: Database,
  path: string,
  rows: string,
  version: number,
  metadata: VersionMetadata,
): Promise<void> {
  const provenance = {
    source: metadata.source ?? 'unknown',
    gathered_at: metadata.gathered_at ?? 'unknown',
    version: String(version),
    games: metadata.games === 'all' ? 'all' : metadata.games.join(','),
    listed: String(metadata.listed),
    app_version: APP_VERSION,
    ...(metadata.missing === undefined ? {} : { missing: JSON.stringify(metadata.missing) }),
  };
  const pairs = Object.entries(provenance).map(([key, value]) => `${key}: ${quotedText(value)}`);
  const columns = COLUMN_NAMES.map(quotedName).join(', ');
  await database.run(
    `COPY (SELECT ${columns} FROM ${quotedName(rows)} ORDER BY id)
     TO ${quotedText(path)} (FORMAT parquet, KV_METADATA {${pairs.join(', ')}})`,
  );
}

/** The version pokemon.parquet holds; null where it is missing or cannot be read. */
export async function publishedVersion(
  database: Database,
  paths: DataPaths,
): Promise<number | null> {
  try {
    const [row] = await database.rows<{ version: string }>(
      `SELECT decode(value) AS version FROM ${scanParquetPairs(paths.parquet)}
       WHERE decode(key) = 'version'`,
    );
    return row === undefined ? null : Number(row.version);
  } catch (error) {
    // Missing or damaged alike: the caller writes it again from the tables.
    if (error instanceof Error && !('code' in error)) return null;
    throw error;
  }
}
