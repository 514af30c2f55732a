/**
 * Types of columns that a file holds as text. Nothing is bent: a type is right where every value of
 * the whole file can be turned back into its text, and what fits no type stays text.
 */

/** Tests of one value `v` (SQL text of a trimmed VARCHAR, null where empty) as SQL conditions. */

const NUMBER = `-?(0|[1-9][0-9]*)?(\\.[0-9]*)?([eE][-+]?[0-9]+)?`;
const ZERO = `-?0*(\\.0*)?([eE].*)?`;
const DECIMAL = `-?(0|[1-9][0-9]*)(\\.[0-9]+)?`;
const COMMA_NUMBER = `-?([0-9]+|[0-9]{1,3}(\\.[0-9]{3})+)(,[0-9]+)?([eE][-+]?[0-9]+)?`;
/** `1,234`: one and a bit, or a thousand. */
const THOUSANDS = `-?[0-9]{1,3}(,[0-9]{3})+`;
const CLOCK = `[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?`;
const DAY = `[0-9]{4}-[0-9]{2}-[0-9]{2}`;

const matches = (v: string, pattern: string) => `regexp_full_match(${v}, '${pattern}')`;

const is = {
  boolean: (v: string) => `lower(${v}) IN ('true', 'false')`,
  bigint: (v: string) => `TRY_CAST(${v} AS BIGINT)::VARCHAR = ${v}`,
  hugeint: (v: string) => `TRY_CAST(${v} AS HUGEINT)::VARCHAR = ${v}`,
  // CASE, because DuckDB works out both sides of an AND: few numbers are long.
  number: (v: string) =>
    `CASE WHEN NOT coalesce(${matches(v, NUMBER)} AND isfinite(TRY_CAST(${v} AS DOUBLE)), false) THEN false
      WHEN TRY_CAST(${v} AS DOUBLE) = 0 THEN ${matches(v, ZERO)}
      WHEN length(${v}) > 15 THEN ${isExact(v)} ELSE true END`,
  notFinite: (v: string) => `lower(ltrim(${v}, '-')) IN ('nan', 'inf', 'infinity')`,
  decimal: (v: string) => matches(v, DECIMAL),
  date: (v: string) => `TRY_CAST(${v} AS DATE)::VARCHAR = ${v}`,
  time: (v: string) => `(${matches(v, CLOCK)} AND TRY_CAST(${v} AS TIME) IS NOT NULL)`,
  timestamp: (v: string) =>
    `(${matches(v, `${DAY}[ T]${CLOCK}`)} AND TRY_CAST(${v} AS TIMESTAMP) IS NOT NULL)`,
  nanoseconds: (v: string) =>
    `(${matches(v, `${DAY}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?`)}
      AND TRY_CAST(${v} AS TIMESTAMP_NS) IS NOT NULL)`,
  instant: (v: string) =>
    `(${matches(v, `${DAY}[ T]${CLOCK}(Z|[+-][0-9]{2}(:?[0-9]{2})?)`)}
      AND TRY_CAST(${v} AS TIMESTAMPTZ) IS NOT NULL)`,
};

/**
 * Whether a DOUBLE holds all of a long number: at most 15 digits, or the shortest or a longer text
 * of that very DOUBLE (NumPy writes 19 digits).
 */
export function isExact(v: string): string {
  const mantissa = `regexp_replace(${v}, '[eE].*$', '')`;
  const unpadded = `CASE WHEN contains(${mantissa}, '.') THEN rtrim(${mantissa}, '0') ELSE ${mantissa} END`;
  const digits = `ltrim(regexp_replace(${unpadded}, '[-.]', '', 'g'), '0')`;
  const written = [16, 17, 18].map((n) => `format('{:.${n}e}', TRY_CAST(${v} AS DOUBLE))`);
  return `(length(${digits}) <= 15 OR TRY_CAST(${v} AS DOUBLE)::VARCHAR = lower(${v})
    OR lower(${v}) IN (${written.join(', ')}))`;
}

