import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Has something done when a test ends. Tests that run at once must pass their context's own. */
export type AtTestEnd = (work: () => Promise<void>) => void;

/** A fresh folder that goes away with the test. */
export async function temporaryFolder(atEnd: AtTestEnd = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pokedex-test-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
