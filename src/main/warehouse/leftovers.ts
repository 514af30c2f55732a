import { basename } from 'node:path';
import type { DataPaths } from '../base/data-folder';
import { removeAbandonedTemporaries } from '../base/abandoned';
import { removeTemporaries } from '../base/durable-file';
import { logFolder } from '../delta/log-entries';

/**
 * Removes what a killed writer left half-written of the tables and pokemon.parquet. The caller
 * holds the writer's lock.
 */
export async function removeLeftovers(paths: DataPaths): Promise<void> {
  const any = () => true;
  // The data folder is a person's too: an export may be on its way into it.
  const ours = [paths.parquet, paths.lock].map((path) => basename(path));
  await removeTemporaries(paths.data, (name) => ours.includes(name));
  await removeAbandonedTemporaries(paths.data);
  await removeTemporaries(paths.tables, any);
  await removeTemporaries(logFolder(paths.pokemonTable), any);
  await removeTemporaries(logFolder(paths.identitiesTable), any);
}
