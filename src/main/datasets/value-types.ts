import type { ValueType } from '../../preload/contract/descriptor';

/** What kind of value a DuckDB type holds; `sqlType` as DESCRIBE names it. */
export function valueTypeOf(sqlType: string): ValueType {
  if (/\[\d*\]$/.test(sqlType)) return 'list';
  const name = /^[A-Z_0-9]+( WITH TIME ZONE)?/.exec(sqlType)?.[0] ?? sqlType;
  switch (name) {
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
    case 'HUGEINT':
    case 'UTINYINT':
    case 'USMALLINT':
    case 'UINTEGER':
    case 'UBIGINT':
    case 'UHUGEINT':
      return 'integer';
    case 'FLOAT':
    case 'DOUBLE':
      return 'double';
    case 'DECIMAL':
      return 'decimal';
    case 'BOOLEAN':
      return 'boolean';
    case 'DATE':
      return 'date';
    case 'TIMESTAMP':
    case 'TIMESTAMP_S':
    case 'TIMESTAMP_MS':
    case 'TIMESTAMP_NS':
    case 'TIMESTAMP WITH TIME ZONE':
      return 'timestamp';
    case 'TIME':
    case 'TIME_NS':
    case 'TIME WITH TIME ZONE':
      return 'time';
    case 'BLOB':
    case 'BIT':
      return 'binary';
    case 'STRUCT':
    case 'UNION':
      return 'struct';
    case 'MAP':
      return 'map';
    default:
      return 'text';
  }
}
