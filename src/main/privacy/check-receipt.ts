import { join } from 'node:path';
import { AppError } from '../../preload/contract/errors';
import type { ReceiptCheck } from '../../preload/contract/erasure';
import { type DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { ErasedSubjects } from '../base/erased-subjects';
import { readManifest } from '../pipeline/landing-manifest';
import { fingerprints } from './fingerprints';
import { filesBelow } from './own-walk';
import { readSigned } from './receipts';

/**
 * Checks a receipt's every byte, and whether anybody who was erased is in the data folder again: by the
 * tombstones, as no receipt names anybody. Files may be written anew by later versions; that is told.
 * Throws `bad-receipt`, `no-key`, `not-erased`.
 */
export async function checkReceipt(paths: DataPaths, named: string): Promise<ReceiptCheck> {
  const { file, receipt } = await readSigned(paths, named);
  const erased = await ErasedSubjects.read(paths);
  if (erased.size === 0) {
    throw new AppError('not-erased', 'This data folder knows of nobody who was erased.', {
      hint: 'The receipt is sound, but of another folder, or of a copy from before.',
    });
  }
  const returned = await whereReturned(paths, erased, receipt.pseudonyms);
  if (returned.length > 0) {
    throw new AppError('not-erased', `An erased subject is in ${returned.join(', ')} again.`, {
      hint: 'Erase it once more; a backup that was brought back has it, for example.',
    });
  }
  const now = await fingerprints(paths, new Set());
  const there = receipt.files.filter(({ file: path, after }) => after !== null && path in now);
  const same = there.filter(({ file: path, after }) => now[path] === after);
  return {
    file,
    erased_at: receipt.erased_at,
    subjects: receipt.subjects,
    as_erased: same.length,
    changed_since: there.length - same.length,
    returned,
  };
}

async function whereReturned(
  paths: DataPaths,
  erased: ErasedSubjects,
  pseudonyms: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  const files = await filesBelow(paths.data);
  for (const path of files) {
    const id = /^(?:landing\/pokemon|sprites)\/(\d{1,9})\.\w+$/.exec(path)?.[1];
    if (id !== undefined && erased.has(Number(id))) found.add(path);
  }
  for (const { id, name } of (await readManifest(paths.manifest)).values()) {
    if (erased.isAbout({ id, names: [name] })) found.add('landing/manifest.ndjson');
  }
  const parquet = files.filter((path) => HAS_IDENTITY.test(path));
  const database = await Database.open({ memoryLimit: '256MB' });
  try {
    for (const path of parquet) {
      const rows = await rowsOf(database, join(paths.data, ...path.split('/')));
      const isBack = rows.some(
        ({ id, name, key }) =>
          erased.isAbout({ id, names: [name] }) || (key !== null && pseudonyms.includes(key)),
      );
      if (isBack) found.add(path);
    }
  } finally {
    database.close();
  }
  return [...found];
}

const HAS_IDENTITY =
  /^(?:pokemon\.parquet|landing\/shaped\.parquet|tables\/identities\/[^_/][^/]*\.parquet|changes\/[^/]+\.parquet)$/;

interface Named {
  id: number;
  name: string;
  key: string | null;
}

/** None of a file that cannot be read as such. */
async function rowsOf(database: Database, path: string): Promise<Named[]> {
  try {
    const scan = scanParquet([path]);
    const columns = (await database.columns(`SELECT * FROM ${scan}`)).map(({ name }) => name);
    const key = columns.includes('pokemon_key') ? 'pokemon_key' : 'NULL';
    return await database.rows<Named & Record<string, unknown>>(
      `SELECT DISTINCT id, name, ${key} AS key FROM ${scan} WHERE id IS NOT NULL AND name IS NOT NULL`,
    );
  } catch (error) {
    if (error instanceof Error && !('code' in error)) return [];
    throw error;
  }
}
