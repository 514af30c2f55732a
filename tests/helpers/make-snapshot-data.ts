import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { useMemoryFolder } from './memory-folder';
import { runCli } from './run-cli';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder, and what the command said where it could not make one. */
    snapshotData: { made: string; failure: string | null };
  }
}

/** Before all tests: one data folder of the bundled snapshot, which `snapshotData` copies. */
export default async function makeSnapshotData(project: TestProject): Promise<() => Promise<void>> {
  const leaveMemory = await useMemoryFolder();
  // No test makes or reads keys where the person who runs the tests has theirs.
  const keys = await mkdtemp(join(tmpdir(), 'pokedex-keys-'));
  process.env['POKEDEX_KEYS'] = keys;
  const made = await mkdtemp(join(tmpdir(), 'pokedex-snapshot-'));
  const { code, stderr } = await runCli(['refresh', '--source', 'bundled', '--data', made]);
  project.provide('snapshotData', { made, failure: code === 0 ? null : stderr });
  return async () => {
    await rm(made, { recursive: true, force: true });
    await rm(keys, { recursive: true, force: true });
    await leaveMemory();
  };
}
