import { mkdir, readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import type { DataPaths } from '../base/data-folder';
import { isMissing, replaceFileContent } from '../base/durable-file';
import { logFolder, readLog, writeCommit } from './delta-log';

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

/** Finishes a commit that a killed writer had decided. Only for the holder of the writer's lock. */
export async function finishPendingCommit(paths: DataPaths): Promise<void> {
  let text: string;
  try {
    text = await readFile(paths.pendingCommit, 'utf8');
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  await carryOut(paths, pendingCommitSchema.parse(JSON.parse(text)));
}

async function carryOut(paths: DataPaths, commit: PendingCommit): Promise<void> {
  const tables = [
    { table: paths.identitiesTable, text: commit.identities },
    { table: paths.pokemonTable, text: commit.pokemon },
  ];
  for (const { table, text } of tables) {
    await mkdir(logFolder(table), { recursive: true });
    const present = await readLog(table);
    if (present.length === commit.version) await writeCommit(table, commit.version, text);
  }
  await rm(paths.pendingCommit);
}
