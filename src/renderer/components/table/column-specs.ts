import {
  type ColumnDescriptor,
  columnOf,
  type DatasetDescriptor,
  isNumberColumn,
} from '../../../preload/contract/descriptor';

/** How a column stands in the table. */
export interface ColumnSpec {
  column: ColumnDescriptor;
  name: string;
  label: string;
  unit: string | null;
  kind: 'image' | 'number' | 'text' | 'chip' | 'list' | 'yes-no';
  /** Pixels, until it is resized. */
  width: number;
}

export const NARROWEST = 56;
export const WIDEST = 640;

/** Pixels of a header beside its letters: padding, the column's menu, its place in the order. */
const HEADER_ROOM = 56;
const LETTER = 8;
const LEAST = 104;
const IMAGE = 80;
const WIDEST_USUAL = 320;
/** Pixels of a cell beside its text. */
const PADDING = 36;
/** Signs of a number of 64 bits: few fill all of them, and a wider one ends in dots. */
const DOUBLE_DIGITS = 16;
const BIGINT_DIGITS = 18;

const specs = new WeakMap<ColumnDescriptor, ColumnSpec>();

function specOf({ row }: DatasetDescriptor, column: ColumnDescriptor): ColumnSpec {
  const known = specs.get(column) ?? {
    column,
    name: column.name,
    label: column.label,
    unit: column.unit,
    kind: kindOf(row, column),
    width: widthOf(row, column),
  };
  specs.set(column, known);
  return known;
}

function kindOf({ image }: DatasetDescriptor['row'], column: ColumnDescriptor): ColumnSpec['kind'] {
  if (column.name === image) return 'image';
  if (column.palette !== null) return 'chip';
  if (isNumberColumn(column)) return 'number';
  if (column.type === 'boolean') return 'yes-no';
  return column.type === 'list' ? 'list' : 'text';
}

/** With room for the label and the unit, and for what such a column usually holds. */
function widthOf(row: DatasetDescriptor['row'], column: ColumnDescriptor): number {
  if (column.name === row.image) return IMAGE;
  const { label, unit } = column;
  const letters = label.length + (unit === null ? 0 : unit.length + 1);
  const header = Math.min(HEADER_ROOM + letters * LETTER, WIDEST_USUAL);
  return Math.max(header, contentWidth(row, column));
}

function contentWidth(row: DatasetDescriptor['row'], column: ColumnDescriptor): number {
  if (column.name === row.title) return 168;
  if (column.name === row.key) return 120;
  switch (column.type) {
    case 'list':
    case 'struct':
    case 'map':
      return 260;
    case 'timestamp':
      return 176;
    case 'decimal':
      return Math.max(LEAST, PADDING + digitsOf(column) * LETTER);
    case 'double':
      return column.decimals === null ? PADDING + DOUBLE_DIGITS * LETTER : LEAST;
    case 'integer':
      return /BIGINT|HUGEINT/.test(column.sqlType) ? PADDING + BIGINT_DIGITS * LETTER : LEAST;
    case 'text':
      return column.palette === null ? 150 : 128;
    default:
      return LEAST;
  }
}

/** Digits of a DECIMAL with its point and separators. */
function digitsOf({ sqlType }: ColumnDescriptor): number {
  const digits = Number(/\((\d+)/.exec(sqlType)?.[1] ?? 18);
  return Math.min(Math.ceil((digits * 4) / 3) + 1, 24);
}

/** The specs of names in their order; what is not a column is left out. */
export function columnSpecs(
  described: DatasetDescriptor | null,
  names: readonly string[],
): ColumnSpec[] {
  if (described === null) return [];
  return names.flatMap((name) => {
    const column = columnOf(described, name);
    return column === undefined ? [] : [specOf(described, column)];
  });
}
