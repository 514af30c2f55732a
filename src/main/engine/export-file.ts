import { access, stat } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { type ColumnName, COLUMN_NAMES, datasetColumn } from '../../preload/contract/dataset';
import { AppError, cancelled } from '../../preload/contract/errors';
import type { View } from '../../preload/contract/view';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName, quotedText, TextList } from '../base/duckdb';
import { isMissing, replaceFile } from '../base/durable-file';
import { hostError } from '../base/host-error';
import { filterColumns, filtersToSql, sortToSql } from './filter-sql';

export const EXPORT_FORMATS = ['parquet', 'csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  out: string;
  format: ExportFormat;
  /** Null exports everything in dataset order. */
  view: View | null;
  /** Without identity columns, under `pokemon_key`: Parquet files of tables/pokemon. */
  pseudonymisedFiles: readonly string[] | null;
}

export interface ExportReport {
  out: string;
  format: ExportFormat;
  rows: number;
  columns: string[];
  bytes: number;
  pseudonymised: boolean;
}

const COPY_OPTIONS: Record<ExportFormat, string> = {
  parquet: 'FORMAT parquet',
  csv: 'FORMAT csv, HEADER true',
  json: 'FORMAT json, ARRAY true',
};

/** The format a file name asks for. Throws `usage` where it tells none. */
export function formatOf(out: string): ExportFormat {
  const extension = extname(out).slice(1).toLowerCase();
  const format = EXPORT_FORMATS.find((known) => known === extension);
  if (format === undefined) {
    throw new AppError('usage', `The file name ${out} tells no format.`, {
      hint: 'End it in .parquet, .csv or .json, or give --format.',
    });
  }
  return format;
}

/**
 * Writes exactly what a view shows: its filters, columns and order. The file takes its place
 * whole or not at all, also when `signal` aborts.
 */
export async function exportFile(
  database: Database,
  paths: DataPaths,
  options: ExportOptions,
  signal: AbortSignal,
): Promise<ExportReport> {
  await checkTarget(options.out);
  const selection = select(options);
  const source = options.pseudonymisedFiles ?? [await publishedFile(paths)];
  try {
    await database.run(
      `CREATE OR REPLACE TEMP TABLE exported AS
       SELECT ${selection.columns.map(quotedName).join(', ')} FROM read_parquet($files)
       WHERE ${selection.condition} ORDER BY ${selection.order}`,
      { ...selection.values, files: new TextList(source) },
    );
    const columns = selection.columns.map((name) => exportedColumn(name, options.format));
    await replaceFile(options.out, async (temporary) => {
      await database.run(
        `COPY (SELECT ${columns.join(', ')} FROM exported)
         TO ${quotedText(temporary)} (${COPY_OPTIONS[options.format]})`,
      );
      if (signal.aborted) throw cancelled();
    });
    const { rows } = await database.row<{ rows: number }>(
      'SELECT count(*)::INTEGER AS rows FROM exported',
    );
    return {
      out: options.out,
      format: options.format,
      rows,
      columns: selection.columns,
      bytes: (await stat(options.out)).size,
      pseudonymised: options.pseudonymisedFiles !== null,
    };
  } catch (error) {
    throw hostError(error, `The file ${options.out}`) ?? error;
  }
}

interface Selection {
  columns: string[];
  condition: string;
  values: ReturnType<typeof filtersToSql>['values'];
  order: string;
}

function select({ view, pseudonymisedFiles }: ExportOptions): Selection {
  const filters = view?.filters ?? [];
  const sort = view?.sort ?? [];
  let columns: string[] = view?.columns ?? [...COLUMN_NAMES];
  let tiebreak = 'id';
  if (pseudonymisedFiles !== null) {
    const used = [...filters.flatMap(filterColumns), ...sort.map(({ column }) => column)];
    const naming = used.find(isIdentity);
    if (naming !== undefined) {
      throw new AppError(
        'bad-view',
        `The view filters or sorts by ${naming}, which is an identity column.`,
        {
          hint: 'Leave it out of the view, or export without --pseudonymised.',
        },
      );
    }
    columns = ['pokemon_key', ...columns.filter((name) => !isIdentity(name as ColumnName))];
    tiebreak = 'pokemon_key';
  }
  const condition = filtersToSql(filters);
  return {
    columns,
    condition: condition.sql,
    values: condition.values,
    order: sortToSql(sort, tiebreak),
  };
}

function isIdentity(name: ColumnName): boolean {
  return datasetColumn(name)?.identity === true;
}

/** CSV has no lists: their elements are joined by a semicolon. */
function exportedColumn(name: string, format: ExportFormat): string {
  const quoted = quotedName(name);
  const isList = datasetColumn(name)?.type === 'VARCHAR[]';
  return format === 'csv' && isList ? `array_to_string(${quoted}, ';') AS ${quoted}` : quoted;
}

async function checkTarget(out: string): Promise<void> {
  const folder = dirname(out);
  const target = await stat(out).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw hostError(error, `The file ${out}`) ?? error;
  });
  if (target?.isDirectory()) {
    throw new AppError('not-writable', `${out} is a folder.`, { hint: 'Give a file name in it.' });
  }
  try {
    await access(folder);
  } catch (cause) {
    throw new AppError('not-writable', `The folder ${folder} does not exist.`, {
      hint: 'Make it first, or choose another place.',
      cause,
    });
  }
}

async function publishedFile(paths: DataPaths): Promise<string> {
  try {
    await access(paths.parquet);
    return paths.parquet;
  } catch (cause) {
    throw new AppError('no-data', 'Nothing has been published yet.', {
      hint: 'Run refresh first.',
      cause,
    });
  }
}
