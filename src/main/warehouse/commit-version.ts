import { highestOf } from '../../preload/contract/extent';
import { APP_NAME, APP_VERSION } from '../base/app-info';
import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { moveIntoPlace, replaceFile, temporaryBeside } from '../base/durable-file';
import { assignKeys } from './assign-keys';
import { type Changes, compareRows } from './compare-rows';
import { createTables } from './create-tables';
import type { Action } from './delta-actions';
import { commitText, damagedTables, readLog, type TableVersion, versionAfter } from './delta-log';
import { writeLastCheck } from './last-check';
import { removeLeftovers } from './leftovers';
import { commitBoth, finishPendingCommit, readPendingCommit } from './pending-commit';
import { loadDataset, publishedVersion, writeDataset } from './publish';
import { StagedFiles } from './staged-files';
import { IDENTITIES, POKEMON, tableActions } from './table-actions';
import { vacuum } from './vacuum';
import { type VersionMetadata, versionMetadata } from './version-metadata';

export interface CommitInput {
  source: string | null;
  gathered_at: string | null;
  games: readonly string[] | 'all';
  listed: number;
  /** Rows of `next_rows`. */
  rows: number;
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

/** Both tables' versions; the last is the current one. They have the same version numbers. */
interface Logs {
  pokemon: TableVersion[];
  identities: TableVersion[];
}

/**
 * Makes `next_rows` the current version: compares it with the last one, writes what changed to
 * both tables and the feed, commits, publishes pokemon.parquet and drops versions beyond
 * `keepVersions`. Where nothing changed, only a publish that a crash prevented is made good.
 * The caller holds the writer's lock.
 *
 * Version 0 is the empty table, 1 the first refresh.
 */
export async function commitVersion(
  database: Database,
  paths: DataPaths,
  input: CommitInput,
): Promise<CommitResult> {
  await removeLeftovers(paths);
  await finishPendingCommit(paths);
  const logs = await readOrCreate(paths);
  const pokemon = current(logs.pokemon);
  const identities = current(logs.identities);
  await loadDataset(database, paths, 'prev', pokemon, identities);

  const changes = await compareRows(database);
  const { inserted, updated, deleted } = changes;
  if (inserted + updated + deleted === 0) {
    const published = await republish(database, paths, pokemon);
    const { source, gathered_at } = input;
    if (source !== null && gathered_at !== null) {
      await writeLastCheck(paths.lastCheck, { version: pokemon.version, source, gathered_at });
    }
    return { version: null, inserted: 0, updated: 0, deleted: 0, published };
  }

  await assignKeys(database, changes.insertedIds);
  const version = pokemon.version + 1;
  const metadata: VersionMetadata = {
    source: input.source,
    gathered_at: input.gathered_at,
    games: input.games === 'all' ? 'all' : [...input.games],
    listed: input.listed,
    rows: input.rows,
    inserted,
    updated,
    deleted,
    app_version: APP_VERSION,
  };
  const staged = new StagedFiles();
  const parquet = temporaryBeside(paths.parquet);
  try {
    const actions = await writeVersion(
      database,
      paths,
      staged,
      { pokemon, identities },
      changes,
      metadata,
    );
    // Written before the decision: from there on nothing can fail that a full disk makes fail.
    staged.add(parquet);
    await writeDataset(database, parquet, 'next_rows', version, metadata);
    await staged.sync();
    await commitBoth(paths, {
      version,
      pokemon: commitText(actions.pokemon),
      identities: commitText(actions.identities),
    });
    logs.pokemon.push(versionAfter(pokemon, actions.pokemon));
    logs.identities.push(versionAfter(identities, actions.identities));
  } catch (error) {
    // A decided commit needs its files: the next writer finishes it.
    if ((await readPendingCommit(paths)) === null) await staged.discard();
    throw error;
  }
  await moveIntoPlace(parquet, paths.parquet);
  await vacuum(paths.pokemonTable, logs.pokemon, input.keepVersions);
  await vacuum(paths.identitiesTable, logs.identities, input.keepVersions);
  return { version, inserted, updated, deleted, published: true };
}

async function readOrCreate(paths: DataPaths): Promise<Logs> {
  const logs = await readLogs(paths);
  if (logs.pokemon.length !== logs.identities.length) {
    const place = (log: readonly TableVersion[]) =>
      log.length === 0 ? 'none' : `version ${log.length - 1}`;
    throw damagedTables(
      `pokemon is at ${place(logs.pokemon)}, identities at ${place(logs.identities)}; this app writes both together`,
    );
  }
  if (logs.pokemon.length > 0) return logs;
  await createTables(paths);
  return readLogs(paths);
}

async function readLogs(paths: DataPaths): Promise<Logs> {
  const [pokemon, identities] = await Promise.all([
    readLog(paths.pokemonTable),
    readLog(paths.identitiesTable),
  ]);
  return { pokemon, identities };
}

function current(log: readonly TableVersion[]): TableVersion {
  const last = log.at(-1);
  if (last === undefined) throw new Error('a table that was just made has no version');
  return last;
}

async function republish(
  database: Database,
  paths: DataPaths,
  pokemon: TableVersion,
): Promise<boolean> {
  const metadata = versionMetadata(pokemon);
  if (metadata === null || (await publishedVersion(database, paths)) === pokemon.version) {
    return false;
  }
  await replaceFile(paths.parquet, (temporary) =>
    writeDataset(database, temporary, 'prev', pokemon.version, metadata),
  );
  return true;
}

/** Stages both tables' new files and tells their commits. */
async function writeVersion(
  database: Database,
  paths: DataPaths,
  staged: StagedFiles,
  previous: { pokemon: TableVersion; identities: TableVersion },
  changes: Changes,
  metadata: VersionMetadata,
): Promise<{ pokemon: Action[]; identities: Action[] }> {
  const timestamp = nextTimestamp(previous.pokemon, previous.identities);
  const membership = changes.inserted + changes.deleted > 0;
  const { pokemonTable, identitiesTable } = paths;
  const pokemon =
    membership || changes.working > 0
      ? await tableActions(database, staged, pokemonTable, POKEMON, previous.pokemon, timestamp)
      : [];
  const identities =
    membership || changes.identity > 0
      ? await tableActions(
          database,
          staged,
          identitiesTable,
          IDENTITIES,
          previous.identities,
          timestamp,
        )
      : [];
  const userMetadata = JSON.stringify(metadata);
  return {
    pokemon: [commitInfo(timestamp, changes, changes.working, userMetadata), ...pokemon],
    identities: [commitInfo(timestamp, changes, changes.identity), ...identities],
  };
}

function commitInfo(
  timestamp: number,
  changes: Changes,
  updated: number,
  userMetadata?: string,
): Action {
  return {
    commitInfo: {
      timestamp,
      operation: 'MERGE',
      operationParameters: { predicate: 'source.id = target.id' },
      operationMetrics: {
        numTargetRowsInserted: String(changes.inserted),
        numTargetRowsUpdated: String(updated),
        numTargetRowsDeleted: String(changes.deleted),
      },
      isBlindAppend: false,
      engineInfo: `${APP_NAME}/${APP_VERSION}`,
      ...(userMetadata === undefined ? {} : { userMetadata }),
    },
  };
}

/** Commit times never go back, also where the machine's clock did. */
function nextTimestamp(...versions: TableVersion[]): number {
  const last = highestOf(
    versions.map((version) => version.info.timestamp ?? 0),
    0,
  );
  return Math.max(Date.now(), last + 1);
}
