import type { ColumnDescriptor, Role, ValueType } from '../../preload/contract/descriptor';
import { wordsOf } from './column-words';
import type { ProfiledColumn } from './profile';
import { valueTypeOf } from './value-types';

/** A category has so many values at most. */
const MOST_CATEGORIES = 50;
/** Of texts that are nearly all different, one may be what a row is called. */
const NEARLY_ALL = 0.9;
const LONGEST_TITLE = 80;

/**
 * How each column is looked at, in the order of the columns: by its type, its name and its figures.
 * At most one is the key, one the title and one the image.
 */
export function rolesOf(columns: readonly ProfiledColumn[], rows: number): Role[] {
  const roles = columns.map((column) => plainRole(column, rows));
  const key = best(columns, (column) => keyScore(column, rows));
  if (key !== null) roles[key] = 'key';
  const image = best(columns, (column) => (isImage(column) ? 1 : 0));
  if (image !== null) roles[image] = 'image';
  const title = best(columns, (column, index) =>
    roles[index] === 'key' || roles[index] === 'image' ? 0 : titleScore(column, rows),
  );
  if (title !== null) roles[title] = 'title';
  return roles;
}

/** The first with the highest score; null where all have none. */
function best(
  columns: readonly ProfiledColumn[],
  score: (column: ProfiledColumn, index: number) => number,
): number | null {
  let found: number | null = null;
  let highest = 0;
  for (const [index, column] of columns.entries()) {
    const reached = score(column, index);
    if (reached > highest) [found, highest] = [index, reached];
  }
  return found;
}

function plainRole(column: ProfiledColumn, rows: number): Role {
  const type = valueTypeOf(column.type);
  switch (type) {
    case 'boolean':
      return 'flag';
    case 'date':
    case 'timestamp':
      return 'time';
    case 'list':
      return isListOfScalars(column.type) ? 'members' : 'nested';
    case 'struct':
    case 'map':
      return 'nested';
    case 'binary':
    case 'time':
      return 'text';
    case 'integer':
      if (!namesSomething(column.name)) return 'measure';
      return isCategory(column, rows) ? 'category' : 'text';
    case 'double':
    case 'decimal':
      return 'measure';
    case 'text':
      return column.type === 'JSON' ? 'nested' : isCategory(column, rows) ? 'category' : 'text';
    default: {
      const never: never = type;
      throw new Error(`unknown type ${String(never)}`);
    }
  }
}

function isListOfScalars(sqlType: string): boolean {
  const item = valueTypeOf(sqlType.replace(/\[\d*\]$/, ''));
  return !['list', 'struct', 'map', 'binary'].includes(item);
}

function isCategory({ distinct, nulls }: ProfiledColumn, rows: number): boolean {
  const filled = rows - nulls;
  return distinct > 0 && distinct <= MOST_CATEGORIES && distinct * 2 <= Math.max(filled, 2);
}

function smallWords(name: string): string[] {
  return wordsOf(name).map((word) => word.toLowerCase());
}

/** Numbers that name something: they are not added up. */
export function namesSomething(name: string): boolean {
  const words = smallWords(name);
  const naming = [
    'id',
    'key',
    'code',
    'zip',
    'plz',
    'postcode',
    'phone',
    'uuid',
    'nr',
    'no',
    'number',
  ];
  return naming.includes(words.at(-1) ?? '');
}

function keyScore({ name, type, distinct, nulls }: ProfiledColumn, rows: number): number {
  const kind = valueTypeOf(type);
  if (rows < 2 || nulls > 0 || distinct !== rows) return 0;
  if (kind !== 'integer' && kind !== 'text') return 0;
  const words = smallWords(name);
  if (words.length === 1 && ['id', 'key', 'uuid', 'guid'].includes(words[0] ?? '')) return 3;
  return type === 'UUID' || namesSomething(name) ? 2 : 0;
}

function isImage({ name, type, top }: ProfiledColumn): boolean {
  if (valueTypeOf(type) !== 'text') return false;
  const shows = top.filter(({ value }) =>
    /^(https?:\/\/|data:image\/).*?(\.(png|jpe?g|gif|svg|webp|avif)(\?.*)?$|^data:)/i.test(
      String(value),
    ),
  );
  return (
    shows.length > 0 &&
    (shows.length === top.length || /image|photo|picture|sprite|avatar|logo/i.test(name))
  );
}

function titleScore({ name, type, distinct, nulls, top }: ProfiledColumn, rows: number): number {
  if (valueTypeOf(type) !== 'text' || type === 'JSON' || type === 'UUID') return 0;
  const long = top.some(({ value }) => String(value).length > LONGEST_TITLE);
  if (long || rows < 2 || distinct < (rows - nulls) * NEARLY_ALL) return 0;
  const words = smallWords(name);
  if (words.length === 1 && ['name', 'title', 'label'].includes(words[0] ?? '')) return 3;
  return words.some((word) => ['name', 'title', 'label'].includes(word)) ? 2 : 1;
}

/** Words of names that tell who a row is, and those that tell it together with others. */
const IDENTIFYING = [
  'name',
  'email',
  'mail',
  'phone',
  'mobile',
  'address',
  'street',
  'iban',
  'ssn',
  'passport',
  'ip',
];
const TOGETHER = [
  'zip',
  'plz',
  'postcode',
  'city',
  'birth',
  'birthday',
  'birthdate',
  'dob',
  'age',
  'gender',
  'sex',
  'nationality',
  'profession',
  'job',
];

export function privacyOf(name: string, role: Role): ColumnDescriptor['privacy'] {
  const words = smallWords(name);
  if (role === 'key' || role === 'title' || words.some((word) => IDENTIFYING.includes(word))) {
    return 'identifies';
  }
  return words.some((word) => TOGETHER.includes(word)) ? 'quasi' : 'open';
}

/** Whether values of this type can be measured along. */
export function isNumberType(type: ValueType): boolean {
  return type === 'integer' || type === 'double' || type === 'decimal';
}
