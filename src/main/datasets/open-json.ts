import { createReadStream, createWriteStream } from 'node:fs';

import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { counted } from '../../preload/contract/counts';
import { type Database, quotedText } from '../base/duckdb';
import { scanJsonValues } from '../base/duckdb-scan';
import type { ScanNote } from '../base/scan';
import { outlineJson } from './json-outline';
import {
  duckdbType,
  mayLose,
  parseStructure,
  roundedNumbers,
  type Structure,
  valueSql,
} from './json-structure';
import { columnsOf } from './scan-columns';
import { cannotOpen } from './open-problems';
import type { Reading } from './opened-scan';
import type { ScratchFolder } from './scratch-folder';
import type { TextFile } from './text-file';
import { type TextColumn, typeColumns, typedSelect } from './type-columns';
import { freeNames } from './free-names';

interface Values {
  from: string;
  notes: ScanNote[];
}

type Layout = Parameters<typeof scanJsonValues>[1];

/** @param files UTF-8; each is one list, one object, or has a value per line */
export async function openJson(
  database: Database,
  files: readonly TextFile[],
  name: string,
  scratch: ScratchFolder,
): Promise<Reading> {
  const { lists, others, notes: ofLayout } = await rowsIn(files, scratch);
  const values = await allValues(database, lists, others, name);
  const notes = [...ofLayout, ...files.flatMap((file) => file.notes), ...values.notes];
  const rounded = await roundedNumbers(database, values.from);
  if (rounded.count > 0) {
    notes.push({
      count: rounded.count,
      what: `${counted(rounded.count, 'row has', 'rows have')} a number with more digits than a DOUBLE holds, such as ${rounded.example}: rounded.`,
    });
  }
  const objects = `(SELECT json FROM ${values.from} WHERE json_type(json) = 'OBJECT')`;
  const { n, total } = await database.row<{ n: number; total: number }>(
    `SELECT (count(*) FILTER (json_type(json) = 'OBJECT'))::DOUBLE AS n, count(json)::DOUBLE AS total
     FROM ${values.from}`,
  );
  if (n === 0) {
    if (total === 0) {
      throw cannotOpen(name, 'it holds no rows', 'Check that it is the file you meant.');
    }
    return valuesAsRows(
      database,
      `(SELECT json FROM ${values.from} WHERE json IS NOT NULL)`,
      notes,
    );
  }
  if (total > n) {
    notes.push({
      count: total - n,
      what: `${counted(total - n, 'value is not an object', 'values are not objects')} with named values: left out.`,
    });
  }
  const twice = await repeatedKeys(database, objects);
  if (twice !== null) notes.push(twice);
  return objectsAsRows(database, objects, await structureOf(database, objects), name, notes);
}

async function allValues(
  database: Database,
  lists: readonly string[],
  others: readonly string[],
  name: string,
): Promise<Values> {
  if (others.length === 0) return jsonValues(database, lists, 'array', name);
  const single = await jsonValues(database, others, 'unstructured', name);
  if (lists.length === 0) return single;
  const inLists = await jsonValues(database, lists, 'array', name);
  return {
    from: `(SELECT json FROM ${inLists.from} UNION ALL SELECT json FROM ${single.from})`,
    notes: [...inLists.notes, ...single.notes],
  };
}

/** Over all values: a key that comes late is a column too. */
async function structureOf(database: Database, from: string): Promise<Structure> {
  const { structure } = await database.row<{ structure: string }>(
    `SELECT json_group_structure(json)::VARCHAR AS structure FROM ${from}`,
  );
  return parseStructure(structure);
}

/** Where the rows are: a list within an object is cut out of its file. */
async function rowsIn(files: readonly TextFile[], scratch: ScratchFolder) {
  const lists: string[] = [];
  const others: string[] = [];
  const notes: ScanNote[] = [];
  for (const { path } of files) {
    const isList = await beginsWithList(path);
    const outline = await outlineJson(path);
    const { rows } = outline;
    if (isList || outline.hasMore || rows === null) {
      (isList && !outline.hasMore ? lists : others).push(path);
      continue;
    }
    const cut = await scratch.newPath('.json');
    await pipeline(
      createReadStream(path, { start: rows.start, end: rows.end - 1 }),
      createWriteStream(cut, { mode: 0o600 }),
    );
    lists.push(cut);
    notes.push({
      count: rows.count,
      what: `The rows are the list “${rows.path.join('.')}” of the file; what stands beside it is left out.`,
    });
  }
  return { lists, others, notes };
}

async function beginsWithList(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const first = chunk.toString('latin1').trimStart()[0];
    if (first !== undefined) return first === '[';
  }
  return false;
}

const LEAST_VALUE_BYTES = 16 * 1024 * 1024;
/** DuckDB takes twice as much memory per thread as its longest value. */
const MOST_VALUE_BYTES = 128 * 1024 * 1024;

async function jsonValues(
  database: Database,
  paths: readonly string[],
  layout: Layout,
  name: string,
): Promise<Values> {
  let most = LEAST_VALUE_BYTES;
  for (const path of paths) most = Math.max(most, (await stat(path)).size + 1);
  const bytes = Math.min(most, layout === 'array' ? MOST_VALUE_BYTES : LEAST_VALUE_BYTES);
  const strict = `SELECT count(json) FROM ${scanJsonValues(paths, layout, bytes, 'refuse')}`;
  try {
    await database.run(strict);
    return { from: scanJsonValues(paths, layout, bytes, 'refuse'), notes: [] };
  } catch (error) {
    if (!(error instanceof Error) || !/JSON/i.test(error.message)) throw error;
    if (layout === 'array') throw brokenJson(name, error);
    return skippingLines(database, paths, bytes, name, error);
  }
}

