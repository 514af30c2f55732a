import { basename } from 'node:path';
import { AppError } from '../../preload/contract/errors';

/** What a person is told of a Delta table of any writer that cannot be read. */

/** @param options.kept versions that can be read all the same */
export function damagedTable(
  table: string,
  what: string,
  { kept = [], cause }: { kept?: readonly number[]; cause?: unknown } = {},
): AppError {
  const other = kept.length === 0 ? '' : ` or open one of its older versions: ${ranges(kept)},`;
  return new AppError('table-damaged', `The Delta table ${basename(table)} is damaged: ${what}.`, {
    hint: `Restore its folder from a backup,${other} or repair the table with the program that writes it.`,
    cause,
  });
}

/** The error for what is wrong with a deletion vector; any other stays what it is. */
export function damagedVector(table: string, cause: unknown): unknown {
  if (!(cause instanceof RangeError)) return cause;
  return damagedTable(table, `which of its rows are deleted cannot be read (${cause.message})`, {
    cause,
  });
}

export function unreadableTable(table: string, what: string): AppError {
  return new AppError(
    'table-unsupported',
    `The Delta table ${basename(table)} uses ${what}, which this app does not read.`,
    {
      hint: 'Export its rows as Parquet with the program that wrote it, or drop the feature there (in Spark: ALTER TABLE … DROP FEATURE), then open it again.',
    },
  );
}

export function noDeltaTable(folder: string): AppError {
  return new AppError('no-data', `There is no Delta table in ${basename(folder)}.`, {
    hint: 'Open the folder that has _delta_log in it.',
  });
}

export function versionNotKept(
  table: string,
  version: number,
  { kept, newest }: { kept: readonly number[]; newest: number },
): AppError {
  const words = version > newest ? 'has no version' : 'no longer keeps version';
  return new AppError(
    'version-not-kept',
    `The Delta table ${basename(table)} ${words} ${version}.`,
    {
      hint:
        kept.length === 0
          ? 'Restore its folder from a backup.'
          : `Open one of those that are there: ${ranges(kept)}.`,
    },
  );
}

/** `0–3, 7, 9–12` */
function ranges(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
