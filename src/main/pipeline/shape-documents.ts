import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../preload/contract/errors';
import { COLUMN_NAMES, DATASET_COLUMNS, STATS } from '../../preload/contract/dataset';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName, quotedText, TextList } from '../base/duckdb';
import { isMissing, replaceFile } from '../base/durable-file';
import { DOCUMENT_FIELDS, type DocumentField } from './document-schema';
import { documentId } from './landing-store';

/** Raised when the rows made of the same document change, so that kept rows are made anew. */
const SHAPE_REVISION = 1;

export interface Shaped {
  /** Documents in landing. */
  documents: number;
  /** Documents read now; the others were kept from the last time. */
  documentsRead: number;
}

/**
 * Makes table `shaped`: one row a landed document, with the dataset's columns (whatever the
 * games) and `signature`. Rows of documents whose file has not changed are kept from the last
 * run. Throws `no-data` for an empty landing, `bad-document` naming a file that is damaged.
 */
export async function shapeDocuments(database: Database, paths: DataPaths): Promise<Shaped> {
  const landed = await signatures(paths);
  if (landed.size === 0) {
    throw new AppError('no-data', 'Nothing has been gathered yet.', {
      hint: 'Run gather first, or refresh, which does both.',
    });
  }
  await database.run(
    `CREATE TEMP TABLE landed AS
     SELECT unnest($ids)::INTEGER AS id, unnest($signatures) AS signature`,
    {
      ids: new TextList([...landed.keys()].map(String)),
      signatures: new TextList([...landed.values()]),
    },
  );
  await loadKept(database, paths);
  const missing = await database.rows<{ id: number }>(
    'SELECT id FROM landed ANTI JOIN kept USING (id) ORDER BY id',
  );
  const dropped = await database.row<{ n: number }>(
    'SELECT count(*)::INTEGER AS n FROM kept_all ANTI JOIN landed USING (id, signature)',
  );
  await readDocuments(
    database,
    paths,
    missing.map((row) => row.id),
  );
  const columns = COLUMN_NAMES.map(quotedName).join(', ');
  await database.run(
    `CREATE TEMP TABLE shaped AS
     SELECT ${columns}, signature FROM kept
     UNION ALL BY NAME
     SELECT fresh.*, landed.signature FROM fresh JOIN landed USING (id)
     ORDER BY id`,
  );
  if (missing.length > 0 || dropped.n > 0) {
    await replaceFile(paths.shaped, (temporary) =>
      database.run(`COPY shaped TO ${quotedText(temporary)} (FORMAT parquet)`),
    );
  }
  return { documents: landed.size, documentsRead: missing.length };
}

/** Number → what changes when the file does. The names decide, never the content. */
async function signatures(paths: DataPaths): Promise<Map<number, string>> {
  let names: string[];
  try {
    names = await readdir(paths.documents);
  } catch (error) {
    if (isMissing(error)) return new Map();
    throw error;
  }
  const landed = new Map<number, string>();
  await Promise.all(
    names.map(async (name) => {
      const id = documentId(name);
      if (id === null) return;
      const { size, mtimeNs } = await stat(join(paths.documents, name), { bigint: true });
      landed.set(id, `${SHAPE_REVISION}:${size}:${mtimeNs}`);
    }),
  );
  return landed;
}

async function loadKept(database: Database, paths: DataPaths): Promise<void> {
  try {
    await database.run(`CREATE TEMP TABLE kept_all AS SELECT * FROM read_parquet($path)`, {
      path: paths.shaped,
    });
    const columns = COLUMN_NAMES.map(quotedName).join(', ');
    await database.run(
      `CREATE TEMP TABLE kept AS
       SELECT ${columns}, signature FROM kept_all SEMI JOIN landed USING (id, signature)`,
    );
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Missing, damaged or of another shape: it is derived, so it is made anew.
    await rm(paths.shaped, { force: true });
    await database.run('DROP TABLE IF EXISTS kept_all');
    const typed = DATASET_COLUMNS.map((column) => `${quotedName(column.name)} ${column.type}`);
    await database.run(`CREATE TEMP TABLE kept_all (${typed.join(', ')}, signature VARCHAR)`);
    await database.run('CREATE TEMP TABLE kept AS SELECT * FROM kept_all');
  }
}

