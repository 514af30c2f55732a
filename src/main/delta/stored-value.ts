import { DuckDBTypeId } from '@duckdb/node-api';
import { quotedName, quotedText } from '../base/duckdb';
import type { FileColumn } from './data-file-columns';
import type { Mapping } from './reader-features';
import { type ColumnType, sqlType, type TableColumn } from './table-columns';

/**
 * SQL that turns a data file's value into one of the table's column: fields are found by name or
 * number, missing ones are null, narrower types are widened. The value itself never changes: a type
 * that could only be forced into the table's is Mismatched.
 */

/** Thrown where the table's column cannot be read from the type of the file's. */
export class Mismatched extends Error {}

interface Value {
  sql: string;
  /** Whether the file has it as the table does. */
  isSame: boolean;
}

/** @returns undefined where the file has no such column */
export function fileColumnOf(
  column: TableColumn,
  there: readonly FileColumn[],
  mapping: Mapping,
): { column: FileColumn; index: number } | undefined {
  const index = indexOf(column, there, mapping);
  const found = there[index];
  return found === undefined ? undefined : { column: found, index };
}

function indexOf(column: TableColumn, there: readonly FileColumn[], mapping: Mapping): number {
  if (mapping === 'id') return there.findIndex(({ id }) => id === column.id);
  const exact = there.findIndex(({ name }) => name === column.physicalName);
  if (exact >= 0) return exact;
  // Delta's names differ in more than case, so writers need not keep the case.
  const lower = column.physicalName.toLowerCase();
  return there.findIndex(({ name }) => name.toLowerCase() === lower);
}

/** @param from SQL of the file's value */
export function storedValue(
  from: string,
  stored: FileColumn,
  type: ColumnType,
  mapping: Mapping,
): string {
  return value(from, stored, type, mapping, 0).sql;
}

function value(
  from: string,
  stored: FileColumn,
  type: ColumnType,
  mapping: Mapping,
  depth: number,
): Value {
  switch (type.kind) {
    case 'leaf':
      return leafValue(from, stored, type.sql);
    case 'struct':
      return structValue(from, stored, type, mapping, depth);
    case 'array': {
      const [element] = partsIn(stored, DuckDBTypeId.LIST);
      if (element === undefined) throw new Mismatched(String(stored.type));
      return listValue(from, depth, (one) => value(one, element, type.element, mapping, depth + 1));
    }
    case 'map': {
      const [key, item] = partsIn(stored, DuckDBTypeId.MAP);
      if (key === undefined || item === undefined) throw new Mismatched(String(stored.type));
      const entries = listValue(`map_entries(${from})`, depth, (entry) => {
        const ofKey = value(`${entry}.key`, key, type.key, mapping, depth + 1);
        const ofItem = value(`${entry}.value`, item, type.value, mapping, depth + 1);
        return {
          sql: `struct_pack(key := ${ofKey.sql}, value := ${ofItem.sql})`,
          isSame: ofKey.isSame && ofItem.isSame,
        };
      });
      if (entries.isSame) return { sql: from, isSame: true };
      return { sql: unlessNull(from, `map_from_entries(${entries.sql})`), isSame: false };
    }
  }
}

function partsIn({ type, parts }: FileColumn, typeId: DuckDBTypeId): readonly FileColumn[] {
  return type.typeId === typeId ? parts : [];
}

function listValue(from: string, depth: number, element: (one: string) => Value): Value {
  const one = `value_${depth}`;
  const { sql, isSame } = element(one);
  if (isSame) return { sql: from, isSame };
  return { sql: `list_transform(${from}, lambda ${one}: ${sql})`, isSame };
}

