import { access } from 'node:fs/promises';
import type { VersionEntry } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import { isMissing } from '../base/durable-file';
import { readingError } from '../base/host-error';
import { nothingPublished } from '../base/published-file';
import { readLog, type TableVersion } from './delta-log';
import { filePath } from './load-version';
import { versionMetadata } from './version-metadata';

/** All dataset versions, newest first. Throws `no-data` where nothing was published yet. */
export async function readHistory(paths: DataPaths): Promise<VersionEntry[]> {
  const { pokemon, identities } = await readBothLogs(paths);
  const entries: VersionEntry[] = [];
  for (const version of pokemon.slice(1)) {
    const metadata = versionMetadata(version);
    entries.push({
      version: version.version,
      timestamp: timestampOf(version),
      source: metadata?.source ?? null,
      gathered_at: metadata?.gathered_at ?? null,
      games: metadata?.games ?? null,
      rows: metadata?.rows ?? 0,
      inserted: metadata?.inserted ?? 0,
      updated: metadata?.updated ?? 0,
      deleted: metadata?.deleted ?? 0,
      kept: await isKept(paths, version, identities[version.version]),
    });
  }
  return entries.reverse();
}

/**
 * Both tables' versions, cut to those both have: a writer may be between its two log entries.
 * Throws `no-data` where nothing was published yet.
 */
export async function readBothLogs(
  paths: DataPaths,
): Promise<{ pokemon: TableVersion[]; identities: TableVersion[] }> {
  const pokemon = await readable(paths, readLog(paths.pokemonTable));
  const identities = await readable(paths, readLog(paths.identitiesTable));
  const common = Math.min(pokemon.length, identities.length);
  if (common < 2) {
    throw nothingPublished();
  }
  return { pokemon: pokemon.slice(0, common), identities: identities.slice(0, common) };
}

async function readable<T>(paths: DataPaths, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw readingError(error, `The data folder ${paths.data}`) ?? error;
  }
}

export function timestampOf(version: TableVersion): string {
  return new Date(version.info.timestamp ?? 0).toISOString();
}

/** True while every file the version needs is still there. */
export async function isKept(
  paths: DataPaths,
  pokemon: TableVersion,
  identities: TableVersion | undefined,
): Promise<boolean> {
  const files = [
    ...[...pokemon.files.keys()].map((path) => filePath(paths.pokemonTable, path)),
    ...pokemon.cdc.map((file) => filePath(paths.pokemonTable, file.path)),
    ...[...(identities?.files.keys() ?? [])].map((path) => filePath(paths.identitiesTable, path)),
  ];
  try {
    await Promise.all(files.map((file) => access(file)));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
