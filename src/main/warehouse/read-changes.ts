import { AppError } from '../../preload/contract/errors';
import { type ColumnName, DATASET_COLUMNS } from '../../preload/contract/dataset';
import type { ChangeEntry } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import type { CdcFile } from '../delta/delta-actions';
import type { Snapshot } from '../delta/snapshot';
import { readingObstacle, refuseTable } from '../delta/table-features';
import { filePath, filesThere, loadSnapshot } from '../delta/table-rows';
import { derivedFiles } from './change-files';
import {
  addChangeFiles,
  addChanges,
  changesInTable,
  makeChangeTable,
  writeChangeTable,
} from './change-table';
import { changesOfLoaded, type FieldChange, fieldChanges, stateChanges } from './compare-states';
import { requireReadable, stateOf, stateThere } from './dataset-state';
import type { DatasetVersion, DatasetVersions } from './dataset-versions';
import { withErasedRows } from './erased-rows';
import { loadDatasetAt } from './load-dataset-at';
import { whileMarked } from './reading-mark';
import { readPublished, timestampOf } from './read-history';
import { IDENTITIES } from './table-kinds';
import { IDENTITY_COLUMNS, POKEMON_COLUMNS } from './table-schemas';

const WORKING: ColumnName[] = DATASET_COLUMNS.filter((column) => !column.identity).map(
  (column) => column.name,
);
const IDENTITY: ColumnName[] = DATASET_COLUMNS.filter(
  (column) => column.identity && column.name !== 'id',
).map((column) => column.name);

interface VersionRange {
  from?: number | undefined;
  to?: number | undefined;
}

export interface ToldChanges {
  entries: ChangeEntry[];
  /** Versions whose changes can no longer be listed; none where a range was asked for. */
  untold: number[];
  /** Versions that another program made unreadable for the app; none where a range was asked for. */
  refused: { version: number; reason: string }[];
}

/** The field-level changes alone, see `tellChanges`. */
export async function readChanges(
  database: Database,
  paths: DataPaths,
  range: VersionRange,
): Promise<ChangeEntry[]> {
  return (await tellChanges(database, paths, range)).entries;
}

/**
 * Field-level changes of versions `from` to `to`, both included, by version, id and column. By
 * default of all versions whose changes can still be listed. Where an id is given, of that Pokémon alone.
 *
 * Throws `no-data`; `version-not-kept` where `from` is given and a version is unknown, or neither its
 * file of changes nor the tables' files are there; `table-unsupported` where another program gave a
 * table a feature the app cannot read.
 */
export async function tellChanges(
  database: Database,
  paths: DataPaths,
  { id, ...range }: VersionRange & { id?: number },
): Promise<ToldChanges> {
  const rest = await loadChanges(database, paths, range);
  return { entries: await changesInTable(database, id), ...rest };
}

/** The same as a Parquet file with the columns of `changes`. @param to a path where nothing is yet */
export async function writeChanges(
  database: Database,
  paths: DataPaths,
  range: VersionRange,
  to: string,
): Promise<void> {
  await loadChanges(database, paths, range);
  await writeChangeTable(database, to);
}

/** Makes the connection's table of changes hold those of the range. */
function loadChanges(
  database: Database,
  paths: DataPaths,
  range: VersionRange,
): Promise<Omit<ToldChanges, 'entries'>> {
  return whileMarked(paths, () => loadRange(database, paths, range));
}

