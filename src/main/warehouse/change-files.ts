import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataPaths } from '../base/data-folder';
import { isMissing, namesIn, removeTemporaries, replaceFile } from '../base/durable-file';
import type { DatasetVersion, DatasetVersions } from './dataset-versions';
import { isOwn } from './own-commits';

/**
 * The files that hold what changed, one per version: derived from the tables, and kept for longer than
 * these keep their files. This is the one place that knows their names.
 */
export interface ChangeFile {
  version: number;
  /** Epoch milliseconds of the version before and of this one: what it was derived from. */
  since: number;
  timestamp: number;
  path: string;
}

const NAME = /^version-(\d{1,9})-(\d{1,15})-(\d{1,15})\.parquet$/;

/** All that are there, by version. */
export async function changeFiles(paths: DataPaths): Promise<ChangeFile[]> {
  const names = await namesIn(paths.changes);
  return names
    .flatMap((name) => {
      const [, version, since, timestamp] = (NAME.exec(name) ?? []).map(Number);
      if (version === undefined || since === undefined || timestamp === undefined) return [];
      return [{ version, since, timestamp, path: join(paths.changes, name) }];
    })
    .sort((a, b) => a.version - b.version);
}

/** Those that belong to the versions there are, one a version, oldest first. */
export async function derivedFiles(
  paths: DataPaths,
  dataset: DatasetVersions,
): Promise<ChangeFile[]> {
  const newest = dataset.newest?.version ?? 0;
  const files = (await changeFiles(paths)).filter(
    (file) =>
      file.version <= newest && isOf(file, dataset.at(file.version), dataset.at(file.version - 1)),
  );
  return [...new Map(files.map((file) => [file.version, file])).values()];
}

/** Whether a file was derived from this version, as far as the tables' logs still tell. */
function isOf(
  file: ChangeFile,
  version: DatasetVersion | undefined,
  before: DatasetVersion | undefined,
): boolean {
  if (version === undefined || version.timestamp === null) return true;
  if (file.timestamp === version.timestamp) {
    // What others commit to one table may still become part of the version before.
    return version.own || (before?.timestamp ?? file.since) === file.since;
  }
  // Of a commit that the log has lost only a checkpoint is left, which has a time of its own.
  return version.own && (version.commit === null || !isOwn(version.commit));
}

/** Writes one version's file, whole or not at all, and removes what was there for that version. */
export async function replaceChangeFile(
  paths: DataPaths,
  { version, since, timestamp }: Omit<ChangeFile, 'path'>,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const path = join(paths.changes, `version-${version}-${since}-${timestamp}.parquet`);
  await mkdir(paths.changes, { recursive: true });
  await replaceFile(path, write);
  await removeChangeFiles(
    (await changeFiles(paths)).filter((file) => file.version === version && file.path !== path),
  );
}

export async function removeChangeFiles(files: readonly ChangeFile[]): Promise<void> {
  for (const { path } of files) await rm(path, { force: true });
}

/** Removes half-written files that a killed writer left. The caller holds the writer's lock. */
export async function removeHalfWritten(paths: DataPaths): Promise<void> {
  await removeTemporaries(paths.changes, () => true);
}

const MARK = Buffer.from('PAR1');

/** Whether a file begins and ends as a Parquet file does: one that was cut short does not. */
export async function looksWhole({ path }: ChangeFile): Promise<boolean> {
  try {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size < 3 * MARK.length) return false;
      const ends = await Promise.all(
        [0, size - MARK.length].map((at) =>
          handle.read(Buffer.alloc(MARK.length), 0, MARK.length, at),
        ),
      );
      return ends.every(({ buffer }) => buffer.equals(MARK));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
