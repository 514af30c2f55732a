import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { queryRows } from './parquet-rows';

/** Commits to a Delta table as Spark and delta-rs write them: what the app did not write itself. */
type Action = Record<string, unknown>;

const pad = (version: number) => String(version).padStart(20, '0');

export function entryPath(table: string, version: number): string {
  return join(table, '_delta_log', `${pad(version)}.json`);
}

export async function newestVersion(table: string): Promise<number> {
  const names = await readdir(join(table, '_delta_log'));
  return Math.max(
    ...names.filter((name) => /^\d{20}\.json$/.test(name)).map((n) => Number(n.slice(0, 20))),
  );
}

/** Adds a commit behind the newest one; resolves to its version. */
export async function commitAs(
  engine: 'spark' | 'delta-rs' | 'unsaid',
  table: string,
  operation: string,
  actions: readonly Action[],
): Promise<number> {
  const version = (await newestVersion(table)) + 1;
  const timestamp = Date.now();
  const infos: Record<typeof engine, Action[]> = {
    spark: [
      {
        commitInfo: {
          timestamp,
          operation,
          operationParameters: { predicate: '[]' },
          operationMetrics: { numOutputRows: '1' },
          engineInfo: 'Apache-Spark/3.5.3 Delta-Lake/3.2.1',
          txnId: randomUUID(),
        },
      },
    ],
    'delta-rs': [
      {
        commitInfo: {
          timestamp,
          operation,
          operationMetrics: { numFilesAdded: 1, filesAdded: { min: 1, max: null } },
          clientVersion: 'delta-rs.py-1.6.6',
        },
      },
    ],
    unsaid: [],
  };
  // Spark tells first what a commit is, delta-rs last; what the app does not know is passed over.
  const lines =
    engine === 'delta-rs' ? [...actions, ...infos[engine]] : [...infos[engine], ...actions];
  const text = [...lines, { 'x-unknown': { kind: 1 } }].map((line) => JSON.stringify(line));
  await writeFile(entryPath(table, version), text.join('\n'));
  return version;
}

/** The paths of the files that are the table now, by its entries alone. */
export async function currentFiles(table: string): Promise<string[]> {
  const files = new Set<string>();
  for (let version = 0; version <= (await newestVersion(table)); version += 1) {
    const text = await readFile(entryPath(table, version), 'utf8').catch(() => '');
    for (const line of text.split('\n').filter(Boolean)) {
      const { add, remove } = JSON.parse(line) as Record<string, { path: string } | undefined>;
      if (remove) files.delete(remove.path);
      if (add) files.add(add.path);
    }
  }
  return [...files];
}

/**
 * Puts what a query over the table's rows (`t`) yields in the place of its files: DELETE, UPDATE and
 * an insert with `changesRows`, OPTIMIZE without.
 */
export async function rewriteAs(
  engine: 'spark' | 'delta-rs' | 'unsaid',
  table: string,
  operation: string,
  select: string,
  changesRows = true,
): Promise<number> {
  const files = await currentFiles(table);
  const name = `part-00000-${randomUUID()}-c000.snappy.parquet`;
  const list = files.map((file) => `'${join(table, file)}'`).join(', ');
  await queryRows(
    `COPY (WITH t AS (SELECT * FROM read_parquet([${list}])) ${select}) TO '${join(table, name)}' (FORMAT parquet)`,
  );
  const { size } = await stat(join(table, name));
  const common = { dataChange: changesRows, partitionValues: {} };
  return commitAs(engine, table, operation, [
    ...files.map((path) => ({ remove: { path, deletionTimestamp: Date.now(), ...common } })),
    { add: { path: name, size, modificationTime: Date.now(), ...common } },
  ]);
}

/** Sets properties, or the protocol, as ALTER TABLE does. */
export async function alterAs(
  table: string,
  change: { configuration?: Record<string, string>; protocol?: Action; field?: [string, Action] },
): Promise<void> {
  const last = await lastMetaData(table);
  const schema = JSON.parse(String(last['schemaString'])) as {
    fields: { name: string; metadata: Action }[];
  };
  for (const field of schema.fields) {
    if (field.name === change.field?.[0]) field.metadata = change.field[1];
  }
  const configuration = { ...(last['configuration'] as Action), ...change.configuration };
  await commitAs('spark', table, 'SET TBLPROPERTIES', [
    ...(change.protocol === undefined ? [] : [{ protocol: change.protocol }]),
    { metaData: { ...last, configuration, schemaString: JSON.stringify(schema) } },
  ]);
}