async function loadRange(
  database: Database,
  paths: DataPaths,
  range: VersionRange,
): Promise<Omit<ToldChanges, 'entries'>> {
  const { dataset } = await readPublished(paths);
  const newest = dataset.newest?.version ?? 0;
  const { from, to = newest } = range;
  for (const version of [from ?? 1, to]) {
    if (version < 0 || version > newest) {
      throw new AppError('version-not-kept', `There is no version ${version}.`, {
        hint: `Versions go from 1 to ${newest}.`,
      });
    }
  }
  const first = Math.max(1, from ?? 1);
  await makeChangeTable(database);
  const derived = await addChangeFiles(
    database,
    (await derivedFiles(paths, dataset)).filter(({ version }) => version >= first && version <= to),
  );
  const untold: number[] = [];
  const refused: ToldChanges['refused'] = [];
  for (let version = first; version <= to; version += 1) {
    if (derived.has(version)) continue;
    const way = await wayOrRefusal(paths, dataset, version);
    if ('gone' in way) {
      if (from !== undefined) throw notKept(version, way.gone);
      untold.push(version);
    } else if ('refused' in way) {
      if (from !== undefined) throw way.refused;
      refused.push({ version, reason: way.refused.message });
    } else {
      await addChanges(database, dated(dataset.at(version), await way.tell(database)));
    }
  }
  return { untold, refused };
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
 * What is different in a version from an earlier one, or a later: as one step, whatever came between.
 * Throws `no-data`, `version-not-kept` or `table-unsupported`.
 */
export async function readDifferences(
  database: Database,
  paths: DataPaths,
  version: number,
  against: number,
): Promise<ChangeEntry[]> {
  await loadDatasetAt(database, paths, against, 'before_rows');
  await loadDatasetAt(database, paths, version, 'after_rows');
  const { dataset } = await readPublished(paths);
  const order = DATASET_COLUMNS.map(({ name }) => String(name));
  const places = new Map(order.map((name, at) => [name, at]));
  const place = ({ column }: FieldChange) => (column === null ? -1 : (places.get(column) ?? -1));
  const changes = await changesOfLoaded(database);
  return dated(
    dataset.at(version),
    changes.sort((a, b) => a.id - b.id || place(a) - place(b)),
  );
}

export function dated(
  version: DatasetVersion | undefined,
  changes: readonly FieldChange[],
): ChangeEntry[] {
  if (version === undefined) return [];
  // A version whose changes can be listed has a commit, and so a time.
  const timestamp = timestampOf(version) ?? '';
  return changes.map((row) => ({ version: version.version, timestamp, ...row }));
}

type Way =
  { tell(database: Database): Promise<FieldChange[]> } | { gone: number } | { refused: AppError };

/** How to tell a version's changes from the tables, or why that is not possible. */
export async function wayOrRefusal(
  paths: DataPaths,
  versions: DatasetVersions,
  number: number,
): Promise<Way> {
  try {
    return await wayToTell(paths, versions, number);
  } catch (error) {
    if (error instanceof AppError && error.code === 'table-unsupported') return { refused: error };
    throw error;
  }
}

/**
 * How a version's changes can be listed: from the feed and the lookups where the app made it, else by
 * comparing it with the version before. `gone` is the version whose files are missing.
 * Throws `table-unsupported` where the app cannot read them.
 */
async function wayToTell(
  paths: DataPaths,
  versions: DatasetVersions,
  number: number,
): Promise<Way> {
  const version = versions.at(number);
  const before = stateOf(versions.at(number - 1));
  const after = stateOf(version);
  const feed = version?.commit && feedOf(version.commit);
  const lookupBefore = versions.at(number - 1)?.identities?.snapshot ?? null;
  const lookupAfter = version?.identities?.snapshot ?? null;
  if (feed && lookupBefore && lookupAfter) {
    for (const snapshot of [lookupBefore, lookupAfter]) {
      refuseTable(IDENTITIES.name, readingObstacle(snapshot, IDENTITY_COLUMNS), 'read');
    }
    const there = await Promise.all([
      filesThere(paths.identitiesTable, lookupBefore.files.keys()),
      filesThere(paths.identitiesTable, lookupAfter.files.keys()),
      filesThere(
        paths.pokemonTable,
        feed.map(({ path }) => path),
      ),
    ]);
    if (there.every(Boolean)) {
      return { tell: (database) => feedChanges(database, paths, feed, lookupBefore, lookupAfter) };
    }
  }
  if (after === null || !(await stateThere(paths, after))) return { gone: number };
  if (before === null || !(await stateThere(paths, before))) return { gone: number - 1 };
  requireReadable(before);
  requireReadable(after);
  return { tell: (database) => stateChanges(database, paths, before, after) };
}

/** The files of the feed; null where there is none although rows changed. */
function feedOf(commit: NonNullable<DatasetVersion['commit']>): readonly CdcFile[] | null {
  return commit.cdc.length > 0 || !commit.changesRows ? commit.cdc : null;
}

/**
 * Working columns come from the change feed of tables/pokemon, identity columns from the versions
 * of tables/identities.
 */
async function feedChanges(
  database: Database,
  paths: DataPaths,
  feed: readonly CdcFile[],
  lookupBefore: Snapshot,
  lookupAfter: Snapshot,
): Promise<FieldChange[]> {
  const lookup = async (name: string, of: Snapshot) => {
    await loadSnapshot(database, name, paths.identitiesTable, IDENTITY_COLUMNS, of);
    // Another program may have put a row there twice.
    await database.run(
      `CREATE OR REPLACE TEMP TABLE ${quotedName(name)} AS
       SELECT DISTINCT ON (pokemon_key) * FROM (${await withErasedRows(paths, `SELECT * FROM ${quotedName(name)}`)})`,
    );
  };
  await lookup('lookup_before', lookupBefore);
  await lookup('lookup_after', lookupAfter);
  await loadFeed(database, paths, feed);
  const membership = await database.rows<FieldChange & Record<string, unknown>>(
    `SELECT f._change_type AS change, l.id, l.name, NULL AS column, NULL AS before, NULL AS after
     FROM feed f JOIN (
       SELECT * FROM lookup_after UNION ALL
       SELECT * FROM lookup_before ANTI JOIN lookup_after USING (pokemon_key)
     ) l USING (pokemon_key)
     WHERE f._change_type IN ('insert', 'delete')`,
  );
  const subject = 'l.id AS id, l.name AS name';
  const working = await fieldChanges(
    database,
    WORKING,
    `(SELECT * FROM feed WHERE _change_type = 'update_preimage') b
     JOIN (SELECT * FROM feed WHERE _change_type = 'update_postimage') a USING (pokemon_key)
     JOIN lookup_after l USING (pokemon_key)`,
    subject,
  );
  const identity = await fieldChanges(
    database,
    IDENTITY,
    `lookup_before b JOIN lookup_after a USING (pokemon_key)
     JOIN lookup_after l USING (pokemon_key)`,
    subject,
  );
  return [...membership, ...working, ...identity];
}

async function loadFeed(
  database: Database,
  paths: DataPaths,
  feed: readonly CdcFile[],
): Promise<void> {
  const files = feed.map((file) => filePath(paths.pokemonTable, file.path));
  if (files.length === 0) {
    // A commit without feed files changed nothing here.
    const typed = POKEMON_COLUMNS.map((column) => `${quotedName(column.name)} ${column.type}`);
    await database.run(
      `CREATE OR REPLACE TEMP TABLE feed (${typed.join(', ')}, _change_type VARCHAR)`,
    );
    return;
  }
  const names = POKEMON_COLUMNS.map((column) => quotedName(column.name));
  await database.run(
    `CREATE OR REPLACE TEMP TABLE feed AS
     SELECT ${names.join(', ')}, _change_type FROM ${scanParquet(files)}`,
  );
}
