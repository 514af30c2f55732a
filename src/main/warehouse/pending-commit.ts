import { mkdir, rm } from 'node:fs/promises';
import { z } from 'zod';
import type { DataPaths } from '../base/data-folder';
import { isMissing, replaceFileContent } from '../base/durable-file';
import { damagedTables, logFolder, writeCommit } from './delta-log';
import { readText } from '../base/read-text';

/** A decided commit to both tables: their log files' text, whose data files are durable already. */
const pendingCommitSchema = z.object({
  version: z.int().nonnegative(),
  identities: z.string(),
  pokemon: z.string(),
});

export type PendingCommit = z.infer<typeof pendingCommitSchema>;

/**
 * Commits to both tables as one: the decision is one durable file, after which each log entry
 * is created once, by this process or, had it been killed, by the next writer.
 */
export async function commitBoth(paths: DataPaths, commit: PendingCommit): Promise<void> {
  await replaceFileContent(paths.pendingCommit, JSON.stringify(commit));
  await carryOut(paths, commit);
}

/** The decided commit that is not carried out yet; null where there is none. */
export async function readPendingCommit(paths: DataPaths): Promise<PendingCommit | null> {
  try {
    return pendingCommitSchema.parse(JSON.parse(await readText(paths.pendingCommit)));
  } catch (error) {
    if (isMissing(error)) return null;
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw damagedTables('pending-commit.json cannot be read', error);
    }
    throw error;
  }
}

/** Finishes a commit that a killed writer had decided. Only for the holder of the writer's lock. */
export async function finishPendingCommit(paths: DataPaths): Promise<void> {
  const pending = await readPendingCommit(paths);
  if (pending !== null) await carryOut(paths, pending);
}

async function carryOut(paths: DataPaths, commit: PendingCommit): Promise<void> {
  await Promise.all([
    writeOnce(paths.identitiesTable, commit.version, commit.identities),
    writeOnce(paths.pokemonTable, commit.version, commit.pokemon),
  ]);
  await rm(paths.pendingCommit);
}

async function writeOnce(table: string, version: number, text: string): Promise<void> {
  await mkdir(logFolder(table), { recursive: true });
  try {
    await writeCommit(table, version, text);
  } catch (error) {
    // The writer that decided it had come this far.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
}
