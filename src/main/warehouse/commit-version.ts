import { randomUUID } from 'node:crypto';
import { DATASET_COLUMNS } from '../../preload/contract/dataset';
import { APP_NAME, APP_VERSION } from '../base/app-info';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import type { Action } from './delta-actions';
import { commitText, readLog, type TableVersion } from './delta-log';
import { commitBoth, finishPendingCommit } from './pending-commit';
import { newSalt, pokemonKey } from './pseudonym';
import { loadDataset, publish, publishedVersion } from './publish';
import {
  IDENTITY_COLUMNS,
  POKEMON_COLUMNS,
  schemaString,
  type StoredColumn,
} from './table-schemas';
import { vacuum } from './vacuum';
import { type VersionMetadata, versionMetadata } from './version-metadata';
import { writeChangeFile, writeDataFile } from './write-files';

export interface CommitInput {
  source: string | null;
  gathered_at: string | null;
  games: readonly string[] | 'all';
  listed: number;
  /** Versions kept readable. */
  keepVersions: number;
}

export interface CommitResult {
  /** Null where the rows are those of the current version. */
  version: number | null;
  inserted: number;
  updated: number;
  deleted: number;
  published: boolean;
}

interface Counts {
  inserted: number;
  updated: number;
  deleted: number;
  /** Of the updated, those whose working columns changed; the others only by identity. */
  working: number;
  identity: number;
}

/** What differs between the two tables in how they are written. */
interface TableKind {
  columns: readonly StoredColumn[];
  /** Whether its columns may show in the log and in a change feed. */
  anonymous: boolean;
}

const POKEMON: TableKind = { columns: POKEMON_COLUMNS, anonymous: true };
const IDENTITIES: TableKind = { columns: IDENTITY_COLUMNS, anonymous: false };

/**
 * Makes `next_rows` the current version: compares it with the last one, writes what changed to
 * both tables and the feed, commits, publishes pokemon.parquet and drops versions beyond
 * `keepVersions`. Where nothing changed, only a publish that a crash prevented is made good.
 * The caller holds the writer's lock.
 *
 * Both tables have the same version numbers: 0 is the empty table, 1 the first refresh.
 */
export async function commitVersion(
  database: Database,
  paths: DataPaths,
  input: CommitInput,
): Promise<CommitResult> {
  await finishPendingCommit(paths);
  await createTables(paths);
  const pokemon = await readLog(paths.pokemonTable);
  const identities = await readLog(paths.identitiesTable);
  await loadDataset(database, paths, 'prev', pokemon.at(-1), identities.at(-1));

  const counts = await compare(database);
  const unchanged = counts.inserted + counts.updated + counts.deleted === 0;
  const current = pokemon.length - 1;
  if (unchanged) {
    const republished = await republish(database, paths, current, pokemon.at(-1));
    return { version: null, inserted: 0, updated: 0, deleted: 0, published: republished };
  }

  await assignKeys(database);
  const version = pokemon.length;
  const metadata: VersionMetadata = {
    source: input.source,
    gathered_at: input.gathered_at,
    games: input.games === 'all' ? 'all' : [...input.games],
    listed: input.listed,
    rows: await countRows(database, 'next_rows'),
    inserted: counts.inserted,
    updated: counts.updated,
    deleted: counts.deleted,
    app_version: APP_VERSION,
  };
  const membership = counts.inserted + counts.deleted > 0;
  const timestamp = nextTimestamp(pokemon.at(-1), identities.at(-1));
  const pokemonActions = await tableActions(
    database,
    paths.pokemonTable,
    POKEMON,
    pokemon.at(-1),
    membership || counts.working > 0,
    timestamp,
  );
  const identityActions = await tableActions(
    database,
    paths.identitiesTable,
    IDENTITIES,
    identities.at(-1),
    membership || counts.identity > 0,
    timestamp,
  );
  const userMetadata = JSON.stringify(metadata);
  await commitBoth(paths, {
    version,
    pokemon: commitText([commitInfo(timestamp, counts, userMetadata), ...pokemonActions]),
    identities: commitText([commitInfo(timestamp, counts), ...identityActions]),
  });
  await publish(database, paths, 'next_rows', version, metadata);
  await vacuum(paths, input.keepVersions);
  return {
    version,
    inserted: counts.inserted,
    updated: counts.updated,
    deleted: counts.deleted,
    published: true,
  };
}

async function republish(
  database: Database,
  paths: DataPaths,
  current: number,
  version: TableVersion | undefined,
): Promise<boolean> {
  const metadata = version === undefined ? null : versionMetadata(version);
  if (metadata === null || (await publishedVersion(database, paths)) === current) return false;
  await publish(database, paths, 'prev', current, metadata);
  return true;
}

/** Version 0 of both tables: protocol and schema, no rows. */
async function createTables(paths: DataPaths): Promise<void> {
  const [pokemon, identities] = await Promise.all([
    readLog(paths.pokemonTable),
    readLog(paths.identitiesTable),
  ]);
  if (pokemon.length > 0 && identities.length > 0) return;
  const timestamp = Date.now();
  await commitBoth(paths, {
    version: 0,
    pokemon: creationText(POKEMON, timestamp, { 'delta.enableChangeDataFeed': 'true' }),
    identities: creationText(IDENTITIES, timestamp, {}),
  });
}

function creationText(
  kind: TableKind,
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
    { protocol: { minReaderVersion: 1, minWriterVersion: 4 } },
    {
      metaData: {
        id: randomUUID(),
        format: { provider: 'parquet', options: {} },
        schemaString: schemaString(kind.columns),
        partitionColumns: [],
        configuration,
        createdTime: timestamp,
      },
    },
  ]);
}

