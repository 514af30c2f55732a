import { isUtf8 } from 'node:buffer';
import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import { COLUMN_NAMES, DATASET_COLUMNS, STATS } from '../../preload/contract/dataset';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName, quotedText, TextList } from '../base/duckdb';
import { scanJsonLines, scanParquet, scanParquetPairs } from '../base/duckdb-scan';
import { isMissing, removeTemporaries, replaceFile } from '../base/durable-file';
import {
  DOCUMENT_FIELDS,
  type DocumentField,
  documentProblem,
  MOST_DOCUMENT_BYTES,
} from './document-schema';
import { documentId } from './landing-store';

/** Raised when the rows made of the same document change, so that kept rows are made anew. */
const SHAPE_REVISION = 3;

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

/** The names decide, never the content. Asking the system for each at a time is the fastest here. */
function landedSignatures(paths: DataPaths): Signatures {
  const landed = new Map<number, string>();
  for (const name of namesIn(paths.documents)) {
    const id = documentId(name);
    if (id === null) continue;
    const file = statSync(join(paths.documents, name), { bigint: true });
    if (!file.isFile()) continue;
    const { size, mtimeNs } = file;
    landed.set(id, `${SHAPE_REVISION}:${size}:${mtimeNs}`);
  }
  return landed;
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

/** Brings table `shaped` to `expectedRows` rows: DuckDB parses each document once. */
async function readDocuments(
  database: Database,
  paths: DataPaths,
  ids: readonly number[],
  expectedRows: number,
): Promise<void> {
  const files = ids.map((id) => join(paths.documents, `${id}.json`));
  // In any order a thread holds one document at a time; in order, DuckDB keeps many waiting.
  await database.run('SET preserve_insertion_order = false');
  if (!(await readLines(database, files, expectedRows))) await readTexts(database, files);
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
    await database.run(`INSERT INTO shaped BY NAME ${shapedRows(lines(files))}`);
    const { rows } = await database.row<{ rows: number }>(
      'SELECT count(*)::INTEGER AS rows FROM shaped',
    );
    if (rows !== expectedRows) throw new Error(`${expectedRows} documents made ${rows} rows`);
    await database.run('COMMIT');
    return true;
  } catch (error) {
    if (error instanceof AppError) throw error;
    await database.run('ROLLBACK');
    return false;
  }
}

/** Documents of any layout. Throws `bad-document` naming the first that is damaged. */
async function readTexts(database: Database, files: readonly string[]): Promise<void> {
  for (let at = 0; at < files.length; at += TEXTS_AT_ONCE) {
    const texts = await Promise.all(files.slice(at, at + TEXTS_AT_ONCE).map(readText));
    try {
      await database.run(`INSERT INTO shaped BY NAME ${shapedRows(TEXTS)}`, bound(texts));
    } catch (error) {
      throw (await damagedDocument(database, texts, error)) ?? error;
    }
  }
}

interface DocumentText {
  /** The file's name. */
  name: string;
  content: string;
}

/** Not by DuckDB's reader of texts, which cannot be kept from taking folders for columns. */
async function readText(file: string): Promise<DocumentText> {
  const bytes = await readFile(file);
  if (!isUtf8(bytes)) throw badDocument(basename(file), 'is not UTF-8 text');
  return { name: basename(file), content: bytes.toString('utf8') };
}

function bound(texts: readonly DocumentText[]): Record<string, TextList> {
  return {
    ids: new TextList(texts.map(({ name }) => String(documentId(name)))),
    contents: new TextList(texts.map(({ content }) => content)),
    paths: new TextList(DOCUMENT_FIELDS.map((field) => PART_PATHS[field] ?? `$.${field}`)),
  };
}

/** What keeps the documents from being shaped; null where it is none of them. */
async function damagedDocument(
  database: Database,
  texts: readonly DocumentText[],
  cause: unknown,
): Promise<AppError | null> {
  if (cause instanceof AppError) return cause;
  for (const text of texts) {
    const { p } = await database.row<{ p: (string | null)[] | null }>(
      `SELECT p FROM (${TEXT_PARTS})`,
      bound([text]),
    );
    const problem =
      p === null ? 'is not valid JSON' : documentProblem(factsOf(p), documentId(text.name) ?? 0);
    if (problem !== null) return badDocument(text.name, problem, cause);
  }
  return null;
}

function factsOf(parts: readonly (string | null)[]): Record<string, unknown> {
  const facts: Record<string, unknown> = { sprites: {} };
  for (const [index, field] of DOCUMENT_FIELDS.entries()) {
    const text = parts[index];
    if (text === null || text === undefined) continue;
    const value: unknown = JSON.parse(text);
    facts[field] = field === 'sprites' ? { front_default: value } : value;
  }
  return facts;
}

function badDocument(file: string, problem: string, cause?: unknown): AppError {
  return new AppError('bad-document', `${file} in landing is damaged: it ${problem}.`, {
    hint: 'Delete that file and run gather again: it is fetched anew.',
    cause,
  });
}

/** Of the sprites, which fill much of a document, one is needed. */
const PART_PATHS: Partial<Record<DocumentField, string>> = { sprites: '$.sprites.front_default' };
const LINE_TYPES: Partial<Record<DocumentField, string>> = {
  sprites: 'STRUCT(front_default JSON)',
};

/** How many documents are held as texts at a time: the largest have half a megabyte. */
const TEXTS_AT_ONCE = 100;

/** Each document's fields, in the order of DOCUMENT_FIELDS; null where it is not valid JSON. */
const TEXT_PARTS = `
  SELECT id::INTEGER AS landed_id, TRY(json_extract(content, $paths)) AS p
  FROM (SELECT unnest($ids) AS id, unnest($contents) AS content)`;

/** Materialised, or DuckDB would parse each document once per column. */
const TEXTS = `
  parts AS MATERIALIZED (${TEXT_PARTS}),
  fields AS (
    SELECT landed_id,
      ${DOCUMENT_FIELDS.map((field, index) => `p[${index + 1}] AS ${quotedName(field)}`).join(', ')}
    FROM parts
  )`;

/** The same fields by DuckDB's own reader of one JSON value per line, which keeps them as they are. */
function lines(files: readonly string[]): string {
  const types = DOCUMENT_FIELDS.map((field) => [field, LINE_TYPES[field] ?? 'JSON']);
  return `
  fields AS MATERIALIZED (
    SELECT parse_filename(filename, true)::INTEGER AS landed_id,
      * REPLACE (sprites.front_default AS sprites)
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
 * BMI = mass in kg / (height in m)², unrounded (WHO, Technical Report Series 854).
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
      CASE WHEN height > 0 THEN weight_kg / (height_m * height_m) END AS bmi,
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
