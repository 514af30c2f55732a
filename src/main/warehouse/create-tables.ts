import { randomUUID } from 'node:crypto';
import { APP_NAME, APP_VERSION } from '../base/app-info';
import type { DataPaths } from '../base/data-folder';
import { commitText } from './delta-log';
import { commitBoth } from './pending-commit';
import {
  IDENTITY_COLUMNS,
  POKEMON_COLUMNS,
  schemaString,
  type StoredColumn,
} from './table-schemas';

/** Version 0 of both tables: protocol and schema, no rows. */
export async function createTables(paths: DataPaths): Promise<void> {
  const timestamp = Date.now();
  await commitBoth(paths, {
    version: 0,
    pokemon: creationText(POKEMON_COLUMNS, timestamp, { 'delta.enableChangeDataFeed': 'true' }),
    identities: creationText(IDENTITY_COLUMNS, timestamp, {}),
  });
}

function creationText(
  columns: readonly StoredColumn[],
  timestamp: number,
  configuration: Record<string, string>,
): string {
  return commitText([
    {
      commitInfo: {
        timestamp,
        operation: 'CREATE TABLE',
        operationParameters: {
          isManaged: 'false',
          description: null,
          partitionBy: '[]',
          properties: JSON.stringify(configuration),
        },
        isBlindAppend: true,
        engineInfo: `${APP_NAME}/${APP_VERSION}`,
      },
    },
    // Reader 1, writer 4: the least that knows the change data feed.
    { protocol: { minReaderVersion: 1, minWriterVersion: 4 } },
    {
      metaData: {
        id: randomUUID(),
        format: { provider: 'parquet', options: {} },
        schemaString: schemaString(columns),
        partitionColumns: [],
        configuration,
        createdTime: timestamp,
      },
    },
  ]);
}
