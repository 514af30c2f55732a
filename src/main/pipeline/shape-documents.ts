import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
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
import { readingError } from '../base/host-error';
import {
  DOCUMENT_FIELDS,
  type DocumentField,
  documentFacts,
  documentProblem,
  MOST_DOCUMENT_BYTES,
} from './document-schema';
import { documentId } from './landing-store';
import { sha256 } from './pieces';

/** Raised when the rows made of the same document change, so that kept rows are made anew. */
const SHAPE_REVISION = 4;

/** By document number: what changes when its landed file does. */
type Signatures = ReadonlyMap<number, string>;

export interface Shaped {
  /** Documents in landing. */
  documents: number;
  /** Documents read and shaped now; the others were kept from the last time. */
  documentsRead: number;
}

/**
 * Makes table `shaped`: one row a landed document, with the dataset's columns (whatever the
 * games), in no order. Rows of documents whose file has not changed are kept from the last run.
 * Throws `no-data` for an empty landing, `bad-document` naming a file that is damaged.
 */
export async function shapeDocuments(database: Database, paths: DataPaths): Promise<Shaped> {
  const landed = landedSignatures(paths);
  if (landed.size === 0) {
    throw new AppError('no-data', 'Nothing has been gathered yet.', {
      hint: 'Run gather first, or refresh, which does both.',
    });
  }
  await removeTemporaries(paths.landing, () => true);
  const { kept, dropped } = await loadKept(database, paths, landed);
  const changed = [...landed.keys()].filter((id) => !kept.has(id));
  if (changed.length > 0) await readDocuments(database, paths, changed, landed.size);
  if (changed.length > 0 || dropped) await keepForNextTime(database, paths, landed);
  return { documents: landed.size, documentsRead: changed.length };
}

/**
 * By content: a file's time and size do not tell. Where times are whole seconds, or were put back,
 * they are the same for another document of the same length. 1,351 of them take 0.2 s.
 */
function landedSignatures(paths: DataPaths): Signatures {
  const landed = new Map<number, string>();
  for (const name of namesIn(paths.documents)) {
    const id = documentId(name);
    if (id === null) continue;
    const path = join(paths.documents, name);
    if (!statSync(path).isFile()) continue;
    landed.set(id, `${SHAPE_REVISION}:${sha256([readLanded(path)])}`);
  }
  return landed;
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

/** Makes table `shaped` with the rows that still hold; `dropped` where some no longer do. */
async function loadKept(
  database: Database,
  paths: DataPaths,
  landed: Signatures,
): Promise<{ kept: ReadonlySet<number>; dropped: boolean }> {
  const typed = DATASET_COLUMNS.map(
    (column) => `${quotedName(column.name)} ${column.type}${column.nullable ? '' : ' NOT NULL'}`,
  );
  await database.run(`CREATE TEMP TABLE shaped (${typed.join(', ')})`);
  try {
    const signatures = await keptSignatures(database, paths);
    const kept = new Set<number>();
    const stale: number[] = [];
    for (const [id, signature] of signatures) {
      if (landed.get(id) === signature) kept.add(id);
      else stale.push(id);
    }
    if (kept.size > 0) {
      await database.run(
        `INSERT INTO shaped BY NAME SELECT * FROM ${scanParquet([paths.shaped])}
         WHERE id NOT IN (SELECT unnest($stale)::INTEGER)`,
        { stale: new TextList(stale.map(String)) },
      );
    }
    return { kept, dropped: stale.length > 0 };
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Missing, damaged or of another shape: it is derived, so it is made anew.
    return { kept: new Set(), dropped: true };
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

/** Brings table `shaped` to `expectedRows` rows. */
async function readDocuments(
  database: Database,
  paths: DataPaths,
  ids: readonly number[],
  expectedRows: number,
): Promise<void> {
  const files = ids.map((id) => join(paths.documents, `${id}.json`));
  // In any order a thread holds one document at a time; in order, DuckDB keeps many waiting.
  await database.run('SET preserve_insertion_order = false');
  if (!(await readLines(database, files, expectedRows))) await readParsed(database, paths, files);
  await database.run('RESET preserve_insertion_order');
}

/**
 * The faster way, for documents that are one line each, as PokéAPI serves them. False, and
 * nothing added, where one is not, or is not what it should be: the other way tells which.
 */
async function readLines(
  database: Database,
  files: readonly string[],
  expectedRows: number,
): Promise<boolean> {
  await database.run('BEGIN');
  try {
    await database.run(`INSERT INTO shaped BY NAME ${shapedRows(lines(files, FILE_NUMBER))}`);
    const { rows } = await database.row<{ rows: number }>(
      'SELECT count(*)::INTEGER AS rows FROM shaped',
    );
    if (rows !== expectedRows) throw new Error(`${expectedRows} documents made ${rows} rows`);
    await database.run('COMMIT');
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'query-limit') throw error;
    await database.run('ROLLBACK');
    return false;
  }
}

/**
 * Documents of any layout and size, one after the other: each is parsed here, and DuckDB is given
 * the part of it that is read. Throws `bad-document` naming the first that is damaged.
 */
async function readParsed(
  database: Database,
  paths: DataPaths,
  files: readonly string[],
): Promise<void> {
  const reduced = temporaryBeside(paths.shaped);
  let largest = { name: '', bytes: 0 };
  try {
    const out = openSync(reduced, 'wx');
    try {
      for (const file of files) {
        const bytes = readLanded(file);
        if (bytes.length > largest.bytes) largest = { name: basename(file), bytes: bytes.length };
        writeWhole(out, Buffer.from(`${JSON.stringify(parsedFacts(bytes, basename(file)))}\n`));
      }
    } finally {
      closeSync(out);
    }
    // Each was held against its file's number above.
    const fields = lines([reduced], '(id)::INTEGER');
    await database.run(`INSERT INTO shaped BY NAME ${shapedRows(fields)}`);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'query-limit')) throw error;
    throw badDocument(largest.name, `is too large (${counted(largest.bytes, 'byte')})`, error);
  } finally {
    rmSync(reduced, { force: true });
  }
}

