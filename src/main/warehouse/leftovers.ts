import { basename } from 'node:path';
import type { DataPaths } from '../base/data-folder';
import { removeAbandonedTemporaries } from '../base/abandoned';
import { removeTemporaries } from '../base/durable-file';
import { logFolder } from '../delta/log-entries';

/**
 * Removes half-written parts of the tables and pokemon.parquet that a killed writer left. The caller
 * holds the writer's lock.
 */
export async function removeLeftovers(paths: DataPaths): Promise<void> {
  const any = () => true;
  // A person uses the data folder too: an export may just be written into it.
  const ours = [paths.parquet, paths.lock].map((path) => basename(path));
  await removeTemporaries(paths.data, (name) => ours.includes(name));
  await removeAbandonedTemporaries(paths.data);
  await removeTemporaries(paths.tables, any);
  await removeTemporaries(logFolder(paths.pokemonTable), any);
  await removeTemporaries(logFolder(paths.identitiesTable), any);
}
