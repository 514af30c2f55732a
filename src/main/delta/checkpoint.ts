import { join } from 'node:path';
import { z } from 'zod';
import { Database, quotedName, quotedText } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { replaceFile, replaceFileContent } from '../base/durable-file';
import { readText } from '../base/read-text';
import type { Checkpoint } from './checkpoint-names';
import { type Action, actionSchema } from './delta-actions';
import { logFolder, paddedVersion, parseEntry } from './log-entries';
import { NO_TABLE, type Snapshot, snapshotAfter } from './snapshot';

/** What a checkpoint may hold that the app looks at. Source: PROTOCOL.md, “Checkpoint Schema”. */
const COLUMNS = ['txn', 'add', 'metaData', 'protocol', 'sidecar'];

/** The table as a checkpoint tells it; null where the checkpoint is damaged or not whole. */
export async function readCheckpoint(
  table: string,
  checkpoint: Checkpoint,
): Promise<Snapshot | null> {
  try {
    const actions = await actionsOf(checkpoint.files);
    const sidecars = actions.flatMap(({ sidecar }) =>
      sidecar ? [join(logFolder(table), '_sidecars', decodeURIComponent(sidecar.path))] : [],
    );
    const inSidecars = sidecars.length > 0 ? await actionsOf(sidecars) : [];
    const snapshot = snapshotAfter(snapshotAfter(NO_TABLE, actions), inSidecars);
    return snapshot.protocol === null || snapshot.metaData === null ? null : snapshot;
  } catch (error) {
    // The log may be whole without it; where it is not, the table counts as lost and is told so.
    if (error instanceof Error && !('code' in error && error.code === 'EACCES')) return null;
    throw error;
  }
}

async function actionsOf(files: readonly string[]): Promise<Action[]> {
  const read = await Promise.all(
    files.map(async (file) =>
      file.endsWith('.json') ? parseEntry(await readText(file)) : parquetActions(file),
    ),
  );
  return read.flat();
}

async function parquetActions(file: string): Promise<Action[]> {
  const database = await Database.open({ memoryLimit: '512MB', threads: 1 });
  try {
    const scan = scanParquet([file]);
    const described = await database.rows<{ column_name: string }>(
      `DESCRIBE SELECT * FROM ${scan}`,
    );
    const there = described.map((row) => row.column_name);
    const actions: unknown[] = [];
    for (const column of COLUMNS.filter((name) => there.includes(name))) {
      const name = quotedName(column);
      const rows = await database.rows<{ action: string }>(
        `SELECT to_json(${name})::VARCHAR AS action FROM ${scan} WHERE ${name} IS NOT NULL`,
      );
      for (const { action } of rows) actions.push({ [column]: JSON.parse(action) });
    }
    return z.array(actionSchema).parse(actions);
  } finally {
    database.close();
  }
}

/**
 * Writes a classic checkpoint of a version that is in the log, so that nothing before it is
 * needed to read the table.
 */
export async function writeCheckpoint(
  database: Database,
  table: string,
  version: number,
  snapshot: Snapshot,
): Promise<void> {
  const { protocol, metaData, transactions, files } = snapshot;
  const actions: Action[] = [
    ...(protocol ? [{ protocol }] : []),
    ...(metaData ? [{ metaData }] : []),
    ...[...transactions].map(([appId, number]) => ({ txn: { appId, version: number } })),
    ...[...files.values()].map((add) => ({ add: { ...add, dataChange: false } })),
  ];
  const path = join(logFolder(table), `${paddedVersion(version)}.checkpoint.parquet`);
  const columns = Object.entries(CHECKPOINT_TYPES).map(
    ([name, type]) =>
      `from_json(line -> ${quotedText(`$.${name}`)}, ${quotedText(type)}) AS ${quotedName(name)}`,
  );
  await replaceFile(path, (temporary) =>
    database.run(
      `COPY (SELECT ${columns.join(', ')} FROM (SELECT unnest(from_json($actions, '["JSON"]')) AS line))
       TO ${quotedText(temporary)} (FORMAT parquet)`,
      { actions: JSON.stringify(actions) },
    ),
  );
  await replaceFileContent(
    join(logFolder(table), '_last_checkpoint'),
    JSON.stringify({ version, size: actions.length }),
  );
}

const CHECKPOINT_TYPES: Record<string, string> = {
  txn: '{"appId":"VARCHAR","version":"BIGINT","lastUpdated":"BIGINT"}',
  add: '{"path":"VARCHAR","partitionValues":"MAP(VARCHAR,VARCHAR)","size":"BIGINT","modificationTime":"BIGINT","dataChange":"BOOLEAN","stats":"VARCHAR"}',
  remove: '{"path":"VARCHAR","deletionTimestamp":"BIGINT","dataChange":"BOOLEAN"}',
  metaData:
    '{"id":"VARCHAR","name":"VARCHAR","description":"VARCHAR","format":{"provider":"VARCHAR","options":"MAP(VARCHAR,VARCHAR)"},"schemaString":"VARCHAR","partitionColumns":["VARCHAR"],"configuration":"MAP(VARCHAR,VARCHAR)","createdTime":"BIGINT"}',
  protocol:
    '{"minReaderVersion":"INTEGER","minWriterVersion":"INTEGER","readerFeatures":["VARCHAR"],"writerFeatures":["VARCHAR"]}',
};