/** A number with a decimal comma, as one with a point; null for what is none. */
function withPoint(v: string): string {
  return `CASE WHEN ${matches(v, COMMA_NUMBER)} THEN replace(replace(${v}, '.', ''), ',', '.') END`;
}

/** Ways to write a day, other than ISO's; the same way holds for a whole column. */
const DAY_FORMATS = [
  '%d.%m.%Y',
  '%-d.%-m.%Y',
  '%d/%m/%Y',
  '%-d/%-m/%Y',
  '%m/%d/%Y',
  '%-m/%-d/%Y',
  '%d-%m-%Y',
  '%Y/%m/%d',
] as const;
const CLOCK_FORMATS = ['', ' %H:%M', ' %H:%M:%S'] as const;

const FORMATS = CLOCK_FORMATS.flatMap((clock) => DAY_FORMATS.map((day) => `${day}${clock}`));

function isOfFormat(v: string, format: string): string {
  return `strftime(TRY_STRPTIME(${v}, '${format}'), '${format}') = ${v}`;
}

/** What a column of text is taken for. */
export type TextType =
  | { is: 'text' | 'boolean' | 'bigint' | 'hugeint' | 'date' | 'time' | 'timestamp' }
  | { is: 'nanoseconds' | 'instant' }
  | { is: 'double'; comma: boolean }
  | { is: 'decimal'; width: number; scale: number; comma: boolean }
  | { is: 'formatted'; format: string };

/** What a column's values may be: a JSON string is never a number. */
export type Held = 'any' | 'number' | 'text';

export function sqlTypeOf(type: TextType): string {
  switch (type.is) {
    case 'text':
      return 'VARCHAR';
    case 'nanoseconds':
      return 'TIMESTAMP_NS';
    case 'instant':
      return 'TIMESTAMP WITH TIME ZONE';
    case 'decimal':
      return `DECIMAL(${type.width},${type.scale})`;
    case 'formatted':
      return type.format.includes('%H') ? 'TIMESTAMP' : 'DATE';
    default:
      return type.is.toUpperCase();
  }
}

/**
 * A text's value in its type; an empty text is null. Only for texts that have been held against the
 * type, and have no spaces around them: what is not of the type would be null without a word.
 */
export function castSql(text: string, type: TextType): string {
  switch (type.is) {
    case 'text':
      return text;
    case 'double':
    case 'decimal':
      return `TRY_CAST(${type.comma ? withPoint(text) : text} AS ${sqlTypeOf(type)})`;
    case 'formatted':
      return `CAST(TRY_STRPTIME(${text}, '${type.format}') AS ${sqlTypeOf(type)})`;
    default:
      return `TRY_CAST(${text} AS ${sqlTypeOf(type)})`;
  }
}

/** The condition that every value fulfils. */
export const EVERYTHING = 'true';

/** Whether a value is of the type, and nothing of its text is lost. */
export function fitsSql(v: string, type: TextType): string {
  switch (type.is) {
    case 'text':
      return EVERYTHING;
    case 'double': {
      const number = is.number(type.comma ? withPoint(v) : v);
      return `${number} OR ${is.notFinite(v)}`;
    }
    case 'decimal': {
      const pointed = type.comma ? withPoint(v) : v;
      return `${is.decimal(pointed)} AND strlen(split_part(ltrim(${pointed}, '-'), '.', 1)) <= ${type.width - type.scale}
        AND strlen(split_part(${pointed}, '.', 2)) <= ${type.scale}`;
    }
    case 'formatted':
      return isOfFormat(v, type.format);
    default:
      return is[type.is](v);
  }
}

