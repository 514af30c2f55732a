import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import { readLog, type TableLog } from '../delta/delta-log';
import { type DatasetVersions, datasetVersions } from './dataset-versions';
import { lostItsEnd, replacesAll } from './own-commits';
import { type PendingCommit, readPendingCommit } from './pending-commit';

export interface Tables {
  pokemon: TableLog;
  identities: TableLog;
  dataset: DatasetVersions;
}

/** Both tables' logs. Throws `table-damaged`, see `readLog`. */
export async function readTables(paths: DataPaths): Promise<Tables> {
  const pending = await interruptedCommit(paths);
  const [pokemon, identities] = await Promise.all([
    readLog(paths.pokemonTable, {
      replacesAll,
      lostItsEnd,
      interrupted: pending?.pokemon.version ?? null,
    }),
    readLog(paths.identitiesTable, {
      replacesAll,
      lostItsEnd,
      interrupted: pending?.identities.version ?? null,
    }),
  ]);
  return { pokemon, identities, dataset: datasetVersions(pokemon.versions, identities.versions) };
}

async function interruptedCommit(paths: DataPaths): Promise<PendingCommit | null> {
  try {
    return await readPendingCommit(paths);
  } catch (error) {
    // A writer reports what is wrong with it; a reader needs it only for a torn entry.
    if (error instanceof AppError) return null;
    throw error;
  }
}
