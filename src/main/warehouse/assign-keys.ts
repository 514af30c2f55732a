import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { readErasedRows } from '../base/erased-subjects';
import { newSalt, pokemonKey } from './pseudonym';

/**
 * Makes temp table `next`: `next_rows` with each subject's key and salt, those of the lookup
 * (`identities_held`) where it has them, new ones for the rest. A subject also keeps its key where
 * another program deleted its working row. `next_lookup` is what of it the lookup gets: erased subjects
 * have no salt.
 */
export async function assignKeys(database: Database, paths: DataPaths): Promise<void> {
  const erased = await readErasedRows(paths);
  await database.run(
    `CREATE OR REPLACE TEMP TABLE keys AS
     SELECT id, pokemon_key, salt FROM identities_held
     LEFT JOIN (SELECT DISTINCT pokemon_key, true AS working FROM pokemon_held) USING (pokemon_key)
     WHERE id IS NOT NULL AND pokemon_key IS NOT NULL AND salt IS NOT NULL
     QUALIFY row_number() OVER (PARTITION BY id ORDER BY working NULLS LAST, pokemon_key) = 1
       AND count(*) OVER (PARTITION BY pokemon_key) = 1`,
  );
  await database.run(
    `INSERT INTO keys SELECT e.id, e.key, NULL FROM (
       SELECT unnest(from_json_strict($erased, '[{"id":"INTEGER","key":"VARCHAR"}]')) AS e)`,
    { erased: JSON.stringify(erased.map(({ id, pokemon_key }) => ({ id, key: pokemon_key }))) },
  );
  const added = await database.rows<{ id: number }>(
    'SELECT id FROM next_rows ANTI JOIN keys USING (id) ORDER BY id',
  );
  const fresh = added.map(({ id }) => {
    const salt = newSalt();
    return { id, key: pokemonKey(salt, id), salt: salt.toString('hex') };
  });
  await database.run(
    `CREATE OR REPLACE TEMP TABLE next AS
     SELECT * FROM next_rows JOIN (
       SELECT id, pokemon_key, salt FROM keys
       UNION ALL
       SELECT n.id, n.key, unhex(n.salt) FROM (
         SELECT unnest(from_json_strict($fresh,
           '[{"id":"INTEGER","key":"VARCHAR","salt":"VARCHAR"}]')) AS n
       )
     ) USING (id)`,
    { fresh: JSON.stringify(fresh) },
  );
  await database.run(
    'CREATE OR REPLACE TEMP TABLE next_lookup AS SELECT * FROM next WHERE salt IS NOT NULL',
  );
}
