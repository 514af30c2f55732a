import type { ColumnType } from '../../preload/contract/dataset';

type StoredType = ColumnType | 'BLOB';

/** A column of a table this app writes; its type is DuckDB's. */
export interface StoredColumn {
  name: string;
  type: StoredType;
  nullable: boolean;
}

const DELTA_TYPES: Record<StoredType, unknown> = {
  INTEGER: 'integer',
  DOUBLE: 'double',
  VARCHAR: 'string',
  BOOLEAN: 'boolean',
  BLOB: 'binary',
  'VARCHAR[]': { type: 'array', elementType: 'string', containsNull: true },
};

/** Delta's `schemaString`. Source: PROTOCOL.md of delta-io/delta, “Schema Serialization Format”. */
export function schemaString(columns: readonly StoredColumn[]): string {
  return JSON.stringify({
    type: 'struct',
    fields: columns.map((column) => ({
      name: column.name,
      type: DELTA_TYPES[column.type],
      nullable: column.nullable,
      metadata: {},
    })),
  });
}

/** Delta's name for a column's type, to compare with a table's schema. */
export function deltaType(column: StoredColumn): string {
  const type = DELTA_TYPES[column.type];
  return typeof type === 'string' ? type : 'array<string>';
}
