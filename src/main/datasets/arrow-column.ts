import {
  blobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
  listValue,
  mapValue,
  structValue,
} from '@duckdb/node-api';
import { type Column, type DataType, Precision, TimeUnit, Type } from '@uwdata/flechette';
import { quotedName } from '../base/duckdb';
import { freeNames } from './free-names';

/** An Arrow column in DuckDB's types. */
export interface ArrowColumn {
  sqlType: string;
  valueAt(row: number): DuckDBValue;
  /** What its type there does not keep; null where it keeps all. */
  note: string | null;
}

interface Converter {
  sqlType: string;
  /** Never given null. */
  convert(value: unknown): DuckDBValue;
  note?: string;
}

export function arrowColumn(type: DataType, column: Column<unknown> | undefined): ArrowColumn {
  const { sqlType, convert, note } = converterOf(type);
  return {
    sqlType,
    note: note ?? null,
    valueAt: (row) => {
      const value = column?.at(row);
      return value === null || value === undefined ? null : convert(value);
    },
  };
}

const DAY_MS = 86_400_000;
const MICROS = { [TimeUnit.SECOND]: 1_000_000n, [TimeUnit.MILLISECOND]: 1_000n } as Record<
  number,
  bigint
>;

function converterOf(type: DataType): Converter {
  switch (type.typeId) {
    case Type.Dictionary:
      return converterOf(type.dictionary);
    case Type.RunEndEncoded:
      return converterOf(type.children[1].type);
    case Type.Null:
      return { sqlType: 'VARCHAR', convert: () => null };
    case Type.Bool:
      return { sqlType: 'BOOLEAN', convert: (value) => Boolean(value) };
    case Type.Int:
      return integer(type.bitWidth, type.signed);
    case Type.Float:
      return {
        sqlType: type.precision === Precision.DOUBLE ? 'DOUBLE' : 'FLOAT',
        convert: (value) => Number(value),
      };
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return { sqlType: 'VARCHAR', convert: (value) => String(value) };
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
    case Type.FixedSizeBinary:
      return {
        sqlType: 'BLOB',
        convert: (value) => blobValue(Uint8Array.from(value as Uint8Array)),
      };
    case Type.Decimal:
      return decimal(type.precision, type.scale);
    case Type.Date:
      return {
        sqlType: 'DATE',
        convert: (value) => new DuckDBDateValue(Math.floor(Number(value) / DAY_MS)),
      };
    case Type.Time:
      return time(type.unit);
    case Type.Timestamp:
      return timestamp(type.unit, type.timezone);
    case Type.Duration:
      return {
        sqlType: 'INTERVAL',
        convert: (value) => new DuckDBIntervalValue(0, 0, micros(value, type.unit)),
        ...(type.unit === TimeUnit.NANOSECOND ? { note: TO_MICROSECONDS } : {}),
      };
    case Type.Interval:
      return {
        sqlType: 'INTERVAL',
        convert: intervalOf,
      };
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
    case Type.ListView:
    case Type.LargeListView: {
      const item = converterOf(type.children[0].type);
      return {
        ...item,
        sqlType: `${item.sqlType}[]`,
        convert: (value) => listValue(Array.from(value as Iterable<unknown>, orNull(item))),
      };
    }
    case Type.Struct:
      return struct(type.children.map(({ name, type: of }) => [name, converterOf(of)]));
    case Type.Map: {
      const [key, value] = (
        type.children[0].type as { children: { type: DataType }[] }
      ).children.map((child) => converterOf(child.type)) as [Converter, Converter];
      return {
        sqlType: `MAP(${key.sqlType}, ${value.sqlType})`,
        convert: (pairs) =>
          mapValue(
            Array.from(pairs as Iterable<[unknown, unknown]>, ([k, v]) => ({
              key: orNull(key)(k),
              value: orNull(value)(v),
            })),
          ),
      };
    }
    default:
      return {
        sqlType: 'VARCHAR',
        convert: plainText,
        note: 'Its type has no counterpart here: read as text.',
      };
  }
}

const orNull =
  ({ convert }: Converter) =>
  (value: unknown): DuckDBValue =>
    value === null || value === undefined ? null : convert(value);

