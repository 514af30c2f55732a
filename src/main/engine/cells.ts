import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  type DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBListVector,
  DuckDBMapValue,
  DuckDBStructValue,
  type DuckDBStructType,
  DuckDBStructVector,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionValue,
  type DuckDBValue,
  DuckDBVariantValue,
  type DuckDBVector,
} from '@duckdb/node-api';
import { AppError } from '../../preload/contract/errors';
import type { Cell, Shape } from '../../preload/contract/value-text';
import { shortestFloat } from './shortest-float';
import { dateText, timestampText, timestampTzText } from './temporal-text';

/** As much of a type as the texts of its values depend on. */
export function shapeOf(type: DuckDBType): Shape {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return { kind: 'boolean' };
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.BIGNUM:
      return { kind: 'integer' };
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return { kind: 'float' };
    case DuckDBTypeId.DECIMAL:
      return { kind: 'decimal' };
    case DuckDBTypeId.LIST:
      return { kind: 'list', of: shapeOf(type.valueType) };
    case DuckDBTypeId.ARRAY:
      return { kind: 'array', of: shapeOf(type.valueType) };
    case DuckDBTypeId.STRUCT:
      return {
        kind: 'struct',
        fields: type.entryTypes.map((of, index) => ({
          name: type.entryNames[index] ?? '',
          of: shapeOf(of),
        })),
      };
    case DuckDBTypeId.MAP:
      return { kind: 'map', key: shapeOf(type.keyType), value: shapeOf(type.valueType) };
    case DuckDBTypeId.UNION:
      return { kind: 'union', members: type.memberTypes.map((each) => shapeOf(each)) };
    case DuckDBTypeId.VARIANT:
      return { kind: 'variant' };
    default:
      return { kind: 'text' };
  }
}

/** A chunk's rows as cells, one by one. `zone` is the session's time zone. */
export function chunkCells(chunk: DuckDBDataChunk, zone: string): (row: number) => Cell[] {
  const vectors = Array.from({ length: chunk.columnCount }, (_, column) =>
    chunk.getColumnVector(column),
  );
  return (row) => vectors.map((vector) => itemCell(vector, row, zone));
}

/** Structs are read field by field: as an object those of `row(1, 2)` would share one name. */
function itemCell(vector: DuckDBVector, index: number, zone: string): Cell {
  if (vector instanceof DuckDBStructVector) {
    if (!vector.isItemValid(index)) return null;
    return vector.type.entryTypes.map((_, field) =>
      itemCell(vector.entryVectorAt(field), index, zone),
    );
  }
  if (vector instanceof DuckDBListVector) {
    const items = vector.getItemVector(index);
    if (items === null) return null;
    return Array.from({ length: items.itemCount }, (_, item) => itemCell(items, item, zone));
  }
  return cellOf(vector.getItem(index), vector.type, zone);
}

/** A value as it leaves the engine; see Cell. */
function cellOf(value: DuckDBValue, type: DuckDBType, zone: string): Cell {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return numberCell(value, type);
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return nestedCell(value, type, zone) ?? scalarText(value, zone);
}

function numberCell(value: number, type: DuckDBType): Cell {
  const number = type.typeId === DuckDBTypeId.FLOAT ? shortestFloat(value) : value;
  if (Object.is(number, -0)) return '-0.0';
  return Number.isFinite(number) ? number : String(number);
}

type NestedValue = Exclude<DuckDBValue, null | boolean | number | bigint | string>;

function nestedCell(value: NestedValue, type: DuckDBType, zone: string): Cell {
  if (value instanceof DuckDBVariantValue) {
    if (value.type === undefined) return null;
    return [shapeOf(value.type), cellOf(value.value, value.type, zone)];
  }
  switch (type.typeId) {
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      if (!(value instanceof DuckDBListValue || value instanceof DuckDBArrayValue)) return null;
      return value.items.map((item) => cellOf(item, type.valueType, zone));
    case DuckDBTypeId.STRUCT:
      return value instanceof DuckDBStructValue ? structCell(value, type, zone) : null;
    case DuckDBTypeId.MAP:
      if (!(value instanceof DuckDBMapValue)) return null;
      return value.entries.map((entry) => [
        cellOf(entry.key, type.keyType, zone),
        cellOf(entry.value, type.valueType, zone),
      ]);
    case DuckDBTypeId.UNION: {
      if (!(value instanceof DuckDBUnionValue)) return null;
      const member = type.memberTags.indexOf(value.tag);
      const of = type.memberTypes[member];
      return of === undefined ? null : [member, cellOf(value.value, of, zone)];
    }
    default:
      return null;
  }
}

function structCell(value: DuckDBStructValue, type: DuckDBStructType, zone: string): Cell {
  const names = type.entryNames;
  const { entries } = value;
  if (new Set(names).size < names.length || !names.every((name) => Object.hasOwn(entries, name))) {
    throw new AppError('bad-query', 'Fields of a ROW within a MAP, UNION or ARRAY need names.', {
      hint: "Write it as a STRUCT, for instance {'a': 1, 'b': 2}.",
    });
  }
  return type.entryTypes.map((of, index) => cellOf(entries[names[index] ?? ''] ?? null, of, zone));
}

function scalarText(value: NestedValue, zone: string): string {
  if (value instanceof DuckDBDateValue) return dateText(value.days);
  if (value instanceof DuckDBTimestampValue) return timestampText(value.micros, 1_000_000n);
  if (value instanceof DuckDBTimestampTZValue) return timestampTzText(value.micros, zone);
  if (value instanceof DuckDBTimestampSecondsValue) return timestampText(value.seconds, 1n);
  if (value instanceof DuckDBTimestampMillisecondsValue) return timestampText(value.millis, 1_000n);
  if (value instanceof DuckDBTimestampNanosecondsValue) {
    return timestampText(value.nanos, 1_000_000_000n);
  }
  if (value instanceof DuckDBBlobValue) return blobText(value.bytes);
  return String(value);
}

/** Printable ASCII as it is, but for quotes and the backslash that begins every other byte. */
function blobText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /^[ !#-&(-[\]-~]$/.test(character)
      ? character
      : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** Whether a value of this type is shown in the session's time zone. */
export function needsZone(type: DuckDBType): boolean {
  return /TIMESTAMP WITH TIME ZONE/.test(String(type));
}
