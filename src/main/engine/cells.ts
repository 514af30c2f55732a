import { isDeepStrictEqual } from 'node:util';
import {
  DuckDBArrayVector,
  DuckDBBlobValue,
  type DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBGeometryValue,
  DuckDBListVector,
  DuckDBMapVector,
  DuckDBStructVector,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionVector,
  type DuckDBValue,
  DuckDBVariantVector,
  type DuckDBVector,
} from '@duckdb/node-api';
import type { Cell, Shape } from '../../preload/contract/value-text';
import { geometryText } from './geometry-text';
import { shortestFloat } from './shortest-float';
import { dateText, timestampText, timestampTzText } from './temporal-text';
import { variantNode, type VariantNode } from './variant-node';

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
      return { kind: isJson(type.valueType) ? 'array' : 'list', of: shapeOf(type.valueType) };
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

function isJson({ alias }: DuckDBType): boolean {
  return alias === 'JSON';
}

/** A chunk's rows as cells, one by one. `zone` is the session's time zone. */
export function chunkCells(chunk: DuckDBDataChunk, zone: string): (row: number) => Cell[] {
  const vectors = Array.from({ length: chunk.columnCount }, (_, column) =>
    chunk.getColumnVector(column),
  );
  return (row) => vectors.map((vector) => itemCell(vector, row, zone));
}

/**
 * Nested values are read part by part: as objects the fields of `row(1, 2)` would share one name,
 * and those of `{'2': a, '1': b}` change places. What a vector is made of the binding calls private.
 */
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
  if (vector instanceof DuckDBArrayVector) {
    if (!vector['validity'].itemValid(index)) return null;
    const { length } = vector['arrayType'];
    return Array.from({ length }, (_, item) =>
      itemCell(vector['childData'], index * length + item, zone),
    );
  }
  // A list of structs of key and value.
  if (vector instanceof DuckDBMapVector) return itemCell(vector['listVector'], index, zone);
  if (vector instanceof DuckDBUnionVector) {
    // A struct whose first field says which of the others counts.
    const members = vector['structVector'];
    const member = itemCell(members.entryVectorAt(0), index, zone);
    if (typeof member !== 'number' || !members.isItemValid(index)) return null;
    return [member, itemCell(members.entryVectorAt(member + 1), index, zone)];
  }
  if (vector instanceof DuckDBVariantVector) {
    const node = variantNode(vector, index);
    return node === null ? null : variantCell(node);
  }
  return scalarCell(vector.getItem(index), vector.type, zone);
}

function variantCell(node: VariantNode): Cell {
  const { shape, cell } = variantParts(node);
  return cell === null ? null : [shape, cell];
}

function variantParts(node: VariantNode): { shape: Shape; cell: Cell } {
  if (node.kind === 'scalar') {
    // In a VARIANT DuckDB tells instants in UTC, whatever the session's zone.
    return { shape: shapeOf(node.type), cell: scalarCell(node.value, node.type, 'UTC') };
  }
  if (node.kind === 'object') {
    const parts = node.fields.map(({ of }) => variantParts(of));
    const fields = node.fields.map(({ name }, index) => ({
      name,
      of: parts[index]?.shape ?? TEXT,
    }));
    return { shape: { kind: 'struct', fields }, cell: parts.map(({ cell }) => cell) };
  }
  const parts = node.items.map(variantParts);
  const [first] = parts;
  // Items of one type are quoted as in a list of it; with others beside them, or NULL, they are not.
  const isUniform = parts.every(
    ({ shape, cell }) => cell !== null && isDeepStrictEqual(shape, first?.shape),
  );
  if (isUniform) {
    return {
      shape: { kind: 'list', of: first?.shape ?? TEXT },
      cell: parts.map(({ cell }) => cell),
    };
  }
  return {
    shape: { kind: 'list', of: { kind: 'variant' } },
    cell: parts.map(({ shape, cell }) => (cell === null ? null : [shape, cell])),
  };
}

const TEXT: Shape = { kind: 'text' };

/** A value as it leaves the engine; see Cell. */
function scalarCell(value: DuckDBValue, type: DuckDBType, zone: string): Cell {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return numberCell(value, type);
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return scalarText(value, zone);
}

function numberCell(value: number, type: DuckDBType): Cell {
  const number = type.typeId === DuckDBTypeId.FLOAT ? shortestFloat(value) : value;
  if (Object.is(number, -0)) return '-0.0';
  return Number.isFinite(number) ? number : String(number);
}

type ScalarObject = Exclude<DuckDBValue, null | boolean | number | bigint | string>;

function scalarText(value: ScalarObject, zone: string): string {
  if (value instanceof DuckDBDateValue) return dateText(value.days);
  if (value instanceof DuckDBTimestampValue) return timestampText(value.micros, 1_000_000n);
  if (value instanceof DuckDBTimestampTZValue) return timestampTzText(value.micros, zone);
  if (value instanceof DuckDBTimestampSecondsValue) return timestampText(value.seconds, 1n);
  if (value instanceof DuckDBTimestampMillisecondsValue) return timestampText(value.millis, 1_000n);
  if (value instanceof DuckDBTimestampNanosecondsValue) {
    return timestampText(value.nanos, 1_000_000_000n);
  }
  if (value instanceof DuckDBBlobValue) return blobText(value.bytes);
  if (value instanceof DuckDBGeometryValue) return geometryText(value.bytes);
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
