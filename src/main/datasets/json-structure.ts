import { type Database, quotedName, quotedText } from '../base/duckdb';
import { isExact } from './text-types';

/** What `json_group_structure` says of JSON values: DuckDB's names, lists and objects of them. */
export type Structure = string | [Structure] | Map<string, Structure>;

/** Objects become maps: a key may be `__proto__`. */
export function parseStructure(text: string): Structure {
  return structureOf(JSON.parse(text));
}

function structureOf(value: unknown): Structure {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return [structureOf(value[0] ?? 'NULL')];
  if (typeof value !== 'object' || value === null) return 'JSON';
  return new Map(Object.entries(value).map(([key, of]) => [key, structureOf(of)]));
}

/** What a column's numbers ask for. */
export interface Width {
  /** Integers beyond 63 bits. */
  integers: boolean;
  /** Integers beyond 64 bits, which DuckDB takes for DOUBLE. */
  decimals: boolean;
}

/** Looks for numbers that DuckDB's types for JSON do not hold; texts do not count. */
export async function mayLose(database: Database, from: string, text: string): Promise<Width> {
  const { integers, decimals } = await database.row<Width>(
    `SELECT coalesce(bool_or(regexp_matches(t, '[0-9]{19}')), false) AS integers,
       coalesce(bool_or(regexp_matches(t, '(^|[^.0-9])-?[0-9]{20,}([^.0-9eE]|$)')), false) AS decimals
     FROM (SELECT CASE WHEN regexp_matches(${text}, '[0-9]{19}') THEN ${bareSql(text)} END AS t FROM ${from})`,
  );
  return { integers, decimals };
}

/**
 * How many values hold a number with more decimals than a DOUBLE, which DuckDB rounds while it
 * parses; with one of them.
 */
export async function roundedNumbers(
  database: Database,
  from: string,
): Promise<{ count: number; example: string | null }> {
  const text = 'json::VARCHAR';
  return database.row<{ count: number; example: string | null }>(
    `SELECT count(*)::DOUBLE AS count, first(numbers[1]) AS example FROM (
       SELECT list_filter(regexp_extract_all(t, '-?[0-9]+\\.[0-9]+([eE][-+]?[0-9]+)?'),
         x -> length(x) > 17 AND NOT ${isExact('x')}) AS numbers
       FROM (SELECT CASE WHEN regexp_matches(${text}, '([0-9]\\.?){18}') THEN ${bareSql(text)} END AS t FROM ${from})
       WHERE t IS NOT NULL
     ) WHERE len(numbers) > 0`,
  );
}

/** JSON without its texts. */
function bareSql(text: string): string {
  return `regexp_replace(${text}, '"(\\\\.|[^"\\\\])*"', '', 'g')`;
}

const MOST_FIELDS = 2_000;

/** A JSON column in DuckDB: the name of its type, and that type as `json_transform` takes it. */
export interface JsonType {
  sqlType: string;
  shape: unknown;
}

const AS_IT_IS: JsonType = { sqlType: 'JSON', shape: 'JSON' };

/** The type that holds such values; JSON where there is no better one. */
export function duckdbType(tree: Structure, width: Width): JsonType {
  return width.decimals ? AS_IT_IS : typeOf(tree, width);
}

function typeOf(tree: Structure, width: Width): JsonType {
  if (typeof tree === 'string') {
    const sqlType = scalarType(tree, width);
    return { sqlType, shape: sqlType };
  }
  if (Array.isArray(tree)) {
    const item = typeOf(tree[0], width);
    return { sqlType: `${item.sqlType}[]`, shape: [item.shape] };
  }
  const names = [...tree.keys()];
  const distinct = new Set(names.map((name) => name.toLowerCase()));
  // Not a field name of DuckDB's, or of JavaScript's objects.
  const unfit = distinct.size < names.length || distinct.has('') || distinct.has('__proto__');
  if (unfit || names.length === 0 || names.length > MOST_FIELDS) return AS_IT_IS;
  const fields = [...tree].map(([name, of]) => [name, typeOf(of, width)] as const);
  return {
    sqlType: `STRUCT(${fields.map(([name, { sqlType }]) => `${quotedName(name)} ${sqlType}`).join(', ')})`,
    shape: Object.fromEntries(fields.map(([name, { shape }]) => [name, shape])),
  };
}

function scalarType(name: string, { integers }: Width): string {
  switch (name) {
    case 'BIGINT':
    case 'UBIGINT':
      return integers ? 'HUGEINT' : 'BIGINT';
    case 'DOUBLE':
    case 'BOOLEAN':
      return name;
    case 'VARCHAR':
    case 'NULL':
      return 'VARCHAR';
    default:
      return 'JSON';
  }
}

/** The SQL of such a value of SQL `json`. A field that an object lacks is null. */
export function valueSql(json: string, { sqlType, shape }: JsonType): string {
  return sqlType === 'JSON'
    ? json
    : `json_transform(${json}, ${quotedText(JSON.stringify(shape))})`;
}
