import type { ChartRow } from '../../../preload/contract/chart-query';
import { type ColumnName, STATS } from '../../../preload/contract/dataset';
import { highestOf } from '../../../preload/contract/extent';
import { titleCase } from '../../charts/format';

/** The number columns of the differences table, top to bottom. */
export const COMPARED_COLUMNS: readonly ColumnName[] = [
  ...STATS,
  'stat_total',
  'base_experience',
  'height_m',
  'weight_kg',
  'bmi',
];

export interface ComparedCell {
  value: number | null;
  /** True for the highest of the row, where the values differ. */
  best: boolean;
  /** How far below the highest; null where unknown or where it is the highest. */
  behind: number | null;
}

/** One row of the differences table: each Pokémon's value against the highest. */
export function comparedCells(column: ColumnName, rows: readonly ChartRow[]): ComparedCell[] {
  const values = rows.map((row) => {
    const value = row[column];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  });
  const known = values.filter((value) => value !== null);
  const highest = highestOf(known, -Infinity);
  const differ = known.some((value) => value !== highest);
  return values.map((value) => ({
    value,
    best: differ && value === highest,
    behind: value === null || value === highest ? null : highest - value,
  }));
}

/** The dataset's own games by name, the others by number: `Red, White and 30 more`. */
export function gamesText(games: readonly string[], chosen: readonly string[]): string {
  const named = chosen.filter((game) => games.includes(game)).map(titleCase);
  const others = games.length - named.length;
  if (named.length === 0) return games.length === 0 ? '–' : `${others} games`;
  return others === 0 ? named.join(', ') : `${named.join(', ')} and ${others} more`;
}
