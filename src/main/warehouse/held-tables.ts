import { DATASET_COLUMNS } from '../../preload/contract/dataset';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import type { TableLog, TableVersion } from '../delta/delta-log';
import { NO_TABLE, type Snapshot } from '../delta/snapshot';
import { refuseTable, writingObstacle } from '../delta/table-features';
import { filesThere, loadSnapshot } from '../delta/table-rows';
import { withErasedRows } from './erased-rows';
import type { Tables } from './read-tables';
import { IDENTITIES, POKEMON, type TableKind, tablePath } from './table-kinds';

/** One of the two tables as it is found before a commit. */
export interface HeldTable {
  kind: TableKind;
  path: string;
  log: TableLog;
  newest: TableVersion | null;
  /** What it holds; null where it is lost: no log, an incomplete log, or missing data files. */
  snapshot: Snapshot | null;
  /** The version to be written next. */
  next: number;
}

export interface HeldTables {
  pokemon: HeldTable;
  identities: HeldTable;
}

/**
 * Makes temp tables of what both tables hold (`pokemon_held`, `identities_held`) and of the dataset
 * they make (`prev`). Where one of them is lost, the last published file counts as the dataset.
 * Throws `table-unsupported` for a table with a feature the app does not write.
 */
export async function loadHeld(
  database: Database,
  paths: DataPaths,
  tables: Tables,
): Promise<HeldTables> {
  const held = {
    pokemon: await holdTable(paths, POKEMON, tables.pokemon),
    identities: await holdTable(paths, IDENTITIES, tables.identities),
  };
  for (const { kind, newest } of Object.values(held)) {
    if (newest?.snapshot) {
      const obstacle = writingObstacle(newest.snapshot, kind.columns, kind.anonymous);
      refuseTable(kind.name, obstacle, 'write');
    }
  }
  for (const { kind, path, snapshot } of Object.values(held)) {
    const rows = snapshot ?? NO_TABLE;
    await loadSnapshot(database, `${kind.name}_held`, path, kind.columns, rows);
  }
  const lost = Object.values(held).some(({ snapshot }) => snapshot === null);
  if (!lost || !(await loadPublished(database, paths))) await joinHeld(database, paths);
  return held;
}

async function holdTable(paths: DataPaths, kind: TableKind, log: TableLog): Promise<HeldTable> {
  const path = tablePath(paths, kind);
  const newest = log.versions.at(-1) ?? null;
  const snapshot = newest?.snapshot ?? null;
  const there = snapshot !== null && (await filesThere(path, snapshot.files.keys()));
  return {
    kind,
    path,
    log,
    newest,
    snapshot: there ? snapshot : null,
    next: newest === null ? 0 : newest.version + 1,
  };
}

/** As `loadDataset` does for a version. */
async function joinHeld(database: Database, paths: DataPaths): Promise<void> {
  const lookup = await withErasedRows(paths, 'SELECT * FROM identities_held');
  await database.run(
    `CREATE OR REPLACE TEMP TABLE prev AS
     SELECT * FROM pokemon_held JOIN (${lookup}) USING (pokemon_key)
     QUALIFY row_number() OVER (PARTITION BY id ORDER BY pokemon_key) = 1`,
  );
}

/** False where pokemon.parquet is not there, or not as the app writes it. */
async function loadPublished(database: Database, paths: DataPaths): Promise<boolean> {
  const columns = DATASET_COLUMNS.map(
    ({ name, type }) => `${quotedName(name)}::${type} AS ${quotedName(name)}`,
  );
  try {
    await database.run(
      `CREATE OR REPLACE TEMP TABLE prev AS
       SELECT ${columns.join(', ')} FROM ${scanParquet([paths.parquet])}`,
    );
    return true;
  } catch (error) {
    if (error instanceof Error && !('code' in error)) return false;
    throw error;
  }
}
