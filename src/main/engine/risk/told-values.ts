import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import { quotedName } from '../../base/duckdb';

/** What somebody who knows a column's value knows: rows of one class are alike in it. */

type Column = Pick<ColumnDescriptor, 'name' | 'sqlType' | 'type'>;

/** How values of a column become coarser, which depends on what they are. */
export type ToldKind = 'number' | 'moment' | 'flag' | 'text' | 'list' | 'other';

export function toldKind({ type, sqlType }: Column): ToldKind {
  switch (type) {
    case 'integer':
    case 'double':
    case 'decimal':
      return 'number';
    case 'date':
    case 'timestamp':
      return 'moment';
    case 'boolean':
      return 'flag';
    case 'list':
      // A list of a fixed length, like a point's coordinates, is one value.
      return sqlType.endsWith('[]') ? 'list' : 'other';
    case 'text':
      return sqlType === 'VARCHAR' ? 'text' : 'other';
    default:
      return 'other';
  }
}

/** Whether the value itself is grouped by; others are numbered once, because they are long. */
export function isShort(column: Column): boolean {
  return ['number', 'moment', 'flag'].includes(toldKind(column));
}

/**
 * SQL of what a value tells. −0 is 0, all NaN are one. A list is the set of its members: sorted, each
 * once. What DuckDB takes for equal though it reads differently (30 days, 1 month) is told by its text.
 */
export function toldSql(column: Column): string {
  const sql = quotedName(column.name);
  switch (toldKind(column)) {
    case 'number':
      return column.type === 'double' ? `CASE WHEN ${sql} = 0 THEN 0 ELSE ${sql} END` : sql;
    case 'list':
      // list_distinct leaves nulls out, which are members too.
      return `list_sort(list_distinct(${sql})) || list_filter(${sql}, lambda e: e IS NULL)[1:1]`;
    case 'other':
      return `${sql}::VARCHAR`;
    default:
      return sql;
  }
}
