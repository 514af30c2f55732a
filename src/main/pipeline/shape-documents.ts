import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { counted } from '../../preload/contract/counts';
import { AppError } from '../../preload/contract/errors';
import { COLUMN_NAMES, DATASET_COLUMNS, STATS } from '../../preload/contract/dataset';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName, quotedText, TextList } from '../base/duckdb';
import { scanJsonLines, scanParquet, scanParquetPairs } from '../base/duckdb-scan';
import {
  isMissing,
  removeTemporaries,
  replaceFile,
  temporaryBeside,
  writeWhole,
} from '../base/durable-file';
import { ErasedSubjects } from '../base/erased-subjects';
import { readingError } from '../base/host-error';
import {
  type DocumentFacts,
  type DocumentField,
  documentFacts,
  documentProblem,
  MOST_DOCUMENT_BYTES,
} from './document-schema';
import { documentId } from './landing-store';
import { sha256 } from './sha256';

/** Raised when the rows made from the same document change, so that kept rows are made again. */
const SHAPE_REVISION = 4;

/** By document number: what changes when its landed file does. */
type Signatures = ReadonlyMap<number, string>;

export interface Shaped {
  /** Documents in landing. */
  documents: number;
  /** Documents parsed and shaped now; the rows of the others were kept from the last time. */
  documentsRead: number;
}

/**
 * Makes table `shaped`: one row per landed document, with the dataset's columns (whatever the
 * games), in no order. Rows of documents whose content has not changed are kept from the last run.
 * Throws `no-data` for an empty landing, `bad-document` naming a file that is damaged.
 */
export async function shapeDocuments(database: Database, paths: DataPaths): Promise<Shaped> {
  const erased = await ErasedSubjects.read(paths);
  const files = landedFiles(paths, erased);
  if (files.size === 0) {
    throw new AppError('no-data', 'Nothing has been gathered yet.', {
      hint: 'Run gather first, or refresh, which does both.',
    });
  }
  await removeTemporaries(paths.landing, () => true);
  const kept = await loadKept(database, paths);
  const facts = temporaryBeside(paths.shaped);
  try {
    const read = await writeFacts(database, facts, files, kept, erased);
    const gone = [...kept.keys()].filter((id) => !files.has(id));
    await replaceRows(database, facts, read, gone);
    if (read.ids.length + gone.length > 0) await keepForNextTime(database, paths, read.signatures);
    return { documents: files.size, documentsRead: read.ids.length };
  } finally {
    rmSync(facts, { force: true });
  }
}

/** The landed documents' paths by number; what another program put there of an erased subject is passed over. */
function landedFiles(paths: DataPaths, erased: ErasedSubjects): Map<number, string> {
  const files = new Map<number, string>();
  for (const name of namesIn(paths.documents)) {
    const id = documentId(name);
    const path = join(paths.documents, name);
    if (id !== null && !erased.has(id) && statSync(path).isFile()) files.set(id, path);
  }
  return files;
}

function readLanded(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw readingError(error, `The document ${path}`) ?? error;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Makes table `shaped` with the rows of the last run; returns which documents they were made from. */
async function loadKept(database: Database, paths: DataPaths): Promise<Signatures> {
  const typed = DATASET_COLUMNS.map(
    (column) => `${quotedName(column.name)} ${column.type}${column.nullable ? '' : ' NOT NULL'}`,
  );
  await database.run(`CREATE TEMP TABLE shaped (${typed.join(', ')})`);
  try {
    const signatures = await keptSignatures(database, paths);
    await database.run(`INSERT INTO shaped BY NAME SELECT * FROM ${scanParquet([paths.shaped])}`);
    return signatures;
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Missing, damaged or of another shape: it is derived, so it is made again.
    return new Map();
  }
}

async function keptSignatures(database: Database, paths: DataPaths): Promise<Signatures> {
  const { signatures } = await database.row<{ signatures: string }>(
    `SELECT decode(value) AS signatures FROM ${scanParquetPairs(paths.shaped)}
     WHERE decode(key) = 'signatures'`,
  );
  const byId = z.record(z.string(), z.string()).parse(JSON.parse(signatures));
  return new Map(Object.entries(byId).map(([id, signature]) => [Number(id), signature]));
}

async function keepForNextTime(
  database: Database,
  paths: DataPaths,
  landed: Signatures,
): Promise<void> {
  const signatures = quotedText(JSON.stringify(Object.fromEntries(landed)));
  await replaceFile(paths.shaped, (temporary) =>
    database.run(
      `COPY shaped TO ${quotedText(temporary)}
       (FORMAT parquet, KV_METADATA {signatures: ${signatures}})`,
    ),
  );
}

interface Read {
  /** Of all documents in landing. */
  signatures: Signatures;
  /** The documents whose facts were written. */
  ids: number[];
  largest: { name: string; bytes: number };
}

/**
 * Reads every document once, and writes the facts of those that differ from `kept`, one document per
 * line. Content is compared, not times and sizes: where times are whole seconds, or were set back,
 * another document of the same length has the same ones.
 */
async function writeFacts(
  database: Database,
  path: string,
  files: ReadonlyMap<number, string>,
  kept: Signatures,
  erased: ErasedSubjects,
): Promise<Read> {
  const signatures = new Map<number, string>();
  const ids: number[] = [];
  let largest = { name: '', bytes: 0 };
  const out = openSync(path, 'wx');
  try {
    for (const [id, file] of files) {
      const bytes = readLanded(file);
      const signature = `${SHAPE_REVISION}:${sha256(bytes)}`;
      signatures.set(id, signature);
      if (kept.get(id) !== signature) {
        const name = basename(file);
        if (bytes.length > largest.bytes) largest = { name, bytes: bytes.length };
        const facts = parsedFacts(bytes, name, id);
        if (erased.isAbout({ id, names: [facts.name, facts.species.name] })) {
          signatures.delete(id);
          continue;
        }
        writeWhole(out, Buffer.from(`${JSON.stringify(facts)}\n`));
        ids.push(id);
      }
      // So that a cancel is noticed.
      await nextTurn();
      database.throwIfCancelled();
    }
  } finally {
    closeSync(out);
  }
  return { signatures, ids, largest };
}

/** Brings table `shaped` up to date: rows made of the facts in `path`, none of documents that are gone. */
async function replaceRows(
  database: Database,
  path: string,
  { ids, largest }: Read,
  gone: readonly number[],
): Promise<void> {
  await database.run('DELETE FROM shaped WHERE id IN (SELECT unnest($stale)::INTEGER)', {
    stale: new TextList([...ids, ...gone].map(String)),
  });
  if (ids.length === 0) return;
  try {
    await database.run(`INSERT INTO shaped BY NAME ${shapedRows(path)}`);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'query-limit')) throw error;
    throw badDocument(largest.name, `is too large (${counted(largest.bytes, 'byte')})`, error);
  }
}

