import { DuckDBListType, DuckDBMapType, DuckDBStructType, type DuckDBType } from '@duckdb/node-api';
import { z } from 'zod';
import type { Database } from '../base/duckdb';
import { scanParquet, scanParquetSchema } from '../base/duckdb-scan';

/** A column, or a part of one, as a data file has it. */
export interface FileColumn {
  readonly name: string;
  /** Parquet's `field_id`. */
  readonly id: number | null;
  /** What DuckDB reads it as. */
  readonly type: DuckDBType;
  /** A struct's fields, a list's element, a map's key and value. */
  readonly parts: readonly FileColumn[];
}

/** Data files that have exactly the same columns, by their place among those asked about. */
export interface FileGroup {
  readonly files: readonly number[];
  readonly columns: readonly FileColumn[];
}

const rowSchema = z.object({
  name: z.string(),
  repetition_type: z.string().nullable(),
  num_children: z.number().nullable(),
  field_id: z.number().nullable(),
  rest: z.string(),
});
type SchemaRow = z.infer<typeof rowSchema>;

interface SchemaNode {
  row: SchemaRow;
  children: SchemaNode[];
}

/** Footers read at the same time: rows of many files would not fit in memory. */
const TOGETHER = 200;

/** Groups data files by what columns they have. Rejects as DuckDB does for a file it cannot read. */
export async function groupByColumns(
  database: Database,
  files: readonly string[],
): Promise<FileGroup[]> {
  const groups = new Map<string, { files: number[]; root: SchemaNode }>();
  for (let from = 0; from < files.length; from += TOGETHER) {
    const some = files.slice(from, from + TOGETHER);
    for (const [index, rows] of (await schemasOf(database, some)).entries()) {
      const shape = JSON.stringify(rows);
      const group = groups.get(shape);
      if (group) group.files.push(from + index);
      else groups.set(shape, { files: [from + index], root: treeOf(rows) });
    }
  }
  return Promise.all(
    [...groups.values()].map(async ({ files: places, root }) => {
      const [first = 0] = places;
      const there = await database.columns(
        `SELECT * FROM ${scanParquet(files.slice(first, first + 1))}`,
      );
      const columns = root.children.map((node, index) => fileColumn(node, there[index]?.type));
      return { files: places, columns };
    }),
  );
}

/** The rows of each file's schema, in the order of the files. */
async function schemasOf(database: Database, files: readonly string[]): Promise<SchemaRow[][]> {
  const rows = z.array(rowSchema).parse(
    await database.rows(
      `SELECT coalesce(name, '') AS name, repetition_type, num_children::INTEGER AS num_children,
         field_id::INTEGER AS field_id,
         concat_ws(' ', type, type_length, converted_type, scale, precision, logical_type, duckdb_type) AS rest
       FROM ${scanParquetSchema(files)}`,
    ),
  );
  const schemas: SchemaRow[][] = [];
  let awaited = 0;
  for (const row of rows) {
    if (awaited === 0) {
      schemas.push([]);
      awaited = 1;
    }
    schemas.at(-1)?.push(row);
    awaited += (row.num_children ?? 0) - 1;
  }
  if (schemas.length !== files.length) throw new Error('a Parquet schema is not a tree');
  return schemas;
}

/** Parquet writes a schema depth first. */
function treeOf(rows: readonly SchemaRow[]): SchemaNode {
  let at = 0;
  const next = (): SchemaNode => {
    const row = rows[at];
    if (row === undefined) throw new Error('a Parquet schema ends too early');
    at += 1;
    return { row, children: Array.from({ length: row.num_children ?? 0 }, next) };
  };
  return next();
}

function fileColumn(node: SchemaNode, type: DuckDBType | undefined): FileColumn {
  if (type === undefined) throw new Error(`DuckDB does not read the column ${node.row.name}`);
  return {
    name: node.row.name,
    id: node.row.field_id,
    type,
    parts: partsOf(node, type),
  };
}

function partsOf(node: SchemaNode, type: DuckDBType): FileColumn[] {
  if (type instanceof DuckDBStructType) {
    return node.children.map((child, index) => {
      // DuckDB gives a second field of a name another one.
      const name = type.entryNames[index] ?? child.row.name;
      return { ...fileColumn(child, type.entryTypes[index]), name };
    });
  }
  if (type instanceof DuckDBListType) {
    return [fileColumn(elementOf(node, type.valueType), type.valueType)];
  }
  if (type instanceof DuckDBMapType) {
    const [key, value] = node.children[0]?.children ?? [];
    if (key === undefined || value === undefined) throw new Error('a map without key and value');
    return [fileColumn(key, type.keyType), fileColumn(value, type.valueType)];
  }
  return [];
}

/**
 * A list's element: three levels deep, two deep in files of old writers, or the repeated field
 * itself. Source: LogicalTypes.md of apache/parquet-format, “Lists”.
 */
function elementOf(node: SchemaNode, type: DuckDBType): SchemaNode {
  const [repeated] = node.children;
  if (node.row.repetition_type === 'REPEATED' && !fits(repeated, type)) return node;
  if (repeated === undefined) return node;
  const [only] = repeated.children;
  return repeated.children.length === 1 && fits(only, type) ? (only ?? repeated) : repeated;
}

function fits(node: SchemaNode | undefined, type: DuckDBType): boolean {
  if (node === undefined) return false;
  if (type instanceof DuckDBStructType) {
    const names = node.children.map(({ row }) => row.name);
    return JSON.stringify(names) === JSON.stringify(type.entryNames);
  }
  const isNested = type instanceof DuckDBListType || type instanceof DuckDBMapType;
  return isNested || node.children.length === 0;
}
