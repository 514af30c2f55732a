import { DATASET_COLUMNS } from '../../preload/contract/dataset';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import type { Snapshot } from '../delta/snapshot';
import { readingObstacle, refuseTable } from '../delta/table-features';
import { filesThere, snapshotRows } from '../delta/table-rows';
import type { DatasetVersion } from './dataset-versions';
import { withErasedRows } from './erased-rows';
import { IDENTITIES, KINDS, POKEMON, tablePath } from './table-kinds';

/** Both tables at one version of the dataset. */
export interface DatasetState {
  pokemon: Snapshot;
  identities: Snapshot;
}

/** Null where the logs no longer tell it. */
export function stateOf(version: DatasetVersion | undefined): DatasetState | null {
  const [pokemon, identities] = [version?.pokemon?.snapshot, version?.identities?.snapshot];
  return pokemon && identities ? { pokemon, identities } : null;
}

/** True while every data file of it is still there. */
export async function stateThere(paths: DataPaths, state: DatasetState): Promise<boolean> {
  const there = await Promise.all(
    KINDS.map((kind) => filesThere(tablePath(paths, kind), state[kind.name].files.keys())),
  );
  return there.every(Boolean);
}

/** Whether the app knows everything that the tables ask of a reader. */
export function isReadable(state: DatasetState): boolean {
  return KINDS.every((kind) => readingObstacle(state[kind.name], kind.columns) === null);
}

/** Throws `table-unsupported` naming the table and what it requires of a reader. */
export function requireReadable(state: DatasetState): void {
  for (const kind of KINDS) {
    refuseTable(kind.name, readingObstacle(state[kind.name], kind.columns), 'read');
  }
}

/**
 * Makes temp table `name` hold the dataset: both tables joined, one row per id. Working rows whose
 * identity is gone belong to no subject and are left out, but for those of subjects erased here.
 */
export async function loadDataset(
  database: Database,
  paths: DataPaths,
  name: string,
  state: DatasetState,
): Promise<void> {
  const working = snapshotRows(paths.pokemonTable, POKEMON.columns, state.pokemon);
  const lookup = await withErasedRows(
    paths,
    snapshotRows(paths.identitiesTable, IDENTITIES.columns, state.identities),
  );
  await database.run(
    `CREATE OR REPLACE TEMP TABLE ${quotedName(name)} AS
     SELECT * FROM (${working}) JOIN (${lookup}) USING (pokemon_key)
     QUALIFY row_number() OVER (PARTITION BY id ORDER BY pokemon_key) = 1`,
  );
}

/** SQL for whether two rows (of aliases `b` and `a`) differ in a column of the dataset. */
export function anyDiffers(columns: readonly string[]): string {
  return columns
    .map((column) => `a.${quotedName(column)} IS DISTINCT FROM b.${quotedName(column)}`)
    .join(' OR ');
}

/** The dataset's columns except the number, by which rows are matched. */
export const VALUE_COLUMNS = DATASET_COLUMNS.map(({ name }) => name).filter(
  (name) => name !== 'id',
);