/** The part of a landed document that is read. Throws `bad-document`. */
function parsedFacts(bytes: Buffer, name: string, id: number): DocumentFacts {
  if (!isUtf8(bytes)) throw badDocument(name, 'is not UTF-8 text');
  let document: unknown;
  try {
    document = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw badDocument(name, 'is not valid JSON', cause);
  }
  const problem = documentProblem(document, id);
  if (problem !== null) throw badDocument(name, problem);
  const facts = documentFacts(document);
  // JSON.stringify writes them as escapes, which DuckDB rightly refuses.
  if (hasLoneSurrogate(facts)) throw badDocument(name, 'has half a character in one of its names');
  return facts;
}

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasLoneSurrogate);
}

function badDocument(file: string, problem: string, cause?: unknown): AppError {
  return new AppError('bad-document', `${file} in landing is damaged: it ${problem}.`, {
    hint: 'Delete that file and run gather again: it is fetched again.',
    cause,
  });
}

/** The types of the facts; what is in them was checked before. */
const FACT_TYPES: Record<DocumentField, string> = {
  id: 'INTEGER',
  name: 'VARCHAR',
  base_experience: 'INTEGER',
  height: 'INTEGER',
  weight: 'INTEGER',
  order: 'INTEGER',
  is_default: 'BOOLEAN',
  types: 'STRUCT(slot INTEGER, type STRUCT(name VARCHAR))[]',
  stats: 'STRUCT(base_stat INTEGER, stat STRUCT(name VARCHAR))[]',
  abilities: 'STRUCT(slot INTEGER, ability STRUCT(name VARCHAR))[]',
  game_indices: 'STRUCT(version STRUCT(name VARCHAR))[]',
  species: 'STRUCT(name VARCHAR)',
  sprites: 'STRUCT(front_default VARCHAR)',
};

function statColumn(stat: (typeof STATS)[number]): string {
  const name = quotedText(stat.replace('_', '-'));
  return `list_filter(stats, lambda s: s.stat.name = ${name})[1].base_stat AS ${quotedName(stat)}`;
}

/**
 * The dataset's columns, typed (weight in hectograms, height in decimetres as served).
 * BMI = mass in kg / (height in m)² (WHO, Technical Report Series 854), which is 10 × hectograms /
 * decimetres²: made of the served integers, it is rounded once only.
 */
const shapedRows = (facts: string) => `
  WITH facts AS (
    SELECT * REPLACE (list_sort(types) AS types, list_sort(abilities) AS abilities)
    FROM ${scanJsonLines([facts], FACT_TYPES, MOST_DOCUMENT_BYTES)}
  ), columns AS (
    SELECT
      id,
      upper(substring(name, 1, 1)) || substring(name, 2) AS name,
      base_experience, weight, height, "order",
      types[1].type.name AS type_1,
      types[2].type.name AS type_2,
      CASE WHEN height > 0
        THEN (10 * weight::BIGINT)::DOUBLE / (height::BIGINT * height::BIGINT)::DOUBLE END AS bmi,
      sprites.front_default AS sprite_front_default,
      weight::DOUBLE / 10 AS weight_kg,
      height::DOUBLE / 10 AS height_m,
      list_transform(game_indices, lambda g: g.version.name) AS games,
      ${STATS.map(statColumn).join(',\n      ')},
      list_filter(list_transform(abilities, lambda a: a.ability.name), lambda n: n IS NOT NULL)
        AS abilities,
      species.name AS species, is_default
    FROM facts
  )
  SELECT ${COLUMN_NAMES.map((name) =>
    name === 'stat_total' ? `${STATS.map(quotedName).join(' + ')} AS stat_total` : quotedName(name),
  ).join(', ')}
  FROM columns`;