/** How many values of a column are what; all that its type and its notes are decided by. */
export interface Tally {
  n: number;
  boolean: number;
  bigint: number;
  hugeint: number;
  number: number;
  notFinite: number;
  decimal: number;
  whole: number;
  scale: number;
  /** As above, with a decimal comma. */
  commaNumber: number;
  commaDecimal: number;
  commaWhole: number;
  commaScale: number;
  /** With a comma; with one that can only be the decimal one. */
  commas: number;
  sureCommas: number;
  /** With a point that may part thousands. */
  points: number;
  date: number;
  time: number;
  timestamp: number;
  nanoseconds: number;
  instant: number;
  /** Numbers in a wider sense: leading zeros, signs. */
  loose: number;
  zeros: number;
  /** The first value that is none. */
  firstNoWhole: string | null;
  firstNoNumber: string | null;
  firstNoTime: string | null;
  /** Per format of days; empty where there are none to be seen. */
  formats: readonly number[];
}

/** A tally of nothing. */
export const NOTHING: Tally = {
  n: 0,
  boolean: 0,
  bigint: 0,
  hugeint: 0,
  number: 0,
  notFinite: 0,
  decimal: 0,
  whole: 0,
  scale: 0,
  commaNumber: 0,
  commaDecimal: 0,
  commaWhole: 0,
  commaScale: 0,
  commas: 0,
  sureCommas: 0,
  points: 0,
  date: 0,
  time: 0,
  timestamp: 0,
  nanoseconds: 0,
  instant: 0,
  loose: 0,
  zeros: 0,
  firstNoWhole: null,
  firstNoNumber: null,
  firstNoTime: null,
  formats: [],
};

/** The tally of a group as one STRUCT, without its formats. */
export function tallySql(v: string, held: Held): string {
  const some = (condition: string) => `(count(*) FILTER (${condition}))::DOUBLE`;
  const first = (condition: string) =>
    `first(${v}) FILTER (${v} IS NOT NULL AND NOT coalesce(${condition}, false))`;
  const numbers = held !== 'text';
  const others = held !== 'number';
  const number = (condition: string) => (numbers ? some(condition) : '0::DOUBLE');
  const other = (condition: string) => (others ? some(condition) : '0::DOUBLE');
  const pointed = withPoint(v);
  const parts: Record<keyof Tally, string> = {
    n: `count(${v})::DOUBLE`,
    boolean: held === 'any' ? some(is.boolean(v)) : '0::DOUBLE',
    bigint: number(is.bigint(v)),
    hugeint: number(is.hugeint(v)),
    number: number(is.number(v)),
    notFinite: held === 'any' ? some(is.notFinite(v)) : '0::DOUBLE',
    decimal: number(is.decimal(v)),
    whole: numbers
      ? `coalesce(max(strlen(split_part(ltrim(${v}, '-'), '.', 1))) FILTER (${is.decimal(v)}), 0)::DOUBLE`
      : '0::DOUBLE',
    scale: numbers
      ? `coalesce(max(strlen(split_part(${v}, '.', 2))) FILTER (${is.decimal(v)}), 0)::DOUBLE`
      : '0::DOUBLE',
    commaNumber: held === 'any' ? some(is.number(pointed)) : '0::DOUBLE',
    commaDecimal: held === 'any' ? some(is.decimal(pointed)) : '0::DOUBLE',
    commaWhole:
      held === 'any'
        ? `coalesce(max(strlen(split_part(ltrim(${pointed}, '-'), '.', 1))), 0)::DOUBLE`
        : '0::DOUBLE',
    commaScale:
      held === 'any'
        ? `coalesce(max(strlen(split_part(${pointed}, '.', 2))), 0)::DOUBLE`
        : '0::DOUBLE',
    commas: held === 'any' ? some(`contains(${v}, ',')`) : '0::DOUBLE',
    sureCommas:
      held === 'any'
        ? some(
            `contains(${v}, ',') AND ${matches(v, COMMA_NUMBER)} AND NOT ${matches(v, THOUSANDS)}`,
          )
        : '0::DOUBLE',
    points: held === 'any' ? some(matches(v, `-?[0-9]{1,3}(\\.[0-9]{3})+`)) : '0::DOUBLE',
    date: other(is.date(v)),
    time: other(is.time(v)),
    timestamp: other(is.timestamp(v)),
    nanoseconds: other(is.nanoseconds(v)),
    instant: other(is.instant(v)),
    loose: number(`TRY_CAST(${v} AS DOUBLE) IS NOT NULL AND NOT ${is.notFinite(v)}`),
    zeros: number(matches(v, `[-+]?0[0-9].*`)),
    firstNoWhole: numbers ? first(is.bigint(v)) : 'NULL',
    firstNoNumber: numbers ? first(`(${is.number(v)})`) : 'NULL',
    firstNoTime: others ? first(`${is.timestamp(v)} OR ${is.date(v)}`) : 'NULL',
    formats: '[]::DOUBLE[]',
  };
  const fields = Object.entries(parts).map(([name, sql]) => `'${name}': ${sql}`);
  return `{${fields.join(', ')}}`;
}

