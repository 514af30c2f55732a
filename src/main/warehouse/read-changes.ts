import { AppError } from '../../preload/contract/errors';
import { type ColumnName, DATASET_COLUMNS } from '../../preload/contract/dataset';
import type { ChangeEntry } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import type { TableVersion } from './delta-log';
import { filePath, loadVersion } from './load-version';
import { isKept, readBothLogs, timestampOf } from './read-history';
import { IDENTITY_COLUMNS, POKEMON_COLUMNS } from './table-schemas';

const WORKING: ColumnName[] = DATASET_COLUMNS.filter((column) => !column.identity).map(
  (column) => column.name,
);
const IDENTITY: ColumnName[] = DATASET_COLUMNS.filter(
  (column) => column.identity && column.name !== 'id',
).map((column) => column.name);

/**
 * Field-level changes of versions `from` to `to`, both included, by version, id and column.
 * Working columns come from the change feed of tables/pokemon, identity columns from the
 * versions of tables/identities. By default all kept versions.
 *
 * Throws `no-data`, or `version-not-kept` for a version that is unknown or was vacuumed.
 */
export async function readChanges(
  database: Database,
  paths: DataPaths,
  range: { from?: number | undefined; to?: number | undefined },
): Promise<ChangeEntry[]> {
  const { pokemon, identities } = await readBothLogs(paths);
  const newest = pokemon.length - 1;
  const to = range.to ?? newest;
  const from = range.from ?? (await oldestWithChanges(paths, pokemon, identities));
  for (const version of [from, to]) {
    if (version < 0 || version > newest) {
      throw new AppError('version-not-kept', `There is no version ${version}.`, {
        hint: `Versions go from 1 to ${newest}.`,
      });
    }
  }
  const entries: ChangeEntry[][] = [];
  for (let version = Math.max(1, from); version <= to; version += 1) {
    const gone = await missingFor(paths, pokemon, identities, version);
    if (gone !== null) throw notKept(version, gone);
    entries.push(await versionChanges(database, paths, pokemon, identities, version));
  }
  return entries.flat();
}

function notKept(version: number, gone: number): AppError {
  const what =
    version === gone
      ? `Version ${version} is no longer kept.`
      : `The changes of version ${version} can no longer be told: version ${gone} is not kept.`;
  return new AppError('version-not-kept', what, {
    hint: 'history lists the versions that are.',
  });
}

/**
 * The version whose files are gone that a version's changes would need: its own, or the one
 * before for its lookup. Null where they can be told.
 */
async function missingFor(
  paths: DataPaths,
  pokemon: TableVersion[],
  identities: TableVersion[],
  version: number,
): Promise<number | null> {
  const current = pokemon[version];
  const before = identities[version - 1];
  if (current === undefined || before === undefined) return version;
  if (!(await isKept(paths, current, identities[version]))) return version;
  const lookupBefore = { ...before, files: new Map(), cdc: [] };
  return (await isKept(paths, lookupBefore, before)) ? null : version - 1;
}

async function oldestWithChanges(
  paths: DataPaths,
  pokemon: TableVersion[],
  identities: TableVersion[],
): Promise<number> {
  let oldest = pokemon.length - 1;
  while (oldest > 1 && (await missingFor(paths, pokemon, identities, oldest - 1)) === null) {
    oldest -= 1;
  }
  return oldest;
}

interface FeedRow {
  change: ChangeEntry['change'];
  id: number;
  name: string;
  column: string | null;
  before: unknown;
  after: unknown;
}

async function versionChanges(
  database: Database,
  paths: DataPaths,
  pokemon: TableVersion[],
  identities: TableVersion[],
  version: number,
): Promise<ChangeEntry[]> {
  const current = pokemon[version];
  if (current === undefined) return [];
  const lookup = (name: string, of: TableVersion | undefined) =>
    loadVersion(database, name, paths.identitiesTable, IDENTITY_COLUMNS, of);
  await lookup('lookup_before', identities[version - 1]);
  await lookup('lookup_after', identities[version]);
  await loadFeed(database, paths, current);

  const membership = await database.rows<FeedRow>(
    `SELECT f._change_type AS change, l.id, l.name, NULL AS column, NULL AS before, NULL AS after
     FROM feed f JOIN (
       SELECT * FROM lookup_after UNION ALL
       SELECT * FROM lookup_before ANTI JOIN lookup_after USING (pokemon_key)
     ) l USING (pokemon_key)
     WHERE f._change_type IN ('insert', 'delete')`,
  );
  const working = await fieldChanges(
    database,
    WORKING,
    `(SELECT * FROM feed WHERE _change_type = 'update_preimage')`,
    `(SELECT * FROM feed WHERE _change_type = 'update_postimage')`,
  );
  const identity = await fieldChanges(database, IDENTITY, 'lookup_before', 'lookup_after');

  const order = new Map<string | null, number>(
    DATASET_COLUMNS.map((column, index) => [column.name, index]),
  );
  const timestamp = timestampOf(current);
  return [...membership, ...working, ...identity]
    .sort((a, b) => a.id - b.id || (order.get(a.column) ?? -1) - (order.get(b.column) ?? -1))
    .map((row) => ({ version, timestamp, ...row }));
}

async function loadFeed(
  database: Database,
  paths: DataPaths,
  version: TableVersion,
): Promise<void> {
  const files = version.cdc.map((file) => filePath(paths.pokemonTable, file.path));
  const names = POKEMON_COLUMNS.map((column) => quotedName(column.name));
  if (files.length === 0) {
    // A commit without feed files changed nothing here, or only added rows.
    const typed = POKEMON_COLUMNS.map((column) => `${quotedName(column.name)} ${column.type}`);
    await database.run(
      `CREATE OR REPLACE TEMP TABLE feed (${typed.join(', ')}, _change_type VARCHAR)`,
    );
    return;
  }
  await database.run(
    `CREATE OR REPLACE TEMP TABLE feed AS
     SELECT ${names.join(', ')}, _change_type FROM ${scanParquet(files)}`,
  );
}

/** One row a subject and column whose value differs; values keep their own types. */
async function fieldChanges(
  database: Database,
  columns: readonly ColumnName[],
  before: string,
  after: string,
): Promise<FeedRow[]> {
  const selected = columns.flatMap((column) => [
    `b.${quotedName(column)} AS ${quotedName(`before ${column}`)}`,
    `a.${quotedName(column)} AS ${quotedName(`after ${column}`)}`,
    `a.${quotedName(column)} IS DISTINCT FROM b.${quotedName(column)} AS ${quotedName(`differs ${column}`)}`,
  ]);
  const anyDiffers = columns
    .map((column) => `a.${quotedName(column)} IS DISTINCT FROM b.${quotedName(column)}`)
    .join(' OR ');
  const rows = await database.rows<Record<string, unknown> & { id: number; name: string }>(
    `SELECT l.id AS id, l.name AS name, ${selected.join(', ')}
     FROM ${before} b JOIN ${after} a USING (pokemon_key)
     JOIN lookup_after l USING (pokemon_key)
     WHERE ${anyDiffers}`,
  );
  return rows.flatMap((row) =>
    columns
      .filter((column) => row[`differs ${column}`] === true)
      .map((column) => ({
        change: 'update' as const,
        id: row.id,
        name: row.name,
        column,
        before: row[`before ${column}`],
        after: row[`after ${column}`],
      })),
  );
}
