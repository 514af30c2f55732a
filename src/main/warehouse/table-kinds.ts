import type { DataPaths } from '../base/data-folder';
import type { StoredColumn } from '../delta/stored-column';
import { IDENTITY_COLUMNS, POKEMON_COLUMNS } from './table-schemas';

/** What differs between the two tables. */
export interface TableKind {
  name: 'pokemon' | 'identities';
  columns: readonly StoredColumn[];
  /** Whether its columns may show in the log and in a change feed. */
  anonymous: boolean;
  /** The table properties that other engines must follow; where they were changed they are set again. */
  configuration: Record<string, string>;
  /** Properties that would undo those. */
  unwanted: readonly string[];
}

export const POKEMON: TableKind = {
  name: 'pokemon',
  columns: POKEMON_COLUMNS,
  anonymous: true,
  configuration: { 'delta.enableChangeDataFeed': 'true' },
  unwanted: [],
};

export const IDENTITIES: TableKind = {
  name: 'identities',
  columns: IDENTITY_COLUMNS,
  anonymous: false,
  // No names in the log, whichever program writes: no column has statistics.
  configuration: { 'delta.dataSkippingNumIndexedCols': '0' },
  unwanted: ['delta.dataSkippingStatsColumns'],
};

export const KINDS = [POKEMON, IDENTITIES] as const;

/** The connection's table of the rows that a table shall hold: the lookup has none of erased subjects. */
export function nextRows(kind: TableKind): string {
  return kind.name === 'pokemon' ? 'next' : 'next_lookup';
}

export function tablePath(paths: DataPaths, kind: TableKind): string {
  return kind.name === 'pokemon' ? paths.pokemonTable : paths.identitiesTable;
}
