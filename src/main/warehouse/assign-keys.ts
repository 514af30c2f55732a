import type { Database } from '../base/duckdb';
import { newSalt, pokemonKey } from './pseudonym';

/**
 * Makes temp table `next`: `next_rows` with each subject's key and salt, those of `prev` where
 * it has them, new ones for the inserted.
 */
export async function assignKeys(
  database: Database,
  insertedIds: readonly number[],
): Promise<void> {
  const fresh = insertedIds.map((id) => {
    const salt = newSalt();
    return { id, key: pokemonKey(salt, id), salt: salt.toString('hex') };
  });
  await database.run(
    `CREATE OR REPLACE TEMP TABLE next AS
     SELECT * FROM next_rows JOIN (
       SELECT id, pokemon_key, salt FROM prev
       UNION ALL
       SELECT n.id, n.key, unhex(n.salt) FROM (
         SELECT unnest(from_json_strict($fresh,
           '[{"id":"INTEGER","key":"VARCHAR","salt":"VARCHAR"}]')) AS n
       )
     ) USING (id)`,
    { fresh: JSON.stringify(fresh) },
  );
}
