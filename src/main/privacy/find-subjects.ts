import { randomBytes } from 'node:crypto';
import { extentOf } from '../../preload/contract/extent';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { erasedRow, ErasedSubjects, readErasedRows } from '../base/erased-subjects';
import { type ManifestEntry, readManifest } from '../pipeline/landing-manifest';
import { shapeDocuments } from '../pipeline/shape-documents';
import { readTables } from '../warehouse/read-tables';
import { IDENTITIES } from '../warehouse/table-kinds';
import { loadSnapshot } from '../delta/table-rows';
import { NO_TABLE } from '../delta/snapshot';
import { subjectMark } from './access-log';
import type { Subject } from './subject-words';

interface Known {
  id: number;
  name: string;
  species: string;
  order: number | null;
  sprite: string | null;
  pokemon_key: string | null;
  salt: Uint8Array | null;
}

/**
 * Who is meant, by number or by name, with every other form of the same species: the documents of these
 * forms name each other, so none of them can be erased while another stays.
 * Throws `no-such-subject`, `no-data`.
 * @returns also the marks by which the access log knows them, until the salts are gone
 */
export async function findSubjects(
  database: Database,
  paths: DataPaths,
  asked: string,
): Promise<{ subjects: Subject[]; marks: string[] }> {
  await shapeAsFarAsPossible(database, paths);
  const manifest = await readManifest(paths.manifest);
  const known = await knownSubjects(database, paths, manifest, 'shaped');
  const wanted = asked.trim().toLowerCase();
  const found = known.find(({ id, name }) => String(id) === wanted || name === wanted);
  if (found === undefined) throw await nobody(paths, wanted);
  const forms = known.filter(({ species }) => species === found.species);
  const orders = new Map<number, number>();
  for (const { order } of known) {
    if (order !== null) orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  const all = [found, ...forms.filter((form) => form !== found)];
  const taken = extentOf((await readErasedRows(paths)).map((row) => row.id))?.[0] ?? 0;
  const subjects = all.map(({ id, name, species, order, sprite, pokemon_key }, index) => ({
    ...{ id, name, species, sprite },
    // A value that others have too singles nobody out.
    order: order !== null && orders.get(order) === 1 ? order : null,
    document: manifest.get(id)?.sha256 ?? null,
    // Who is in landing alone has no pseudonym; one is needed where texts name it.
    stands: erasedRow(pokemon_key ?? randomBytes(16).toString('hex'), taken - 1 - index),
  }));
  return { subjects, marks: all.flatMap(({ salt }) => (salt === null ? [] : subjectMark(salt))) };
}

/**
 * Everybody of whom there is a document or a row of the lookup.
 * @param shaped a query for the documents' rows; by default those of the last time
 */
export async function knownSubjects(
  database: Database,
  paths: DataPaths,
  manifest: ReadonlyMap<number, ManifestEntry>,
  shaped?: 'shaped',
): Promise<Known[]> {
  const documents = shaped ?? (await shapedBefore(database, paths));
  const { identities } = await readTables(paths);
  const snapshot = identities.versions.at(-1)?.snapshot ?? NO_TABLE;
  await loadSnapshot(database, 'lookup', paths.identitiesTable, IDENTITIES.columns, snapshot);
  const rows = await database.rows<Known & Record<string, unknown>>(
    `SELECT coalesce(s.id, l.id) AS id, lower(coalesce(s.name, l.name)) AS name,
       lower(coalesce(s.species, l.species)) AS species,
       coalesce(s."order", l."order") AS "order",
       coalesce(s.sprite_front_default, l.sprite_front_default) AS sprite, l.pokemon_key, l.salt
     FROM ${documents} s FULL JOIN lookup l USING (id) ORDER BY id`,
  );
  const there = new Set(rows.map(({ id }) => id));
  // Landed and not readable any more.
  const others = [...manifest.values()].filter(({ id }) => !there.has(id));
  return [
    ...rows,
    ...others.map(({ id, name }) => ({
      ...{ id, name: name.toLowerCase(), species: name.toLowerCase() },
      ...{ order: null, sprite: null, pokemon_key: null, salt: null },
    })),
  ];
}

/** A damaged document of somebody else must not keep anybody from being erased. */
async function shapeAsFarAsPossible(database: Database, paths: DataPaths): Promise<void> {
  try {
    await shapeDocuments(database, paths);
  } catch (error) {
    if (!(error instanceof AppError && ['no-data', 'bad-document'].includes(error.code)))
      throw error;
    if (error.code === 'bad-document') return;
    await database.run(`CREATE TEMP TABLE IF NOT EXISTS shaped AS ${NO_ROWS}`);
  }
}

async function nobody(paths: DataPaths, wanted: string): Promise<AppError> {
  const erased = await ErasedSubjects.read(paths);
  const id = /^\d{1,9}$/.test(wanted) ? Number(wanted) : null;
  const was = erased.isAbout({ id, names: [wanted] });
  return new AppError(
    'no-such-subject',
    was ? 'This subject was erased already.' : 'Nobody of that number or name is in the data.',
    {
      hint: was
        ? 'Its receipt is in the folder receipts; erase --verify checks it.'
        : 'Give the number or the whole name, as the data have it.',
    },
  );
}

const NO_ROWS = `SELECT NULL::INTEGER AS id, NULL::VARCHAR AS name, NULL::VARCHAR AS species,
  NULL::INTEGER AS "order", NULL::VARCHAR AS sprite_front_default WHERE false`;

/** What `shapeDocuments` kept; none where that is gone: it is derived. */
async function shapedBefore(database: Database, paths: DataPaths): Promise<string> {
  const scan = scanParquet([paths.shaped]);
  try {
    await database.columns(`SELECT id, name, species, "order", sprite_front_default FROM ${scan}`);
    return scan;
  } catch (error) {
    if (error instanceof Error && !('code' in error)) return `(${NO_ROWS})`;
    throw error;
  }
}
