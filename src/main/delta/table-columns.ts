import { z } from 'zod';
import { quotedName } from '../base/duckdb';
import type { Mapping } from './reader-features';

/**
 * The columns of a table's schema, in DuckDB's types.
 * Source: PROTOCOL.md of delta-io/delta, “Schema Serialization Format” and “Column Mapping”.
 */
export type ColumnType =
  | { kind: 'leaf'; sql: string }
  | { kind: 'struct'; fields: readonly TableColumn[] }
  | { kind: 'array'; element: ColumnType }
  | { kind: 'map'; key: ColumnType; value: ColumnType };

export interface TableColumn {
  /** The table's name, except where DuckDB cannot take it: empty, or used before in another case. */
  readonly name: string;
  /** As the table has it. */
  readonly ownName: string;
  readonly type: ColumnType;
  /** What the data files and partition values call it. */
  readonly physicalName: string;
  /** Its number in the data files, where columns are found by number. */
  readonly id: number | null;
}

/** Thrown for a type that the app does not know, with its name. */
export class UnknownType extends Error {}

const LEAVES: Record<string, string> = {
  string: 'VARCHAR',
  long: 'BIGINT',
  integer: 'INTEGER',
  short: 'SMALLINT',
  byte: 'TINYINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  binary: 'BLOB',
  date: 'DATE',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
  timestamp_ntz: 'TIMESTAMP',
};

const fieldSchema = z.object({
  name: z.string(),
  type: z.unknown(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});
const structSchema = z.object({ type: z.literal('struct'), fields: z.array(fieldSchema) });
const nestedSchema = z.discriminatedUnion('type', [
  structSchema,
  z.object({ type: z.literal('array'), elementType: z.unknown() }),
  z.object({ type: z.literal('map'), keyType: z.unknown(), valueType: z.unknown() }),
  // A type that a program derived from another.
  z.object({ type: z.literal('udt'), sqlType: z.unknown() }),
]);

/**
 * Columns without a type (`void`) are left out, as Spark does. Throws UnknownType, SyntaxError or
 * ZodError.
 */
export function tableColumns(schemaString: string, mapping: Mapping): TableColumn[] {
  if (schemaString === '') return [];
  return columnsOf(structSchema.parse(JSON.parse(schemaString)), mapping);
}

function columnsOf({ fields }: z.infer<typeof structSchema>, mapping: Mapping): TableColumn[] {
  const taken = new Set(fields.map(({ name }) => name.toLowerCase()));
  const used = new Set<string>();
  return fields
    .filter(({ type }) => type !== 'void' && type !== 'null')
    .map(({ name: ownName, type, metadata }, index) => {
      let name = ownName || `column${index + 1}`;
      const isFree = () =>
        !used.has(name.toLowerCase()) && (name === ownName || !taken.has(name.toLowerCase()));
      while (!isFree()) name += '_1';
      used.add(name.toLowerCase());
      return {
        name,
        ownName,
        type: columnType(type, mapping),
        physicalName:
          mapping === 'none'
            ? ownName
            : z.string().parse(metadata?.['delta.columnMapping.physicalName'] ?? ownName),
        id: mapping === 'id' ? z.number().parse(metadata?.['delta.columnMapping.id']) : null,
      };
    });
}

function columnType(type: unknown, mapping: Mapping): ColumnType {
  if (typeof type === 'string') return { kind: 'leaf', sql: leafType(type) };
  const nested = nestedSchema.safeParse(type);
  if (!nested.success) throw new UnknownType(typeName(type));
  switch (nested.data.type) {
    case 'struct': {
      const fields = columnsOf(nested.data, mapping);
      // DuckDB has no struct without fields.
      if (fields.length === 0) throw new UnknownType('struct without fields');
      return { kind: 'struct', fields };
    }
    case 'array':
      return { kind: 'array', element: columnType(nested.data.elementType, mapping) };
    case 'map':
      return {
        kind: 'map',
        key: columnType(nested.data.keyType, mapping),
        value: columnType(nested.data.valueType, mapping),
      };
    case 'udt':
      return columnType(nested.data.sqlType, mapping);
  }
}

function leafType(type: string): string {
  const leaf = Object.hasOwn(LEAVES, type) ? LEAVES[type] : undefined;
  if (leaf !== undefined) return leaf;
  const decimal = /^decimal\((\d+), ?(-?\d+)\)$/.exec(type);
  if (decimal) return `DECIMAL(${decimal[1]}, ${decimal[2]})`;
  if (type === 'decimal') return 'DECIMAL(10, 0)';
  throw new UnknownType(type);
}

function typeName(type: unknown): string {
  const named = z.object({ type: z.string() }).safeParse(type);
  return named.success ? named.data.type : JSON.stringify(type);
}

/** The type as DuckDB's SQL writes it. */
export function sqlType(type: ColumnType): string {
  switch (type.kind) {
    case 'leaf':
      return type.sql;
    case 'struct': {
      const fields = type.fields.map((field) => `${quotedName(field.name)} ${sqlType(field.type)}`);
      return `STRUCT(${fields.join(', ')})`;
    }
    case 'array':
      return `${sqlType(type.element)}[]`;
    case 'map':
      return `MAP(${sqlType(type.key)}, ${sqlType(type.value)})`;
  }
}