function structValue(
  from: string,
  stored: FileColumn,
  { fields }: { fields: readonly TableColumn[] },
  mapping: Mapping,
  depth: number,
): Value {
  const parts = partsIn(stored, DuckDBTypeId.STRUCT);
  if (parts.length === 0) throw new Mismatched(String(stored.type));
  let isSame = parts.length === fields.length;
  const packed = fields.map((field, place) => {
    const found = fileColumnOf(field, parts, mapping);
    isSame &&= found?.index === place && found.column.name === field.name;
    if (found === undefined) {
      return `${quotedName(field.name)} := CAST(NULL AS ${sqlType(field.type)})`;
    }
    const part = `struct_extract(${from}, ${quotedText(found.column.name)})`;
    const inner = value(part, found.column, field.type, mapping, depth);
    isSame &&= inner.isSame;
    return `${quotedName(field.name)} := ${inner.sql}`;
  });
  if (isSame) return { sql: from, isSame };
  return { sql: unlessNull(from, `struct_pack(${packed.join(', ')})`), isSame };
}

function unlessNull(from: string, sql: string): string {
  return `CASE WHEN (${from}) IS NOT NULL THEN ${sql} END`;
}

const { TINYINT, SMALLINT, INTEGER, BIGINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT } = DuckDBTypeId;
const WHOLE = [TINYINT, SMALLINT, INTEGER, BIGINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT];
const { TIMESTAMP, TIMESTAMP_NS, TIMESTAMP_MS, TIMESTAMP_S, TIMESTAMP_TZ, DATE } = DuckDBTypeId;
const WITHOUT_ZONE = [TIMESTAMP, TIMESTAMP_NS, TIMESTAMP_MS, TIMESTAMP_S];

/**
 * Which file types a table type can be read from, and how. Whole numbers also go into narrower
 * types, which some writers do not mark in their files: a number that does not fit is an error.
 * Source: PROTOCOL.md of delta-io/delta, “Type Widening” and “Delta Data Type to Parquet Type
 * Mappings”.
 */
const CAST: Record<string, readonly DuckDBTypeId[]> = {
  TINYINT: WHOLE,
  SMALLINT: WHOLE,
  INTEGER: WHOLE,
  BIGINT: WHOLE,
  DOUBLE: [TINYINT, SMALLINT, INTEGER, DuckDBTypeId.FLOAT],
  DECIMAL: [...WHOLE, DuckDBTypeId.DECIMAL],
  VARCHAR: [DuckDBTypeId.UUID, DuckDBTypeId.ENUM],
};

function leafValue(from: string, { type }: FileColumn, sql: string): Value {
  const base = sql.replace(/\(.*$/, '');
  const { typeId } = type;
  const written = String(type).replace(/, ?/g, ', ');
  if (written === sql) return { sql: from, isSame: true };
  const how = (made: string): Value => ({ sql: made, isSame: false });
  if (base === 'DECIMAL' && losesDigits(written, sql)) throw new Mismatched(written);
  if (CAST[base]?.includes(typeId)) return how(`CAST(${from} AS ${sql})`);
  if (base === 'TIMESTAMP WITH TIME ZONE' && WITHOUT_ZONE.includes(typeId)) {
    // Timestamps in UTC that the file does not mark as such, as INT96 never does.
    return how(`timezone('UTC', CAST(${from} AS TIMESTAMP))`);
  }
  if (base === 'TIMESTAMP') {
    if (typeId === DATE || WITHOUT_ZONE.includes(typeId)) return how(`CAST(${from} AS TIMESTAMP)`);
    if (typeId === TIMESTAMP_TZ) return how(`timezone('UTC', ${from})`);
  }
  // Old writers do not mark texts as such. Throws for bytes that are not UTF-8.
  if (base === 'VARCHAR' && typeId === DuckDBTypeId.BLOB) return how(`decode(${from})`);
  if (base === 'BLOB' && typeId === DuckDBTypeId.VARCHAR) return how(`encode(${from})`);
  throw new Mismatched(written);
}

/** Whether decimals would be rounded away; digits before the point are an error. */
function losesDigits(from: string, to: string): boolean {
  const scale = (type: string) => Number(/, (\d+)\)$/.exec(type)?.[1] ?? 0);
  return from.startsWith('DECIMAL') && scale(from) > scale(to);
}
