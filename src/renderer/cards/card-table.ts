/** A card's answer as a table: what its columns are called, and how and what is in each line. */
export interface CardTable {
  columns: readonly CardColumn[];
  /** Values as they are, in the order of the columns. */
  rows: readonly (readonly unknown[])[];
}

export interface CardColumn {
  title: string;
  isNumber: boolean;
  text(value: unknown): string;
}