/** The part of a landed document that is read. Throws `bad-document`. */
function parsedFacts(bytes: Buffer, name: string): unknown {
  if (!isUtf8(bytes)) throw badDocument(name, 'is not UTF-8 text');
  let document: unknown;
  try {
    document = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw badDocument(name, 'is not valid JSON', cause);
  }
  const problem = documentProblem(document, documentId(name) ?? 0);
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
    hint: 'Delete that file and run gather again: it is fetched anew.',
    cause,
  });
}

/** Of the sprites, which fill much of a document, one is needed. */
const LINE_TYPES: Partial<Record<DocumentField, string>> = {
  sprites: 'STRUCT(front_default JSON)',
};

const FILE_NUMBER = 'parse_filename(filename, true)::INTEGER';

/** Documents' fields by DuckDB's own reader of one JSON value per line, which keeps them as they are. */
function lines(files: readonly string[], landedId: string): string {
  const types = DOCUMENT_FIELDS.map((field) => [field, LINE_TYPES[field] ?? 'JSON']);
  return `
  fields AS MATERIALIZED (
    SELECT ${landedId} AS landed_id, * REPLACE (sprites.front_default AS sprites)
    FROM ${scanJsonLines(files, Object.fromEntries(types), MOST_DOCUMENT_BYTES)}
  )`;
}

function integer(field: DocumentField): string {
  return `(${quotedName(field)})::INTEGER`;
}

function statColumn(stat: (typeof STATS)[number]): string {
  const name = quotedText(stat.replace('_', '-'));
  return `list_filter(stats, lambda s: s.stat.name = ${name})[1].base_stat AS ${quotedName(stat)}`;
}

/**
 * The dataset's columns, typed (weight in hectograms, height in decimetres as served). A document
 * of another number than its file's gets no id, which the table refuses.
 * BMI = mass in kg / (height in m)² (WHO, Technical Report Series 854), which is 10 × hectograms /
 * decimetres²: made of the served integers, it is rounded once only.
 */
const shapedRows = (fields: string) => `
  WITH ${fields}, typed AS (
    SELECT
      CASE WHEN ${integer('id')} = landed_id THEN landed_id END AS id,
      name ->> '$' AS served_name,
      ${integer('base_experience')} AS base_experience,
      ${integer('weight')} AS weight,
      ${integer('height')} AS height,
      ${integer('order')} AS "order",
      list_sort(json_transform(types,
        '[{"slot":"INTEGER","type":{"name":"VARCHAR"}}]')) AS types,
      sprites ->> '$' AS sprite_front_default,
      (${integer('weight')})::DOUBLE / 10 AS weight_kg,
      (${integer('height')})::DOUBLE / 10 AS height_m,
      json_transform(game_indices, '[{"version":{"name":"VARCHAR"}}]') AS game_indices,
      json_transform(stats,
        '[{"base_stat":"INTEGER","stat":{"name":"VARCHAR"}}]') AS stats,
      list_sort(json_transform(abilities,
        '[{"slot":"INTEGER","ability":{"name":"VARCHAR"}}]')) AS abilities,
      species ->> '$.name' AS species,
      (is_default)::BOOLEAN AS is_default
    FROM fields
  ), columns AS (
    SELECT
      id,
      upper(substring(served_name, 1, 1)) || substring(served_name, 2) AS name,
      base_experience, weight, height, "order",
      types[1].type.name AS type_1,
      types[2].type.name AS type_2,
      CASE WHEN height > 0
        THEN (10 * weight::BIGINT)::DOUBLE / (height::BIGINT * height::BIGINT)::DOUBLE END AS bmi,
      sprite_front_default, weight_kg, height_m,
      list_transform(game_indices, lambda g: g.version.name) AS games,
      ${STATS.map(statColumn).join(',\n      ')},
      list_filter(list_transform(abilities, lambda a: a.ability.name), lambda n: n IS NOT NULL)
        AS abilities,
      species, is_default
    FROM typed
  )
  SELECT ${COLUMN_NAMES.map((name) =>
    name === 'stat_total' ? `${STATS.map(quotedName).join(' + ')} AS stat_total` : quotedName(name),
  ).join(', ')}
  FROM columns`;