/** Makes table `fresh` from landing's raw documents: DuckDB reads and parses each once. */
async function readDocuments(
  database: Database,
  paths: DataPaths,
  ids: readonly number[],
): Promise<void> {
  const files = ids.map((id) => join(paths.documents, `${id}.json`));
  try {
    await database.run(
      `CREATE TEMP TABLE parts AS
       SELECT filename, TRY(json_extract(content, $paths)) AS p FROM read_text($files)`,
      {
        paths: new TextList(DOCUMENT_FIELDS.map((field) => `$.${field}`)),
        files: new TextList(files),
      },
    );
    await refuseDamaged(database);
    await database.run(`CREATE TEMP TABLE fresh AS ${ROWS_FROM_PARTS}`);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof Error && /UTF-8|Invalid Input|Conversion/i.test(error.message)) {
      throw badDocument(/([^/\\'"\s]+\.json)/.exec(error.message)?.[1] ?? 'A document', error);
    }
    throw error;
  }
}

async function refuseDamaged(database: Database): Promise<void> {
  const [damaged] = await database.rows<{ file: string }>(
    `SELECT parse_filename(filename) AS file FROM parts
     WHERE p IS NULL
        OR ${part('id')} IS NULL
        OR (${part('id')})::VARCHAR IS DISTINCT FROM parse_filename(filename, true)
     ORDER BY filename LIMIT 1`,
  );
  if (damaged !== undefined) throw badDocument(damaged.file);
}

function badDocument(file: string, cause?: unknown): AppError {
  return new AppError('bad-document', `${file} in landing is not the document it should be.`, {
    hint: 'Delete that file and run gather again: it is fetched anew.',
    cause,
  });
}

function part(field: DocumentField): string {
  return `p[${DOCUMENT_FIELDS.indexOf(field) + 1}]`;
}

function integer(field: DocumentField): string {
  return `(${part(field)})::INTEGER`;
}

function statColumn(stat: (typeof STATS)[number]): string {
  const name = quotedText(stat.replace('_', '-'));
  return `list_filter(stats, lambda s: s.stat.name = ${name})[1].base_stat AS ${quotedName(stat)}`;
}

/**
 * The dataset's columns, typed (weight in hectograms, height in decimetres as served).
 * BMI = mass in kg / (height in m)², unrounded (WHO, Technical Report Series 854).
 */
const ROWS_FROM_PARTS = `
  WITH typed AS (
    SELECT
      ${integer('id')} AS id,
      ${part('name')} ->> '$' AS served_name,
      ${integer('base_experience')} AS base_experience,
      ${integer('weight')} AS weight,
      ${integer('height')} AS height,
      ${integer('order')} AS "order",
      list_sort(json_transform(${part('types')},
        '[{"slot":"INTEGER","type":{"name":"VARCHAR"}}]')) AS types,
      ${part('sprites')} ->> '$.front_default' AS sprite_front_default,
      (${integer('weight')})::DOUBLE / 10 AS weight_kg,
      (${integer('height')})::DOUBLE / 10 AS height_m,
      json_transform(${part('game_indices')}, '[{"version":{"name":"VARCHAR"}}]') AS game_indices,
      json_transform(${part('stats')},
        '[{"base_stat":"INTEGER","stat":{"name":"VARCHAR"}}]') AS stats,
      list_sort(json_transform(${part('abilities')},
        '[{"slot":"INTEGER","ability":{"name":"VARCHAR"}}]')) AS abilities,
      ${part('species')} ->> '$.name' AS species,
      (${part('is_default')})::BOOLEAN AS is_default
    FROM parts
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
  FROM columns ORDER BY id`;
