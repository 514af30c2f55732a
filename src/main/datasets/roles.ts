import { ownValue } from '../../preload/contract/own-value';
import type { ColumnDescriptor, Role, Scalar, ValueType } from '../../preload/contract/descriptor';
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
    case 'double':
    case 'decimal':
      return numberRole(column, rows);
    case 'text':
      return column.type === 'JSON' ? 'nested' : isCategory(column, rows) ? 'category' : 'text';
    default: {
      const never: never = type;
      throw new Error(`unknown type ${String(never)}`);
    }
  }
}

/** Numbers that name something, or a part of a date, are told apart and never added up. */
function numberRole(column: ProfiledColumn, rows: number): Role {
  // Where a file had gaps, whole numbers often arrive as doubles: 2019.0.
  if (!isWhole(column)) return 'measure';
  if (holdsYears(column)) return 'time';
  if (namesRow(column.name)) return 'text';
  if (isYesOrNo(column, rows)) return 'category';
  if (!namesSomething(column.name) && !isDatePart(column)) return 'measure';
  return isCategory(column, rows) ? 'category' : 'text';
}

function isWhole({ type, min, max, median, top }: ProfiledColumn): boolean {
  if (valueTypeOf(type) === 'integer') return true;
  const ends = [min, max, ...top.map(({ value }) => value)];
  return (
    top.length > 0 &&
    ends.every((value) => Number.isInteger(value)) &&
    Number.isInteger(Number(median) * 2)
  );
}

/** Calendar years, and not a number of years. */
function holdsYears({ name, min, max }: ProfiledColumn): boolean {
  return (
    smallWords(name).some((word) => YEAR_WORDS.includes(word)) && isWithin(min, max, 1000, 2999)
  );
}

const YEAR_WORDS = ['year', 'yr', 'yyyy', 'jahr', 'année', 'annee', 'año', 'anno'];

/** What the numbers of a month, an hour and the like lie between. */
const DATE_PARTS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  ...{ quarter: [1, 4], quartal: [1, 4], month: [1, 12], monat: [1, 12] },
  ...{ week: [0, 53], day: [0, 31], weekday: [0, 7], dayofweek: [0, 7], dow: [0, 7] },
  ...{ hour: [0, 24], minute: [0, 59] },
};

function isDatePart({ name, min, max }: ProfiledColumn): boolean {
  return smallWords(name).some((word) => {
    const [low, high] = ownValue(DATE_PARTS, word) ?? [1, 0];
    return isWithin(min, max, low, high);
  });
}

/** So few rows may have nothing but 0 and 1 by chance. */
const ENOUGH_ROWS = 20;

function isYesOrNo({ min, max, distinct }: ProfiledColumn, rows: number): boolean {
  return rows >= ENOUGH_ROWS && distinct === 2 && min === 0 && max === 1;
}

function isWithin(min: Scalar, max: Scalar, low: number, high: number): boolean {
  return typeof min === 'number' && typeof max === 'number' && min >= low && max <= high;
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

/** Last words of names whose numbers stand for something: `customer_id`, `zip code`. */
const NAMING = [
  ...['id', 'ids', 'key', 'pk', 'fk', 'uuid', 'guid', 'code', 'nr', 'no', 'number', 'nummer', '#'],
  ...['index', 'idx', 'row', 'rownum', 'rowid', 'serial', 'hash'],
  ...['zip', 'zipcode', 'plz', 'postcode', 'postal', 'postleitzahl', 'fips'],
  ...['phone', 'telephone', 'tel', 'mobile', 'fax'],
  ...['isbn', 'ean', 'gtin', 'sku', 'barcode', 'iban', 'ssn', 'imei'],
];

/** Words that go before `id` without a gap: `userid`. Others end in these letters by chance: `paid`. */
const WITH_ID =
  /^(user|order|customer|client|account|product|item|device|store|shop|vehicle|patient|person|employee|event|session|movie|film|station|vendor|trip|ticket|location|region|category|department|dept|transaction|invoice|parent|group|object|record)ids?$/;

/** Numbers that name something: they are not added up. */
export function namesSomething(name: string): boolean {
  const words = smallWords(name);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  // As pandas names a column of row numbers that had no name.
  if (first === 'unnamed:') return true;
  const begins = words.length > 1 && (first === 'id' || first === 'code');
  return begins || NAMING.includes(last) || WITH_ID.test(last);
}

/** Words that alone name the row itself. */
function namesRow(name: string): boolean {
  return ['id', 'key', 'uuid', 'guid'].includes(smallWords(name).join(' '));
}

function keyScore({ name, type, distinct, nulls }: ProfiledColumn, rows: number): number {
  const kind = valueTypeOf(type);
  if (rows < 2 || nulls > 0 || distinct !== rows) return 0;
  if (kind !== 'integer' && kind !== 'text') return 0;
  if (namesRow(name)) return 3;
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
  if (long || rows < 2 || distinct === 0 || distinct < (rows - nulls) * NEARLY_ALL) return 0;
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

/** Whose number is as good as their name. */
const PERSONS = 'user customer client patient person employee member student account'.split(' ');

export function privacyOf(name: string, role: Role): ColumnDescriptor['privacy'] {
  const words = smallWords(name);
  const has = (known: readonly string[]) => words.some((word) => known.includes(word));
  // A picture shows whom the row is of, or has a name in its address.
  if (['key', 'title', 'image'].includes(role) || has(IDENTIFYING)) return 'identifies';
  if (has(PERSONS) && namesSomething(name)) return 'identifies';
  return has(TOGETHER) ? 'quasi' : 'open';
}

/** Whether values of this type can be measured along. */
export function isNumberType(type: ValueType): boolean {
  return type === 'integer' || type === 'double' || type === 'decimal';
}