/** How many values of a group are days in each of the formats. */
export function formatsSql(v: string): string {
  const counts = FORMATS.map((format) => `(count(*) FILTER (${isOfFormat(v, format)}))::DOUBLE`);
  return `[${counts.join(', ')}]`;
}

/** The type that all values have; `ambiguous` where two have a claim. */
export function typeOfTally(
  tally: Tally,
  commaIsDecimal: boolean,
): { type: TextType; ambiguous: boolean } {
  const { n } = tally;
  const plain = (type: TextType) => ({ type, ambiguous: false });
  if (n === 0) return plain({ is: 'text' });
  for (const kind of ['boolean', 'bigint', 'hugeint'] as const) {
    if (tally[kind] === n) return plain({ is: kind });
  }
  const finite = n - tally.notFinite;
  const groupedPoints =
    commaIsDecimal && tally.points > 0 && tally.points === tally.number - tally.bigint;
  if (finite > 0 && tally.number === finite) {
    // `1.234` in a file with decimal commas.
    if (groupedPoints) return { type: { is: 'text' }, ambiguous: true };
    return plain({ is: 'double', comma: false });
  }
  if (tally.decimal === n && tally.whole + tally.scale <= 38) {
    return plain({
      is: 'decimal',
      width: tally.whole + tally.scale,
      scale: tally.scale,
      comma: false,
    });
  }
  if (tally.commas > 0 && (tally.commaNumber === finite || tally.commaDecimal === n)) {
    if (tally.sureCommas === 0 && !commaIsDecimal) {
      return { type: { is: 'text' }, ambiguous: true };
    }
    if (tally.commaNumber === finite) return plain({ is: 'double', comma: true });
    const [width, scale] = [tally.commaWhole + tally.commaScale, tally.commaScale];
    if (width <= 38) return plain({ is: 'decimal', width, scale, comma: true });
  }
  for (const kind of ['date', 'time'] as const) if (tally[kind] === n) return plain({ is: kind });
  if (tally.timestamp + tally.date === n) return plain({ is: 'timestamp' });
  for (const kind of ['nanoseconds', 'instant'] as const) {
    if (tally[kind] === n) return plain({ is: kind });
  }
  const formats = FORMATS.filter((_, index) => tally.formats[index] === n);
  const [format] = formats;
  if (format === undefined) return plain({ is: 'text' });
  if (formats.some((other) => dayFirst(other) !== dayFirst(format))) {
    return { type: { is: 'text' }, ambiguous: true };
  }
  return plain({ is: 'formatted', format });
}

function dayFirst(format: string): boolean {
  return /^%-?d/.test(format);
}

/** Whether a value looks like a day in figures that ISO does not write so. */
export function looksFormatted(v: string): string {
  return matches(v, `[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}( [0-9:]+)?`);
}
