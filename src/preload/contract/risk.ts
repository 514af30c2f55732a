import { z } from 'zod';
import type { DatasetKey, RowId, Scalar } from './descriptor';
import { columnName, filtersSchema } from './filters';
import { datasetKey } from './opened';

/**
 * Re-identification: how many rows share what somebody may know of a subject (the quasi-identifiers),
 * and what has to be given away for every row to have company. Null is a value of its own; lists count
 * as sets, whatever the order of their members.
 */

/** What can be known together; beyond it nearly every row stands alone anyway. */
export const MOST_QUASI = 20;
export const MOST_K = 1_000;

const quasi = z
  .array(columnName)
  .min(1)
  .max(MOST_QUASI)
  .refine((columns) => new Set(columns).size === columns.length, 'a column is named twice');

const ofView = {
  /** Of which data; of the published ones where it is not said. */
  dataset: datasetKey.exactOptional(),
  /** The view's: only rows that it shows count. */
  filters: filtersSchema.default([]),
};

export const wantedK = z.int().min(2).max(MOST_K);

export const RISK_CALLS = {
  /** How exposed rows are by these columns; by those that the app proposes where it is null. */
  'privacy.risk': z.strictObject({ ...ofView, columns: quasi.nullable().default(null) }),
  /** What reaches `k`: how far each column is generalised, what is suppressed, before and after. */
  'privacy.generalise': z.strictObject({ ...ofView, columns: quasi, k: wantedK }),
} as const;

/** Classes are rows that are alike in all the columns. */
export interface RiskFigures {
  rows: number;
  columns: string[];
  /** Rows of the smallest class; null where there are no rows. */
  k: number | null;
  classes: number;
  /** Rows that are a class of their own. */
  unique_rows: number;
  /** How many classes have a size; by size, smallest first. */
  sizes: { size: number; classes: number }[];
  /** Rows that one column, or two together, single out; the most first. */
  by_column: { columns: string[]; unique_rows: number }[];
}

export interface Risk {
  dataset: DatasetKey;
  /** 0 where it has none. */
  version: number;
  figures: RiskFigures;
  /** The app chose the columns. */
  proposed: boolean;
  /** What can be chosen: all columns but the identifying ones, those that single out most first. */
  candidates: { column: string; unique_rows: number; distinct: number }[];
  /** Columns that identify by themselves and are no quasi-identifiers. */
  left_out: string[];
  /** The rows of the smallest classes, ten at most. */
  exposed: ExposedRow[];
}

export interface ExposedRow {
  id: RowId;
  /** What the row is called; its id where no column says. */
  title: string;
  /** Rows that are like it in all the columns, itself among them. */
  size: number;
  /** What each of the columns holds, as text; null for nothing. */
  values: (string | null)[];
  /** As few columns as put it into so small a class. */
  enough: string[];
}

/** How the values of a column are written instead; finer steps come before coarser ones. */
export type GeneralStep =
  /** As they are. */
  | { kind: 'exact' }
  /**
   * Numbers rounded down to a multiple of `to` (null: not rounded); below `bottom` they become
   * `bottom`, above `top` they become `top` (null: not coded).
   */
  | { kind: 'rounded'; to: number | null; bottom: number | null; top: number | null }
  /** Numbers by ranges: below the first cut, from each cut to below the next, from the last one on. */
  | { kind: 'ranges'; cuts: number[] }
  /** Moments by what they lie in. */
  | { kind: 'moments'; to: 'hour' | 'day' | 'month' | 'year' | 'decade' }
  /** Values that are seldom become one; nulls stay. */
  | { kind: 'frequent'; values: string[]; others: string }
  /** Texts by what they begin with, the rest starred: postal codes. */
  | { kind: 'beginning'; characters: number }
  /** Lists by how many different members they have. */
  | { kind: 'size' }
  /** Not given at all. */
  | { kind: 'dropped' };

export interface GeneralisedColumn {
  column: string;
  /** The chosen column that tells the same, with which it is treated; null for a chosen one. */
  same_as: string | null;
  step: GeneralStep;
  /** What of the column's information is lost, from 0 to 1 (its entropy), suppressed rows not counted. */
  loss: number;
  /** Bars for a chart of it; null for a column that is not one of the chosen ones. */
  bars: { before: RiskBar[]; after: RiskBar[] } | null;
}

/** Rows with a value, or a range of values along an axis. */
export interface RiskBar {
  /** As a person reads it; null for rows without a value. */
  label: string | null;
  /** Where it lies along the axis, from and to; null where the column has none. */
  extent: readonly [from: Scalar, to: Scalar] | null;
  rows: number;
}

export interface Generalisation {
  dataset: DatasetKey;
  version: number;
  /** What was asked for. */
  wanted: number;
  /** The smallest class of what is given; null where nothing is left. */
  k: number | null;
  /** Rows that are left. */
  rows: number;
  /** Rows that still stood out and are left out: their absence is no safety for those they were. */
  suppressed: number;
  /** What of all the chosen columns' information is lost, suppressed rows counted as wholly lost; 0 to 1. */
  loss: number;
  columns: GeneralisedColumn[];
  before: RiskClasses;
  after: RiskClasses;
}

export type RiskClasses = Pick<RiskFigures, 'rows' | 'k' | 'classes' | 'unique_rows' | 'sizes'>;

/** What `export.data` may be asked beside what a view shows. */
export const PROTECTED_EXPORT = {
  /** No identifying column; a key for each row instead. */
  pseudonymised: z.boolean().exactOptional(),
  /** The keys are made for this export alone, and the rows stand in their order. */
  rekey: z.boolean().exactOptional(),
  /** Generalised until each row has so much company in the columns of `quasi`, which it needs. */
  k: wantedK.exactOptional(),
  quasi: quasi.exactOptional(),
};

/** What was done to the rows of an export so that they single nobody out. */
export interface KReached {
  wanted: number;
  /** Counted again in what was written; null where no row is left. */
  k: number | null;
  quasi: string[];
  suppressed: number;
  loss: number;
  columns: { column: string; same_as: string | null; step: GeneralStep; loss: number }[];
  /** Columns that were left as they are and single out rows by themselves. */
  untreated: { column: string; unique_rows: number }[];
}

export interface RiskResults {
  'privacy.risk': Risk;
  'privacy.generalise': Generalisation;
}
