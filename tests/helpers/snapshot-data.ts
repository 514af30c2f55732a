import { cpSync } from 'node:fs';
import { inject, onTestFinished } from 'vitest';
import { type AtTestEnd, temporaryFolder } from './temporary-folder';

/** A data folder with the bundled snapshot's 649 Pokémon, of the test's own; it goes away with it. */
export async function snapshotData(atEnd: AtTestEnd = onTestFinished): Promise<string> {
  const folder = await temporaryFolder(atEnd);
  await copySnapshotData(folder);
  return folder;
}

/** Puts there what a first launch makes: a copy of what the built command made once for all files. */
export async function copySnapshotData(folder: string): Promise<void> {
  const { made, failure } = inject('snapshotData');
  if (failure !== null) throw new Error(`no data of the snapshot: ${failure}`);
  cpSync(made, folder, { recursive: true });
}
