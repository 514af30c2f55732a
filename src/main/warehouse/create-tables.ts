import type { DataPaths } from '../base/data-folder';
import { commitText } from '../delta/log-entries';
import { ownCommit } from './own-commits';
import { commitBoth } from './pending-commit';
import { newTable, PROTOCOL } from './table-actions';
import { IDENTITIES, POKEMON, type TableKind } from './table-kinds';

/** Version 0 of both tables: protocol and schema, no rows. */
export async function createTables(paths: DataPaths): Promise<void> {
  const timestamp = Date.now();
  const entry = (kind: TableKind) => ({ version: 0, text: creationText(kind, timestamp) });
  await commitBoth(paths, { version: 0, pokemon: entry(POKEMON), identities: entry(IDENTITIES) });
}

function creationText(kind: TableKind, timestamp: number): string {
  const info = {
    timestamp,
    operation: 'CREATE TABLE',
    operationParameters: {
      isManaged: 'false',
      description: null,
      partitionBy: '[]',
      properties: JSON.stringify(kind.configuration),
    },
    isBlindAppend: true,
  };
  return commitText(
    ownCommit(0, info, [{ protocol: PROTOCOL }, { metaData: newTable(kind, timestamp) }]),
  );
}
