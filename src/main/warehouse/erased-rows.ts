import { COLUMN_NAMES } from '../../preload/contract/dataset';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName, quotedText } from '../base/duckdb';
import { type ErasedRow, readErasedRows } from '../base/erased-subjects';
import { IDENTITY_COLUMNS } from './table-schemas';

/**
 * A query for the lookup and, for every erased subject that it does not have any more, a row of what
 * stands in its place: so the working data keeps its rows.
 */
export async function withErasedRows(paths: DataPaths, lookup: string): Promise<string> {
  const rows = await readErasedRows(paths);
  if (rows.length === 0) return lookup;
  const names = IDENTITY_COLUMNS.map(({ name }) => quotedName(name)).join(', ');
  return `SELECT ${names} FROM (${lookup}) UNION ALL
    SELECT ${names} FROM (${erasedRowsSql(rows)}) ANTI JOIN (${lookup}) USING (pokemon_key)`;
}

/** Columns of the lookup, without a salt. */
function erasedRowsSql(rows: readonly ErasedRow[]): string {
  const values = rows.map(
    ({ pokemon_key, id, name }) => `(${quotedText(pokemon_key)}, ${id}, ${quotedText(name)})`,
  );
  const columns = IDENTITY_COLUMNS.map(({ name, type }) => {
    const value = STANDS_FOR[name] ?? 'NULL';
    return `(${value})::${type} AS ${quotedName(name)}`;
  });
  return `SELECT ${columns.join(', ')} FROM (VALUES ${values.join(', ')}) e(pokemon_key, id, name)`;
}

/** Columns that always have a value; of the others nothing is left. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  pokemon_key: 'e.pokemon_key',
  id: 'e.id',
  name: 'e.name',
  species: 'e.name',
};

/**
 * Adds to `next_rows` what `prev` holds of erased subjects, as far as it is of the games: no document
 * tells of it any more. Resolves to how many there are.
 */
export async function keepErasedRows(
  database: Database,
  paths: DataPaths,
  games: readonly string[] | 'all',
): Promise<number> {
  const rows = await readErasedRows(paths);
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id).join(', ');
  const list = games === 'all' ? '' : games.map(quotedText).join(', ');
  const inScope = games === 'all' ? 'true' : `list_has_any(games, [${list}]::VARCHAR[])`;
  // A commit that is tried again has them already.
  await database.run(`DELETE FROM next_rows WHERE id IN (${ids})`);
  await database.run(
    `INSERT INTO next_rows BY NAME
     SELECT ${COLUMN_NAMES.map(quotedName).join(', ')} FROM prev
     WHERE id IN (${ids}) AND ${inScope}`,
  );
  const { n } = await database.row<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM next_rows WHERE id IN (${ids})`,
  );
  return n;
}
