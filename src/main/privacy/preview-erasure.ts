import type { ErasePreview } from '../../preload/contract/erasure';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { readManifest } from '../pipeline/landing-manifest';
import { readTables } from '../warehouse/read-tables';
import { knownSubjects } from './find-subjects';

/** What an erasure would do; nothing is written. Throws `no-such-subject`. */
export async function previewErasure(paths: DataPaths, id: string): Promise<ErasePreview> {
  const database = await Database.open({ memoryLimit: '256MB' });
  try {
    const known = await knownSubjects(database, paths, await readManifest(paths.manifest));
    const found = known.find((subject) => String(subject.id) === id);
    if (found === undefined) {
      throw new AppError('no-such-subject', 'Nobody of that number is in the data.', {
        hint: 'It may have been erased meanwhile.',
      });
    }
    const forms = known.filter(({ species }) => species === found.species);
    const { dataset } = await readTables(paths);
    const shown = dataset.listed.filter(({ version, identities }) => version > 0 && identities);
    return {
      id,
      name: found.name,
      forms: forms.filter((form) => form !== found).map(({ name }) => name),
      versions: shown.length,
    };
  } finally {
    database.close();
  }
}