/** Of a file with a value per line, single lines may be broken. */
async function skippingLines(
  database: Database,
  paths: readonly string[],
  bytes: number,
  name: string,
  cause: Error,
): Promise<{ from: string; notes: ScanNote[] }> {
  const from = scanJsonValues(paths, 'newline_delimited', bytes, 'skip');
  const { good, bad } = await database.row<{ good: number; bad: number }>(
    `SELECT count(json)::INTEGER AS good, (count(*) - count(json))::INTEGER AS bad FROM ${from}`,
  );
  if (good === 0 || bad > good) throw brokenJson(name, cause);
  const place = lineOf(cause);
  return {
    from,
    notes: [
      {
        count: bad,
        what: `${counted(bad, 'line is', 'lines are')} not JSON and left out${place === null ? '' : `, the first is line ${place}`}.`,
      },
    ],
  };
}

function lineOf(error: Error): number | null {
  const line = /in line (\d+)/.exec(error.message)?.[1];
  return line === undefined ? null : Number(line);
}

function brokenJson(name: string, cause: Error): Error {
  const place = /at byte (\d+) in (?:line|record\/value) (\d+)/.exec(cause.message);
  const where = place === null ? '' : ` (value ${place[2]}, byte ${place[1]})`;
  return cannotOpen(
    name,
    `it is not valid JSON, or cut off${where}`,
    'Get the file again from where it came.',
    cause,
  );
}

/** Lists and single values, one per row. */
async function valuesAsRows(database: Database, from: string, notes: ScanNote[]): Promise<Reading> {
  const { n } = await database.row<{ n: number }>(`SELECT count(*)::DOUBLE AS n FROM ${from}`);
  const tree = await structureOf(database, from);
  const wide = await mayLose(database, from, 'json::VARCHAR');
  const type = duckdbType(tree, wide);
  return {
    from: `(SELECT ${valueSql('json', type)} AS value FROM ${from})`,
    columns: [{ name: 'value', sqlType: type.sqlType }],
    notes,
    rows: n,
    csv: null,
  };
}

async function repeatedKeys(database: Database, objects: string): Promise<ScanNote | null> {
  const { n, key } = await database.row<{ n: number; key: string | null }>(
    `SELECT count(*)::INTEGER AS n, any_value(list_filter(keys, k -> list_count(list_filter(keys, o -> o = k)) > 1)[1]) AS key
     FROM (SELECT json_keys(json) AS keys FROM ${objects}) WHERE len(keys) > len(list_distinct(keys))`,
  );
  if (n === 0) return null;
  return {
    ...(key === null ? {} : { column: key }),
    count: n,
    what: `${counted(n, 'row names', 'rows name')} a value twice, such as “${key}”: the first is kept.`,
  };
}

async function objectsAsRows(
  database: Database,
  objects: string,
  structure: Structure,
  name: string,
  notes: ScanNote[],
): Promise<Reading> {
  const keys = structure instanceof Map ? [...structure] : [];
  if (keys.length === 0) {
    throw cannotOpen(name, 'it holds no columns', 'Check that it is the file you meant.');
  }
  const names = freeNames(keys.map(([key]) => key));
  const wanted = keys.map(
    ([key, tree]) => `${JSON.stringify(key)}:${isScalar(tree) ? '"VARCHAR"' : '"JSON"'}`,
  );
  const from = `(SELECT json_transform(json, ${quotedText(`{${wanted.join(',')}}`)}) AS r FROM ${objects})`;
  const field = (index: number) => `struct_extract_at(r, ${index + 1})`;
  const scalars: (TextColumn & { index: number })[] = [];
  const columns: { name: string; sqlType: string; sql: string }[] = [];
  for (const [index, [, tree]] of keys.entries()) {
    const column = names[index]!;
    if (isScalar(tree)) {
      scalars.push({ index, name: column, text: field(index), held: heldBy(tree) });
      continue;
    }
    const wide = await mayLose(database, from, `${field(index)}::VARCHAR`);
    const type = duckdbType(tree, wide);
    if (type.sqlType === 'JSON') {
      notes.push({
        column,
        count: 1,
        what: wide.decimals
          ? 'Its numbers have more digits than a DOUBLE holds: kept as JSON.'
          : 'Its values have several types: kept as JSON.',
      });
    }
    const sql = valueSql(field(index), type);
    columns[index] = { name: column, sqlType: type.sqlType, sql };
  }
  const typed = await typeScalars(database, from, scalars);
  for (const [position, { index }] of scalars.entries()) columns[index] = typed.columns[position]!;
  const renamed = keys.filter(([key], index) => key !== names[index]).length;
  if (renamed > 0) {
    notes.push({
      count: renamed,
      what: `${counted(renamed, 'column is', 'columns are')} renamed: empty, or in other upper and lower case the name of another.`,
    });
  }
  const select = typedSelect(columns, from);
  return {
    from: select,
    // In DuckDB's own spelling.
    columns: await columnsOf(database, select),
    notes: [...notes, ...typed.notes],
    rows: typed.rows,
    csv: null,
  };
}

async function typeScalars(
  database: Database,
  from: string,
  scalars: readonly TextColumn[],
): ReturnType<typeof typeColumns> {
  if (scalars.length > 0) return typeColumns(database, from, scalars, '.');
  const { n } = await database.row<{ n: number }>(`SELECT count(*)::DOUBLE AS n FROM ${from}`);
  return { columns: [], notes: [], rows: n, decimal: '.' };
}

function isScalar(tree: Structure): boolean {
  return typeof tree === 'string' && tree !== 'JSON';
}

/** A JSON text that looks like a number is none. */
function heldBy(tree: Structure): TextColumn['held'] {
  return tree === 'VARCHAR' ? 'text' : tree === 'BOOLEAN' || tree === 'NULL' ? 'any' : 'number';
}
