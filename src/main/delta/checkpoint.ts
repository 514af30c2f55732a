import { join } from 'node:path';
import { DuckDBStructType, type DuckDBType } from '@duckdb/node-api';
import pLimit from 'p-limit';
import { z } from 'zod';
import { Database, quotedName, quotedText } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { replaceFile, replaceFileContent } from '../base/durable-file';
import { readText } from '../base/read-text';
import { readCheckpointCopy, writeCheckpointCopy } from './checkpoint-copy';
import type { Checkpoint } from './checkpoint-names';
import { type Action, actionSchema, addSchema, type RemoveFile } from './delta-actions';
import { logFolder, paddedVersion, parseEntry } from './log-entries';
import { NO_TABLE, type Snapshot, snapshotAfter } from './snapshot';

export interface CheckpointContent {
  snapshot: Snapshot;
  /** Files removed before it that readers of older versions may still need. */
  removes: RemoveFile[];
}

/**
 * What a checkpoint tells; null where it is damaged or incomplete.
 *
 * @param txnId of the commit at its version, where that is one of this app
 */
export async function readCheckpoint(
  table: string,
  checkpoint: Checkpoint,
  txnId?: string,
): Promise<CheckpointContent | null> {
  try {
    const copy = await readCheckpointCopy(table, checkpoint.version, txnId);
    if (copy !== null) return contentOf(copy);
    return await checkpointContent(table, checkpoint, ['remove']);
  } catch (error) {
    // The log may be complete without it; where it is not, the table is reported as lost.
    if (error instanceof Error && !('code' in error && error.code === 'EACCES')) return null;
    throw error;
  }
}

/** The table that a checkpoint describes. Throws where the checkpoint is damaged or incomplete. */
export async function checkpointSnapshot(table: string, checkpoint: Checkpoint): Promise<Snapshot> {
  return (await checkpointContent(table, checkpoint)).snapshot;
}

async function checkpointContent(
  table: string,
  checkpoint: Checkpoint,
  beside: readonly string[] = [],
): Promise<CheckpointContent> {
  const columns = [...COLUMNS, ...beside];
  const actions = await actionsOf(checkpoint.files, columns);
  const sidecars = actions.flatMap(({ sidecar }) =>
    sidecar ? [join(logFolder(table), '_sidecars', sidecarName(sidecar.path))] : [],
  );
  return contentOf([...actions, ...(await actionsOf(sidecars, columns))]);
}

function contentOf(all: readonly Action[]): CheckpointContent {
  const removes = all.flatMap(({ remove }) => remove ?? []);
  const snapshot = snapshotAfter(
    NO_TABLE,
    all.filter(({ remove }) => !remove),
  );
  if (snapshot.protocol === null || snapshot.metaData === null) {
    throw new SyntaxError('the checkpoint has no protocol or no schema');
  }
  return { snapshot, removes };
}

/** Sidecars lie in one folder, whatever folders their path names. */
function sidecarName(path: string): string {
  return decodeURIComponent(path).replace(/^.*\//, '');
}

/** Files read at the same time: each has a database of its own. */
const TOGETHER = 4;

async function actionsOf(files: readonly string[], columns: readonly string[]): Promise<Action[]> {
  const limit = pLimit(TOGETHER);
  const read = await Promise.all(
    files.map((file) =>
      limit(async () =>
        file.endsWith('.json') ? parseEntry(await readText(file)) : parquetActions(file, columns),
      ),
    ),
  );
  return read.flat();
}

/**
 * What a checkpoint may hold that the app looks at, and of data files which fields: others are
 * parsed copies of these. Source: PROTOCOL.md, “Checkpoint Schema”.
 */
const COLUMNS = ['txn', 'add', 'metaData', 'protocol', 'sidecar'];
const ADD_FIELDS: readonly string[] = Object.keys(addSchema.shape);

async function parquetActions(file: string, wanted: readonly string[]): Promise<Action[]> {
  const database = await Database.open({ memoryLimit: '512MB', threads: 1 });
  try {
    const scan = scanParquet([file]);
    const there = await database.columns(`SELECT * FROM ${scan}`);
    const fields = there
      .filter(({ name }) => wanted.includes(name))
      .map(({ name, type }) => {
        const column = quotedName(name);
        const value = name === 'add' ? addFields(type) : column;
        return `${column} := CASE WHEN ${column} IS NOT NULL THEN ${value} END`;
      });
    const rows = await database.rows<{ action: string }>(
      `SELECT to_json(struct_pack(${fields.join(', ')}))::VARCHAR AS action FROM ${scan}`,
    );
    return z.array(actionSchema).parse(rows.map(({ action }) => JSON.parse(action)));
  } finally {
    database.close();
  }
}

function addFields(type: DuckDBType): string {
  const there = type instanceof DuckDBStructType ? type.entryNames : [];
  const fields = there
    .filter((name) => ADD_FIELDS.includes(name))
    .map((name) => `${quotedName(name)} := "add".${quotedName(name)}`);
  return `struct_pack(${fields.join(', ')})`;
}

/**
 * Writes a classic checkpoint of a version that is in the log, so that nothing before it is
 * needed to read the table.
 *
 * @param commit the commit of this app that makes that version
 * @param content the table after it, and of files removed by then those that have to be told
 */
export async function writeCheckpoint(
  database: Database,
  table: string,
  { version, txnId }: { version: number; txnId: string | undefined },
  { snapshot, removes }: CheckpointContent,
): Promise<void> {
  const { protocol, metaData, transactions, files } = snapshot;
  const actions: Action[] = [
    ...(protocol ? [{ protocol }] : []),
    ...(metaData ? [{ metaData }] : []),
    ...[...transactions].map(([appId, number]) => ({ txn: { appId, version: number } })),
    ...[...files.values()].map((add) => ({ add: { ...add, dataChange: false } })),
    ...removes.map((remove) => ({ remove: { ...remove, dataChange: false } })),
  ];
  if (txnId !== undefined) await writeCheckpointCopy(table, version, txnId, actions);
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
  remove:
    '{"path":"VARCHAR","deletionTimestamp":"BIGINT","dataChange":"BOOLEAN","extendedFileMetadata":"BOOLEAN","partitionValues":"MAP(VARCHAR,VARCHAR)","size":"BIGINT"}',
  metaData:
    '{"id":"VARCHAR","name":"VARCHAR","description":"VARCHAR","format":{"provider":"VARCHAR","options":"MAP(VARCHAR,VARCHAR)"},"schemaString":"VARCHAR","partitionColumns":["VARCHAR"],"configuration":"MAP(VARCHAR,VARCHAR)","createdTime":"BIGINT"}',
  protocol:
    '{"minReaderVersion":"INTEGER","minWriterVersion":"INTEGER","readerFeatures":["VARCHAR"],"writerFeatures":["VARCHAR"]}',
};
