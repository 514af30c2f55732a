/** Rows that can be read, wherever they are kept: a file, several files, a Delta table. */
export interface Scan {
  /** SQL text to stand behind FROM, made by duckdb-scan.ts. */
  readonly from: string;
  readonly columns: readonly ScanColumn[];
  /** What is read, as it was when the scan was made: shows a change on disk. */
  readonly files: readonly FileStamp[];
  /** What a person has to know about the rows before trusting them. */
  readonly notes: readonly ScanNote[];
}

export interface ScanColumn {
  readonly name: string;
  /** DuckDB's name of the type. */
  readonly sqlType: string;
}

/** One state of one file. Two states that differ have different stamps. */
export interface FileStamp {
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970, as the system keeps it. */
  readonly mtimeMs: number;
  /** SHA-256 of small parts of the content (its beginning and end), or null where none was read. */
  readonly parts: string | null;
}

/** One sentence about the rows: a column kept as text, lines that could not be read. */
export interface ScanNote {
  readonly column?: string;
  /** How many values, lines or columns it is about. */
  readonly count: number;
  readonly what: string;
}
