import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { dataPaths } from '../../src/main/base/data-folder';
import { deltaRows, type DeltaVersion, replayDelta } from './delta-replay';
import { type ParquetRow, parquetProvenance, parquetRows } from './parquet-rows';

/** One version of the dataset: its number and its rows as text, to be compared with others. */
interface Snapshot {
  version: number;
  rows: number;
  content: string;
}

export interface PublishedState {
  /** What pokemon.parquet holds; null where it is missing. */
  parquet: Snapshot | null;
  /** Both tables joined at the last version that both have; null where there are no tables. */
  tables: Snapshot | null;
}

/** What a data folder holds, read by the independent replayer. Throws where anything is not whole. */
export async function publishedState(data: string): Promise<PublishedState> {
  const paths = dataPaths(data);
  return {
    parquet: (await exists(paths.parquet)) ? await parquetSnapshot(paths.parquet) : null,
    tables: await tablesSnapshot(paths.pokemonTable, paths.identitiesTable),
  };
}

async function parquetSnapshot(path: string): Promise<Snapshot> {
  const { version } = await parquetProvenance(path);
  return snapshot(Number(version), await parquetRows(path));
}

async function tablesSnapshot(
  pokemonTable: string,
  identitiesTable: string,
): Promise<Snapshot | null> {
  const [pokemon, identities] = [await versionsOf(pokemonTable), await versionsOf(identitiesTable)];
  const common = Math.min(pokemon.at(-1)?.version ?? -1, identities.at(-1)?.version ?? -1);
  const [working, lookup] = [pokemon, identities].map((versions) =>
    versions.find(({ version }) => version === common),
  );
  if (working === undefined || lookup === undefined) return null;
  const subjects = new Map(
    (await deltaRows(identitiesTable, lookup)).map((row) => [row['pokemon_key'], row]),
  );
  const rows = (await deltaRows(pokemonTable, working)).map((row) =>
    without(['pokemon_key', 'salt'], { ...row, ...subjects.get(row['pokemon_key']) }),
  );
  if (rows.length !== subjects.size) throw new Error('the tables hold different subjects');
  return snapshot(common, rows);
}

function without(columns: readonly string[], row: ParquetRow): ParquetRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name)));
}

async function versionsOf(table: string): Promise<DeltaVersion[]> {
  return (await exists(join(table, '_delta_log'))) ? replayDelta(table) : [];
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Rows as one text: by id, columns by name. */
function snapshot(version: number, rows: readonly ParquetRow[]): Snapshot {
  const lines = [...rows]
    .sort((a, b) => Number(a['id']) - Number(b['id']))
    .map((row) =>
      JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))),
    );
  return { version, rows: rows.length, content: lines.join('\n') };
}
