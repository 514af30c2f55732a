/**
 * One value has one text, wherever it is shown, copied or written: the text that DuckDB gives it
 * (`CAST(x AS VARCHAR)`), but for two things. What is not a finite number reads `NaN`, `Infinity` and
 * `-Infinity`, and a DECIMAL between -1 and 1 always has its leading zero.
 */

/** As much of a column's DuckDB type as the text of its values depends on. */
export type Shape =
  /** `integer`, `float` (FLOAT, DOUBLE) and `decimal` are numbers; `text` is all that is none. */
  | { kind: 'boolean' | 'integer' | 'float' | 'decimal' | 'text' }
  | { kind: 'list'; of: Shape }
  /** An ARRAY, or a LIST of JSON: DuckDB puts no item of theirs in quotes. */
  | { kind: 'array'; of: Shape }
  | { kind: 'struct'; fields: { name: string; of: Shape }[] }
  | { kind: 'map'; key: Shape; value: Shape }
  | { kind: 'union'; members: Shape[] }
  /** VARIANT: each value brings its own shape. */
  | { kind: 'variant' };

/**
 * A value on its way out of the engine, as JSON can hold it. A number where JSON keeps it whole,
 * otherwise its text. Nested values are arrays: a list's elements, a struct's fields in order, a
 * map's `[key, value]` pairs, a union's `[which member, value]`, a variant's `[shape, value]`.
 */
export type Cell = null | boolean | number | string | readonly Cell[] | Shape;

export interface Column {
  name: string;
  /** DuckDB's name of the type. */
  type: string;
  shape: Shape;
}

export function isNumberShape({ kind }: Shape): boolean {
  return kind === 'integer' || kind === 'float' || kind === 'decimal';
}

/** The value's text; null for null, which each place writes in its own way. */
export function valueText(cell: Cell, shape: Shape): string | null {
  return cell === null ? null : text(cell, shape);
}

function text(cell: Exclude<Cell, null>, shape: Shape): string {
  switch (shape.kind) {
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'text':
      return String(cell);
    case 'float':
      return typeof cell === 'number' ? floatText(cell) : String(cell);
    case 'list':
      return `[${parts(cell)
        .map((part) => inner(part, shape.of))
        .join(', ')}]`;
    case 'array':
      return `[${parts(cell)
        .map((part) => valueText(part, shape.of) ?? 'NULL')
        .join(', ')}]`;
    case 'struct':
      return structText(parts(cell), shape.fields);
    case 'map':
      return `{${parts(cell)
        .map((pair) => {
          const [key = null, value = null] = parts(pair);
          return `${inner(key, shape.key)}=${inner(value, shape.value)}`;
        })
        .join(', ')}}`;
    case 'union': {
      const [value, member] = memberOf(cell, shape.members);
      return valueText(value, member) ?? 'NULL';
    }
    case 'variant': {
      const [value, own] = variantOf(cell);
      return valueText(value, own) ?? 'NULL';
    }
    default: {
      const never: never = shape;
      throw new Error(`unknown shape ${JSON.stringify(never)}`);
    }
  }
}

function structText(values: readonly Cell[], fields: { name: string; of: Shape }[]): string {
  if (isUnnamed(fields)) {
    return `(${fields.map(({ of }, index) => inner(values[index] ?? null, of)).join(', ')})`;
  }
  return `{${fields
    .map(({ name, of }, index) => `${quoted(name)}: ${inner(values[index] ?? null, of)}`)
    .join(', ')}}`;
}

/** `row(1, 'a')`. */
function isUnnamed(fields: readonly { name: string }[]): boolean {
  return fields.every(({ name }) => name === '');
}

/** A part of a nested value: quoted where it could be read as something else. */
function inner(cell: Cell, shape: Shape): string {
  const plain = valueText(cell, shape);
  if (plain === null) return 'NULL';
  return isNested(shape) || !needsQuotes(plain) ? plain : quoted(plain);
}

function isNested({ kind }: Shape): boolean {
  return ['list', 'array', 'struct', 'map', 'union', 'variant'].includes(kind);
}

function needsQuotes(plain: string): boolean {
  return (
    plain === '' ||
    /^null$/i.test(plain) ||
    /["'(),:=[\]{}]/.test(plain) ||
    /^[\t-\r ]|[\t-\r ]$/.test(plain)
  );
}

function quoted(plain: string): string {
  return `'${plain.replace(/['\\]/g, '\\$&')}'`;
}

/** Shortest digits that read back as the same number; plain from 0.0001 to 10^16. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return '-0.0';
  const [digits = '', power = '0'] = value.toExponential().split('e');
  const exponent = value === 0 ? 0 : Number(power);
  if (exponent < -4 || exponent >= 16) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const plain = String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}

/** Digits that every reader of JSON keeps. */
const JSON_DIGITS = 15;

/**
 * The value as JSON text. Numbers are JSON's own with the digits of their text; what JSON's readers
 * would bend is a string: integers beyond 2^53, decimals of more than 15 digits, NaN and ±Infinity.
 * Lists are arrays, structs and maps objects; everything else is a string of its text.
 */
export function valueJson(cell: Cell, shape: Shape): string {
  if (cell === null) return 'null';
  switch (shape.kind) {
    case 'boolean':
      return String(cell);
    case 'integer':
    case 'float':
    case 'decimal': {
      const plain = text(cell, shape);
      return keepsWhole(plain, shape) ? plain : JSON.stringify(plain);
    }
    case 'text':
      return JSON.stringify(String(cell));
    case 'list':
    case 'array':
      return `[${parts(cell)
        .map((part) => valueJson(part, shape.of))
        .join(',')}]`;
    case 'struct': {
      const { fields } = shape;
      const values = fields.map(({ of }, index) => valueJson(parts(cell)[index] ?? null, of));
      if (isUnnamed(fields)) return `[${values.join(',')}]`;
      return `{${fields.map(({ name }, index) => `${JSON.stringify(name)}:${values[index]}`).join(',')}}`;
    }
    case 'map':
      return `{${parts(cell)
        .map((pair) => {
          const [key = null, value = null] = parts(pair);
          return `${JSON.stringify(valueText(key, shape.key))}:${valueJson(value, shape.value)}`;
        })
        .join(',')}}`;
    case 'union':
      return valueJson(...memberOf(cell, shape.members));
    case 'variant':
      return valueJson(...variantOf(cell));
    default: {
      const never: never = shape;
      throw new Error(`unknown shape ${JSON.stringify(never)}`);
    }
  }
}

function keepsWhole(plain: string, { kind }: Shape): boolean {
  if (kind === 'integer') return Number.isSafeInteger(Number(plain));
  if (kind === 'float') return Number.isFinite(Number(plain));
  return plain.replace(/^-?0*\.?0*|\./g, '').length <= JSON_DIGITS;
}

const TEXT: Shape = { kind: 'text' };

function parts(cell: Cell): readonly Cell[] {
  return Array.isArray(cell) ? (cell as readonly Cell[]) : [];
}

function memberOf(cell: Cell, members: readonly Shape[]): [Cell, Shape] {
  const [member = null, value = null] = parts(cell);
  return [value, members[Number(member)] ?? TEXT];
}

function variantOf(cell: Cell): [Cell, Shape] {
  const [shape = null, value = null] = parts(cell);
  return [value, isShape(shape) ? shape : TEXT];
}

function isShape(cell: Cell): cell is Shape {
  return typeof cell === 'object' && cell !== null && 'kind' in cell;
}