/** Marks a row of each file as deleted, as DELETE does where deletion vectors are on. */
export async function markDeletedAs(table: string, protocol: Action): Promise<void> {
  const last = await lastMetaData(table);
  const configuration = {
    ...(last['configuration'] as Action),
    'delta.enableDeletionVectors': 'true',
  };
  await commitAs('spark', table, 'SET TBLPROPERTIES', [
    { protocol },
    { metaData: { ...last, configuration } },
  ]);
  const deletionVector = {
    storageType: 'u',
    pathOrInlineDv: 'ab^-aqEH.-t@S}K{vb[*k^',
    offset: 1,
    sizeInBytes: 34,
    cardinality: 1,
  };
  const files = await currentFiles(table);
  const common = { dataChange: true, partitionValues: {}, size: 1 };
  await commitAs('spark', table, 'DELETE', [
    ...files.map((path) => ({ remove: { path, deletionTimestamp: Date.now(), ...common } })),
    ...files.map((path) => ({
      add: { path, modificationTime: Date.now(), ...common, deletionVector },
    })),
  ]);
}

/** Writes the table again in folders by a column's values, which the files then lack. */
export async function partitionAs(table: string, column: string): Promise<void> {
  const files = await currentFiles(table);
  const list = files.map((file) => `'${join(table, file)}'`).join(', ');
  const folder = `${column}=grass`;
  const path = `${folder}/part-00000-${randomUUID()}.c000.snappy.parquet`;
  await mkdir(join(table, folder));
  await queryRows(
    `COPY (SELECT * EXCLUDE (${column}) FROM read_parquet([${list}])) TO '${join(table, path)}' (FORMAT parquet)`,
  );
  const common = { dataChange: true, size: (await stat(join(table, path))).size };
  await commitAs('delta-rs', table, 'WRITE', [
    { metaData: { ...(await lastMetaData(table)), partitionColumns: [column] } },
    ...files.map((file) => ({
      remove: { path: file, deletionTimestamp: Date.now(), partitionValues: {}, ...common },
    })),
    {
      add: {
        path,
        partitionValues: { [column]: 'grass' },
        modificationTime: Date.now(),
        ...common,
      },
    },
  ]);
}

export async function lastMetaData(table: string): Promise<Action> {
  let found: Action = {};
  for (let version = 0; version <= (await newestVersion(table)); version += 1) {
    const text = await readFile(entryPath(table, version), 'utf8').catch(() => '');
    for (const line of text.split('\n').filter(Boolean)) {
      found = (JSON.parse(line) as { metaData?: Action }).metaData ?? found;
    }
  }
  return found;
}

/** Writes a checkpoint of the newest version, in so many parts, and cleans the log before it up. */
export async function checkpointAs(table: string, parts = 1): Promise<number> {
  const version = await newestVersion(table);
  const adds = new Map<string, Action>();
  const last: Record<string, Action> = {};
  const transactions = new Map<unknown, Action>();
  for (let at = 0; at <= version; at += 1) {
    const text = await readFile(entryPath(table, at), 'utf8');
    for (const line of text.split('\n').filter(Boolean)) {
      const action = JSON.parse(line) as Record<string, Action | undefined>;
      if (action['remove']) adds.delete(String(action['remove']['path']));
      if (action['add']) adds.set(String(action['add']['path']), action['add']);
      if (action['txn']) transactions.set(action['txn']['appId'], action['txn']);
      for (const kind of ['protocol', 'metaData']) {
        const found = action[kind];
        if (found) last[kind] = found;
      }
    }
  }
  const rows: Action[] = [
    { protocol: last['protocol'] },
    { metaData: last['metaData'] },
    ...[...transactions.values()].map((txn) => ({ txn })),
    ...[...adds.values()].map((add) => ({ add })),
  ];
  const folder = join(table, '_delta_log');
  const lines = join(folder, 'checkpoint-rows.ndjson');
  for (let part = 1; part <= parts; part += 1) {
    const some = rows.filter((_, index) => index % parts === part - 1);
    await writeFile(lines, some.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const name =
      parts === 1 ? '' : `.${String(part).padStart(10, '0')}.${String(parts).padStart(10, '0')}`;
    await queryRows(
      `COPY (SELECT * FROM read_json('${lines}', format = 'newline_delimited', columns = {
         txn: 'STRUCT(appId VARCHAR, version BIGINT)',
         add: 'STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT, modificationTime BIGINT, dataChange BOOLEAN, stats VARCHAR)',
         metaData: 'STRUCT(id VARCHAR, name VARCHAR, format STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)), schemaString VARCHAR, partitionColumns VARCHAR[], configuration MAP(VARCHAR, VARCHAR), createdTime BIGINT)',
         protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER)'}))
       TO '${join(folder, `${pad(version)}.checkpoint${name}.parquet`)}' (FORMAT parquet)`,
    );
  }
  await rm(lines);
  for (let at = 0; at <= version; at += 1) await rm(entryPath(table, at));
  await writeFile(join(folder, '_last_checkpoint'), JSON.stringify({ version, size: rows.length }));
  return version;
}
