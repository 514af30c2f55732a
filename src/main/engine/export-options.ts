import { extname } from 'node:path';
import { AppError } from '../../preload/contract/errors';
import { EXPORT_FORMATS, type ExportFormat } from '../../preload/contract/export-formats';
import type { DecimalMark } from '../../preload/contract/spreadsheet-text';
import { spreadsheetDialect } from '../../preload/contract/table-text';
import { quotedText } from '../base/duckdb';

/** What the end of a file name says of the file, and what DuckDB is told to write. */

const COMPRESSIONS = { '.gz': 'gzip', '.zst': 'zstd' } as const;
export type Compression = (typeof COMPRESSIONS)[keyof typeof COMPRESSIONS];

/** Compressed files as people name them, which are not written here. */
const OTHER_COMPRESSIONS = ['.bz2', '.xz', '.zip', '.7z', '.br', '.lz4', '.rar', '.tgz'];

/** `pokemon.csv.gz` is compressed; null for a name that says nothing of it. */
export function compressionOf(out: string): Compression | null {
  const ending = extname(out).toLowerCase();
  for (const [known, compression] of Object.entries(COMPRESSIONS)) {
    if (known === ending) return compression;
  }
  return null;
}

/** The format a file name asks for. Throws `usage` where it tells none. */
export function formatOf(out: string): ExportFormat {
  const named = compressionOf(out) === null ? out : out.slice(0, -extname(out).length);
  const ending = extname(named).slice(1).toLowerCase();
  const format = EXPORT_FORMATS.find((known) => known === ending);
  if (format !== undefined) return format;
  throw new AppError('usage', `The file name ${out} tells no format.`, {
    hint: 'End it in .parquet, .csv or .json (.csv.gz, .json.zst), or give --format.',
  });
}

/** Throws `usage` for a name that promises what the file would not be. */
export function checkFileName(out: string, format: ExportFormat): void {
  const ending = extname(out).toLowerCase();
  if (OTHER_COMPRESSIONS.includes(ending)) {
    throw new AppError('usage', `Files that end in ${ending} cannot be written.`, {
      hint: 'End the name in .gz or .zst for a compressed file, or leave the ending out.',
    });
  }
  if (format === 'parquet' && compressionOf(out) !== null) {
    throw new AppError('usage', `Parquet is compressed inside; ${ending} would pack it twice.`, {
      hint: `Leave ${ending} out of the name.`,
    });
  }
}

/** The options of DuckDB's COPY. */
export function copyOptions(
  format: ExportFormat,
  compression: Compression | null,
  spreadsheet: DecimalMark | null,
): string {
  const packed = compression === null ? [] : [`COMPRESSION ${compression}`];
  switch (format) {
    case 'parquet':
      return 'FORMAT parquet';
    case 'json':
      return ['FORMAT json', 'ARRAY true', ...packed].join(', ');
    case 'csv': {
      const dialect = spreadsheet === null ? null : spreadsheetDialect(spreadsheet);
      const spelling =
        dialect === null
          ? []
          : [
              `DELIMITER ${quotedText(dialect.separator)}`,
              `NEW_LINE ${quotedText(dialect.lineEnd.replace('\r', '\\r').replace('\n', '\\n'))}`,
            ];
      return ['FORMAT csv', 'HEADER true', ...spelling, ...packed].join(', ');
    }
    default: {
      const never: never = format;
      throw new Error(`unknown format ${String(never)}`);
    }
  }
}
