import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import { snapshotRows } from '../delta/table-rows';
import { readableAt } from './load-dataset-at';
import { whileMarked } from './reading-mark';
import { readPublished } from './read-history';
import { IDENTITIES, POKEMON } from './table-kinds';

/**
 * Makes a temp table of the working data at a version, the newest where none is named: under
 * `pokemon_key`, and with the identity columns beside it only where they are asked for. Throws as
 * loadDatasetAt does.
 */
export async function loadKeyedRows(
  database: Database,
  paths: DataPaths,
  version: number | undefined,
  withIdentity: boolean,
): Promise<string> {
  const name = 'keyed_rows';
  await whileMarked(paths, async () => {
    const state = await readableAt(paths, await readPublished(paths), version);
    const working = snapshotRows(paths.pokemonTable, POKEMON.columns, state.pokemon);
    const lookup = snapshotRows(paths.identitiesTable, IDENTITIES.columns, state.identities);
    const rows = withIdentity
      ? `SELECT * EXCLUDE (salt) FROM (${working}) LEFT JOIN (${lookup}) USING (pokemon_key)`
      : working;
    await database.run(
      `CREATE OR REPLACE TEMP TABLE ${quotedName(name)} AS FROM (${rows}) ORDER BY pokemon_key`,
    );
  });
  return name;
}
