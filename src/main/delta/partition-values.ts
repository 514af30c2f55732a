import { quotedText } from '../base/duckdb';
import type { AddFile } from './delta-actions';
import { sqlType, type TableColumn } from './table-columns';

/**
 * The values of partition columns, which the log keeps as texts for each file.
 * Source: PROTOCOL.md of delta-io/delta, “Partition Value Serialization”.
 */

/** Thrown for a text that is not a value of the column's type. */
export class NotAPartitionValue extends Error {}

/** A value's text as the log has it; null for null, which is also written as an empty text. */
export function partitionText(file: AddFile, column: TableColumn): string | null {
  const values = file.partitionValues;
  return (Object.hasOwn(values, column.physicalName) ? values[column.physicalName] : null) || null;
}

const TIME = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?`;
const ZONE = String.raw`(?:Z|[+-]\d{2}(?::?\d{2})?)`;
const DAY = String.raw`[+-]?\d{4,}-\d{1,2}-\d{1,2}`;
const WHOLE = /^[+-]?\d+$/;
/** What DuckDB would otherwise silently round or cut. */
const FORMS: Record<string, RegExp> = {
  TINYINT: WHOLE,
  SMALLINT: WHOLE,
  INTEGER: WHOLE,
  BIGINT: WHOLE,
  DATE: new RegExp(`^${DAY}$`),
  BOOLEAN: /^(?:true|false)$/i,
  TIMESTAMP: new RegExp(`^${DAY}(?:[ T]${TIME})?$`),
  'TIMESTAMP WITH TIME ZONE': new RegExp(`^${DAY}(?:[ T]${TIME} ?${ZONE}?)?$`),
};
const HAS_ZONE = new RegExp(`:\\d{2}(?:\\.\\d+)? ?${ZONE}$`);

/** Whether a timestamp's text leaves its time zone open. */
export function isWithoutZone(text: string | null, column: TableColumn): boolean {
  return (
    text !== null && sqlType(column.type) === 'TIMESTAMP WITH TIME ZONE' && !HAS_ZONE.test(text)
  );
}

/** SQL of a value of the column's type. Throws NotAPartitionValue. */
export function partitionValue(text: string | null, column: TableColumn): string {
  const type = sqlType(column.type);
  if (text === null) return `CAST(NULL AS ${type})`;
  if (!(FORMS[type]?.test(text) ?? true) || isRounded(text, type))
    throw new NotAPartitionValue(text);
  if (type === 'BLOB') return `CAST(${quotedText(blobText(text))} AS BLOB)`;
  // Without a zone it is the writer's, which the log does not say: UTC, as other engines assume.
  const zone = isWithoutZone(text, column) ? (text.includes(':') ? '+00' : ' 00:00:00+00') : '';
  return `CAST(${quotedText(text + zone)} AS ${type})`;
}

/** Whether a number has more decimals than its type. */
function isRounded(text: string, type: string): boolean {
  const [, scale] = /^DECIMAL\(\d+, (\d+)\)$/.exec(type) ?? [];
  const [, digits = ''] = /^[+-]?\d*\.(\d*?)0*$/.exec(text) ?? [];
  return scale !== undefined && digits.length > Number(scale);
}

/** Bytes are written escaped, or as the text that they are in UTF-8. */
function blobText(text: string): string {
  const isEscaped = /^(?:\\u00[0-9a-f]{2})+$/i.test(text);
  const bytes = isEscaped ? Buffer.from(text.replace(/\\u00/gi, ''), 'hex') : Buffer.from(text);
  return bytes.toString('hex').replace(/../g, '\\x$&');
}
