import {
  type ColumnDescriptor,
  columnOf,
  type DatasetDescriptor,
  isNumberColumn,
  isOrderedColumn,
  isTimeColumn,
  type Scalar,
} from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import { quotedName } from '../base/duckdb';
import { shortestFloat } from './shortest-float';

/** The column of that name. Throws `bad-view` where the dataset has none. */
export function knownColumn(dataset: DatasetDescriptor, name: string): ColumnDescriptor {
  const column = columnOf(dataset, name);
  if (column !== undefined) return column;
  throw new AppError('bad-view', `No column is named “${name.slice(0, 60)}”.`, {
    hint: 'Choose one of the columns there are.',
  });
}

/**
 * A column as a DOUBLE to measure along: moments as milliseconds since 1970, in UTC. Null where it
 * has no place: null, NaN, an infinity. Throws `bad-view` for a column without an order.
 */
export function axisSql(dataset: DatasetDescriptor, name: string): string {
  const column = knownColumn(dataset, name);
  if (!isOrderedColumn(column)) {
    throw new AppError('bad-view', `The column ${name} holds no numbers.`, {
      hint: 'Choose a number column for this axis.',
    });
  }
  const sql = quotedName(name);
  if (isTimeColumn(column))
    // epoch_ms cuts towards zero: a microsecond before 1970 would be in it.
    return `CASE WHEN isfinite(${sql}) THEN floor(epoch_us(${momentSql(column)}) / 1000) END`;
  if (isFloat(column)) return `CASE WHEN isfinite(${sql}) THEN ${sql}::DOUBLE END`;
  return `${sql}::DOUBLE`;
}

/** A column of time as TIMESTAMP, in UTC. */
export function momentSql({ name, sqlType }: Pick<ColumnDescriptor, 'name' | 'sqlType'>): string {
  const sql = quotedName(name);
  return isZoned(sqlType) ? `timezone('UTC', ${sql})` : `${sql}::TIMESTAMP`;
}

export function isZoned(sqlType: string): boolean {
  return /WITH TIME ZONE|TIMESTAMPTZ/i.test(sqlType);
}

/** A number column as a DOUBLE, with what is not finite as null. Throws `bad-view` for others. */
export function numberSql(dataset: DatasetDescriptor, name: string): string {
  if (isNumberColumn(knownColumn(dataset, name))) return axisSql(dataset, name);
  throw new AppError('bad-view', `The column ${name} holds no numbers.`, {
    hint: 'Choose a number column.',
  });
}

export function isFloat({ sqlType }: Pick<ColumnDescriptor, 'sqlType'>): boolean {
  return sqlType === 'FLOAT' || sqlType === 'DOUBLE';
}

/** A value along an axis as a person knows it: 0.1 where a FLOAT's double is 0.10000000149. */
export function knownValue(value: number, { sqlType }: Pick<ColumnDescriptor, 'sqlType'>): number {
  return sqlType === 'FLOAT' ? shortestFloat(value) : value;
}

/** Digits that a double keeps, whatever they are. */
const SAFE_DIGITS = 15;

/** Whether a text is a number that a double would bend. */
export function isLongDecimal(text: Scalar): text is string {
  if (typeof text !== 'string' || !/^-?\d+(\.\d+)?$/.test(text)) return false;
  return text.replace(/\D/g, '').replace(/^0+/, '').length > SAFE_DIGITS;
}

/** A value's text as a Scalar of its column: a number where JSON keeps it whole. */
export function scalarOf(text: unknown, column: ColumnDescriptor): Scalar {
  if (typeof text !== 'string') return null;
  switch (column.type) {
    case 'integer': {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : text;
    }
    case 'decimal':
      return isLongDecimal(text) ? text : Number(text);
    case 'double': {
      const number = Number(text);
      if (Number.isFinite(number)) return number;
      return /^-?inf/i.test(text) ? (text.startsWith('-') ? '-Infinity' : 'Infinity') : 'NaN';
    }
    case 'boolean':
      return text === 'true';
    default:
      return text;
  }
}

/**
 * SQL of each value that a row has in the columns, as text: one row per value, so that a list's
 * elements stand one by one. Null where there is nothing.
 */
export function eachValueSql(dataset: DatasetDescriptor, names: readonly string[]): string {
  const [name = ''] = names;
  // Without a list, which would be made and taken apart again for each row.
  if (names.length === 1 && knownColumn(dataset, name).type !== 'list')
    return `${quotedName(name)}::VARCHAR`;
  return `unnest(${valuesSql(dataset, names)})`;
}

/** A list of the values that a row has in the columns, each once; a list of null where there is none. */
export function valuesSql(dataset: DatasetDescriptor, names: readonly string[]): string {
  const lists = names.map((name) =>
    knownColumn(dataset, name).type === 'list'
      ? `list_transform(${quotedName(name)}, lambda e: e::VARCHAR)`
      : `[${quotedName(name)}::VARCHAR]`,
  );
  // list_distinct leaves nulls out; a row without any value stands for itself.
  const all = `list_distinct(${lists.length === 1 ? (lists[0] ?? '') : `list_concat(${lists.join(', ')})`})`;
  return `CASE WHEN coalesce(len(${all}), 0) = 0 THEN [NULL::VARCHAR] ELSE ${all} END`;
}