function integer(bitWidth: number, signed: boolean): Converter {
  const names: Record<number, string> = {
    8: 'TINYINT',
    16: 'SMALLINT',
    32: 'INTEGER',
    64: 'BIGINT',
  };
  const sqlType = `${signed ? '' : 'U'}${names[bitWidth] ?? 'BIGINT'}`;
  return bitWidth === 64
    ? { sqlType, convert: (value) => BigInt(value as bigint) }
    : { sqlType, convert: (value) => Number(value) };
}

const MOST_DIGITS = 38;

function decimal(precision: number, scale: number): Converter {
  if (precision <= MOST_DIGITS && scale >= 0 && scale <= precision) {
    return {
      sqlType: `DECIMAL(${precision},${scale})`,
      convert: (value) => new DuckDBDecimalValue(BigInt(value as bigint), precision, scale),
    };
  }
  return {
    sqlType: 'VARCHAR',
    convert: (value) => decimalText(BigInt(value as bigint), scale),
    note: `Its numbers may have ${precision} digits, more than DuckDB’s DECIMAL: read as text.`,
  };
}

function decimalText(value: bigint, scale: number): string {
  if (scale <= 0) return String(value * 10n ** BigInt(-scale));
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const TO_MICROSECONDS = 'Its nanoseconds are cut to microseconds.';

function time(unit: number): Converter {
  return {
    sqlType: 'TIME',
    convert: (value) => new DuckDBTimeValue(micros(value, unit)),
    ...(unit === TimeUnit.NANOSECOND ? { note: TO_MICROSECONDS } : {}),
  };
}

function timestamp(unit: number, zone: string | null): Converter {
  if (zone !== null && zone !== '') {
    return {
      sqlType: 'TIMESTAMP WITH TIME ZONE',
      convert: (value) => new DuckDBTimestampTZValue(micros(value, unit)),
      ...(unit === TimeUnit.NANOSECOND ? { note: TO_MICROSECONDS } : {}),
    };
  }
  if (unit === TimeUnit.NANOSECOND) {
    return {
      sqlType: 'TIMESTAMP_NS',
      convert: (value) => new DuckDBTimestampNanosecondsValue(BigInt(value as bigint)),
    };
  }
  return {
    sqlType: 'TIMESTAMP',
    convert: (value) => new DuckDBTimestampValue(micros(value, unit)),
  };
}

/** Rounded down, where there are nanoseconds. */
function micros(value: unknown, unit: number): bigint {
  const whole = BigInt(value as bigint | number);
  if (unit !== TimeUnit.NANOSECOND) return whole * (MICROS[unit] ?? 1n);
  const cut = whole / 1_000n;
  return whole % 1_000n < 0n ? cut - 1n : cut;
}

/** Months alone, days and milliseconds, or months, days and nanoseconds. */
function intervalOf(value: unknown): DuckDBValue {
  if (typeof value === 'number') return new DuckDBIntervalValue(value, 0, 0n);
  const parts = Array.from(value as Iterable<number>);
  const [first = 0, second = 0, nanos] = parts;
  return nanos === undefined
    ? new DuckDBIntervalValue(0, first, BigInt(second) * 1_000n)
    : new DuckDBIntervalValue(first, second, BigInt(Math.trunc(nanos / 1_000)));
}

function struct(fields: readonly [name: string, of: Converter][]): Converter {
  const names = freeNames(fields.map(([name]) => name));
  return {
    sqlType: `STRUCT(${fields.map(([, { sqlType }], index) => `${quotedName(names[index] ?? '')} ${sqlType}`).join(', ')})`,
    convert: (value) =>
      structValue(
        Object.fromEntries(
          fields.map(([name, of], index) => [
            names[index] ?? '',
            orNull(of)((value as Record<string, unknown>)[name]),
          ]),
        ),
      ),
  };
}

function plainText(value: unknown): string {
  return typeof value === 'string'
    ? value
    : JSON.stringify(value, (_key, part: unknown) =>
        typeof part === 'bigint' ? String(part) : part,
      );
}