function commitInfo(timestamp: number, counts: Counts, userMetadata?: string): Action {
  return {
    commitInfo: {
      timestamp,
      operation: 'MERGE',
      operationParameters: { predicate: 'source.id = target.id' },
      operationMetrics: {
        numTargetRowsInserted: String(counts.inserted),
        numTargetRowsUpdated: String(counts.updated),
        numTargetRowsDeleted: String(counts.deleted),
      },
      isBlindAppend: false,
      engineInfo: `${APP_NAME}/${APP_VERSION}`,
      ...(userMetadata === undefined ? {} : { userMetadata }),
    },
  };
}

/** Commit times never go back, also where the machine's clock did. */
function nextTimestamp(...versions: (TableVersion | undefined)[]): number {
  const last = Math.max(0, ...versions.map((version) => version?.info.timestamp ?? 0));
  return Math.max(Date.now(), last + 1);
}

function differs(identity: boolean): string {
  const columns = DATASET_COLUMNS.filter(
    (column) => column.identity === identity && column.name !== 'id',
  );
  const side = (alias: string) =>
    `ROW(${columns.map((column) => `${alias}.${quotedName(column.name)}`).join(', ')})`;
  return `${side('n')} IS DISTINCT FROM ${side('p')}`;
}

/** Makes temp table `changed`: one row a subject that is inserted, updated or deleted. */
async function compare(database: Database): Promise<Counts> {
  await database.run(
    `CREATE OR REPLACE TEMP TABLE changed AS
     SELECT * FROM (
       SELECT
         coalesce(n.id, p.id) AS id,
         CASE WHEN p.id IS NULL THEN 'insert' WHEN n.id IS NULL THEN 'delete' ELSE 'update' END
           AS change,
         n.id IS NOT NULL AND p.id IS NOT NULL AND ${differs(false)} AS working,
         n.id IS NOT NULL AND p.id IS NOT NULL AND ${differs(true)} AS identity
       FROM next_rows n FULL JOIN prev p ON n.id = p.id
     ) WHERE change <> 'update' OR working OR identity`,
  );
  return database.row<Counts>(
    `SELECT
       count(*) FILTER (change = 'insert')::INTEGER AS inserted,
       count(*) FILTER (change = 'update')::INTEGER AS updated,
       count(*) FILTER (change = 'delete')::INTEGER AS deleted,
       count(*) FILTER (working)::INTEGER AS working,
       count(*) FILTER (identity)::INTEGER AS identity
     FROM changed`,
  );
}

/** Makes temp table `next`: `next_rows` with each subject's key and salt, new ones for the new. */
async function assignKeys(database: Database): Promise<void> {
  const subjects = await database.rows<{ id: number }>(
    `SELECT id FROM changed WHERE change = 'insert' ORDER BY id`,
  );
  await database.run('CREATE OR REPLACE TEMP TABLE keys AS SELECT id, pokemon_key, salt FROM prev');
  const rows = subjects.map(({ id }) => {
    const salt = newSalt();
    return { id, key: pokemonKey(salt, id), salt: salt.toString('hex') };
  });
  if (rows.length > 0) {
    // Values are hex digits and integers made above; thousands of bound values would be slower.
    const values = rows.map((row) => `(${row.id}, '${row.key}', unhex('${row.salt}'))`);
    await database.run(`INSERT INTO keys VALUES ${values.join(', ')}`);
  }
  await database.run(
    'CREATE OR REPLACE TEMP TABLE next AS SELECT * FROM next_rows JOIN keys USING (id) ORDER BY id',
  );
}

async function countRows(database: Database, table: string): Promise<number> {
  const { n } = await database.row<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM ${quotedName(table)}`,
  );
  return n;
}

/** Writes a table's new files and tells the actions that put them in the old ones' place. */
async function tableActions(
  database: Database,
  table: string,
  kind: TableKind,
  previous: TableVersion | undefined,
  changed: boolean,
  timestamp: number,
): Promise<Action[]> {
  if (!changed) return [];
  const removes: Action[] = [...(previous?.files.values() ?? [])].map((file) => ({
    remove: {
      path: file.path,
      deletionTimestamp: timestamp,
      dataChange: true,
      extendedFileMetadata: true,
      partitionValues: {},
      size: file.size,
    },
  }));
  const add = await writeDataFile(database, table, 'next', kind.columns, kind.anonymous);
  const actions: Action[] = [...removes, { add }];
  if (kind.anonymous) {
    actions.push({ cdc: await writeChangeFile(database, table, changeRows(kind.columns)) });
  }
  return actions;
}

/** The change feed's rows. Source: PROTOCOL.md of delta-io/delta, “Change Data Files”. */
function changeRows(columns: readonly StoredColumn[]): string {
  const names = columns.map((column) => quotedName(column.name)).join(', ');
  const side = (type: string, table: string, where: string) =>
    `SELECT ${names}, '${type}' AS _change_type FROM ${table} JOIN changed USING (id) WHERE ${where}`;
  return `SELECT * FROM (${[
    side('insert', 'next', `change = 'insert'`),
    side('update_preimage', 'prev', `change = 'update' AND working`),
    side('update_postimage', 'next', `change = 'update' AND working`),
    side('delete', 'prev', `change = 'delete'`),
  ].join(' UNION ALL ')}) ORDER BY pokemon_key, _change_type DESC`;
}
