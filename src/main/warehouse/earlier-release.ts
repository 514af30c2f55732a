import { resolve } from 'node:path';
import { type ColumnName, DATASET_COLUMNS } from '../../preload/contract/dataset';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import type { Tables } from './read-tables';

/**
 * What an earlier release got wrong in its last version and the next version corrects, as sentences:
 * they explain the many updates in the history. Compares `prev` with `next_rows`.
 */
export async function earlierReleaseNotes(
  database: Database,
  paths: DataPaths,
  { dataset }: Tables,
): Promise<string[]> {
  const last = dataset.newest;
  // Earlier releases gave their commits no id.
  const info = last?.version === 0 ? undefined : last?.commit?.info;
  if (info === undefined || info.txnId !== undefined) return [];
  const notes: string[] = [];
  for (const { part, column } of partsLikeColumns(paths.data)) {
    if (await differs(database, column)) {
      notes.push(
        `An earlier release took the folder ${part} of the data folder's path for the column ${column}: its values are those of the documents again.`,
      );
    }
  }
  const noisy = await noisyBmi(database);
  if (noisy > 0) {
    notes.push(
      `The BMI of ${noisy} Pokémon is exact now: an earlier release rounded it more than once, and its last digits were off.`,
    );
  }
  return notes;
}

/** Folders named `column=value`, which DuckDB treats as Hive partitions unless told otherwise. */
function partsLikeColumns(folder: string): { part: string; column: ColumnName }[] {
  return resolve(folder)
    .split(/[\\/]/)
    .flatMap((part) => {
      const name = /^([^=]+)=/.exec(part)?.[1]?.toLowerCase();
      const column = DATASET_COLUMNS.find((one) => one.name === name)?.name;
      return column === undefined ? [] : [{ part, column }];
    });
}

async function differs(database: Database, column: ColumnName): Promise<boolean> {
  const name = quotedName(column);
  const { found } = await database.row<{ found: boolean }>(
    `SELECT EXISTS ((SELECT id, ${name} FROM prev) EXCEPT (SELECT id, ${name} FROM next_rows)) AS found`,
  );
  return found;
}

/** Rows whose BMI differs by no more than rounding does. */
async function noisyBmi(database: Database): Promise<number> {
  const { n } = await database.row<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM prev b JOIN next_rows a USING (id)
     WHERE a.bmi <> b.bmi AND abs(a.bmi - b.bmi) <= 1e-12 * abs(a.bmi)`,
  );
  return n;
}
