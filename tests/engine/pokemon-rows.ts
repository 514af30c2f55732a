import type { NamedScan, Opening } from '../../src/main/engine/engine-messages';
import { join } from 'node:path';
import { type ColumnName, DATASET_COLUMNS } from '../../src/preload/contract/dataset';
import { Database, quotedName, quotedText } from '../../src/main/base/duckdb';
import { writeFile } from 'node:fs/promises';

/** One row of the dataset as plain values, column by column. */
export type PokemonRow = Record<ColumnName, string | number | boolean | null | string[]>;

/** A whole row, plain unless `parts` say otherwise. */
export function pokemonRow(parts: Partial<PokemonRow> & { id: number; name: string }): PokemonRow {
  return {
    base_experience: 64,
    weight: 69,
    height: 7,
    order: parts.id,
    type_1: 'grass',
    type_2: 'poison',
    bmi: 14.081632653061224,
    sprite_front_default: `https://example.test/${parts.id}.png`,
    weight_kg: 6.9,
    height_m: 0.7,
    games: ['red', 'blue'],
    hp: 45,
    attack: 49,
    defense: 49,
    special_attack: 65,
    special_defense: 65,
    speed: 45,
    stat_total: 318,
    abilities: ['overgrow', 'chlorophyll'],
    species: parts.name.toLowerCase(),
    is_default: true,
    ...parts,
  };
}

/** Writes rows as a Parquet file of the dataset's columns and types; returns its path. */
export async function writeDataset(folder: string, rows: readonly PokemonRow[]): Promise<string> {
  const source = join(folder, 'rows.json');
  const path = join(folder, 'pokemon.parquet');
  await writeFile(source, JSON.stringify(rows));
  const types = DATASET_COLUMNS.map(({ name, type }) => `${quotedText(name)}: ${quotedText(type)}`);
  const names = DATASET_COLUMNS.map(({ name }) => quotedName(name)).join(', ');
  const database = await Database.open();
  try {
    await database.run(
      `COPY (SELECT ${names} FROM read_json(${quotedText(source)}, columns = {${types.join(', ')}}))
       TO ${quotedText(path)} (FORMAT parquet)`,
    );
  } finally {
    database.close();
  }
  return path;
}

/** A Parquet file for a person's SQL, as table `pokemon`. */
export function asPokemon(path: string): Extract<Opening, { for: 'sql' }> {
  return { for: 'sql', tables: [scanAs('pokemon', path)] };
}

/** Its rows under a name, in whatever state the file is. */
export function scanAs(name: string, path: string): NamedScan {
  return { name, from: { parquet: path }, files: [] };
}
