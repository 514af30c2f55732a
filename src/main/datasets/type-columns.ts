import { counted } from '../../preload/contract/counts';
import { AppError } from '../../preload/contract/errors';
import type { Database } from '../base/duckdb';
import { quotedName } from '../base/duckdb';
import type { ScanNote } from '../base/scan';
import {
  castSql,
  EVERYTHING,
  fitsSql,
  formatsSql,
  type Held,
  looksFormatted,
  NOTHING,
  sqlTypeOf,
  type Tally,
  tallySql,
  type TextType,
  typeOfTally,
} from './text-types';

/** A column that a file holds as text. */
export interface TextColumn {
  name: string;
  /** SQL of its VARCHAR. */
  text: string;
  held: Held;
  /** The type that a person chose. */
  chosen?: string | undefined;
}

export interface TypedColumn {
  name: string;
  sqlType: string;
  /** SQL of its value. */
  sql: string;
}

export interface TypedColumns {
  columns: TypedColumn[];
  notes: ScanNote[];
  rows: number;
  decimal: '.' | ',';
}

const SAMPLE_ROWS = 2_000;
/** Of many columns fewer rows are enough: every value is looked at afterwards. */
const SAMPLE_VALUES = 400_000;
/** Above this share of numbers (or days) a column of text has a note that says what spoils it. */
const NEARLY = 0.5;

/**
 * Gives each column the type that all its values have, over the whole file: guessed from the first
 * rows, then held against every value; a column with a value that does not fit is looked at again.
 *
 * @param from what the texts are selected from
 */
export async function typeColumns(
  database: Database,
  from: string,
  columns: readonly TextColumn[],
  decimal: '.' | ',' | undefined,
): Promise<TypedColumns> {
  const guesses = await guessTypes(database, from, columns, decimal);
  const { rows, misfits, spaced } = await holdAgainst(database, from, columns, guesses);
  const doubted = columns.flatMap((column, index) => {
    if (column.chosen !== undefined) return [];
    const guess = guesses[index];
    return guess !== undefined && (misfits[index] !== 0 || guess.doubtful) ? [index] : [];
  });
  const seen = await tallies(
    database,
    from,
    doubted.map((index) => columns[index]!),
  );
  const commas = decimal ?? (hasCommas(guesses, seen) ? ',' : '.');
  const notes: ScanNote[] = [];
  const types = guesses.map(({ type }) => type);
  for (const [position, index] of doubted.entries()) {
    const tally = seen[position]!;
    const { type, ambiguous } = typeOfTally(tally, commas === ',');
    types[index] = type;
    const { name } = columns[index]!;
    const guess = guesses[index]!.type;
    const note =
      noteOn(tally, type, ambiguous, guess) ?? unlikeFirst(misfits[index] ?? 0, type, guess);
    if (note !== null) notes.push({ column: name, ...note });
  }
  const typed = columns.map((column, index) => {
    // A trim for each of 2,000 columns would take DuckDB longer to plan than to run.
    const text = spaced[index] === false ? column.text : `trim(${column.text})`;
    return typedColumn(column, types[index]!, text);
  });
  for (const [index, { chosen, name }] of columns.entries()) {
    const count = misfits[index] ?? 0;
    if (chosen === undefined || count === 0) continue;
    notes.push({
      column: name,
      count,
      what: `${values(count)} cannot be read as ${chosen}: shown as empty.`,
    });
  }
  return { columns: typed, notes, rows, decimal: commas };
}

interface Guess {
  type: TextType;
  /** Whether there is something to tell of it, or to decide, once all values are seen. */
  doubtful: boolean;
  sureCommas: boolean;
}

async function guessTypes(
  database: Database,
  from: string,
  columns: readonly TextColumn[],
  decimal: '.' | ',' | undefined,
): Promise<Guess[]> {
  await database.run(
    `CREATE OR REPLACE TEMP TABLE first_rows AS
     SELECT ${columns.map(({ text }, index) => `${text} AS c${index}`).join(', ')}
     FROM ${from} LIMIT ${Math.min(SAMPLE_ROWS, Math.ceil(SAMPLE_VALUES / columns.length))}`,
  );
  const sampled = columns.map((column, index) => ({ ...column, text: `c${index}` }));
  const seen = await tallies(database, 'first_rows', sampled);
  await database.run('DROP TABLE first_rows');
  const commas = decimal === ',' || (decimal === undefined && seen.some(isSureOfComma));
  return seen.map((tally) => {
    const { type, ambiguous } = typeOfTally(tally, commas);
    return {
      type,
      doubtful: ambiguous || isDoubtful(tally, type),
      sureCommas: isSureOfComma(tally),
    };
  });
}

function isSureOfComma({ n, notFinite, commaNumber, sureCommas }: Tally): boolean {
  return n > 0 && sureCommas > 0 && commaNumber === n - notFinite;
}

function hasCommas(guesses: readonly Guess[], seen: readonly Tally[]): boolean {
  return guesses.some(({ sureCommas }) => sureCommas) || seen.some(isSureOfComma);
}

function isDoubtful(tally: Tally, type: TextType): boolean {
  if (tally.n === 0) return true;
  switch (type.is) {
    case 'text':
      return (
        nearly(tally.loose, tally) || nearly(days(tally), tally) || nearly(tally.commas, tally)
      );
    case 'hugeint':
    case 'decimal':
    case 'nanoseconds':
    case 'formatted':
      return true;
    case 'timestamp':
      return tally.date > 0;
    default:
      return false;
  }
}

function nearly(count: number, { n }: Tally): boolean {
  return count > n * NEARLY;
}

function days({ date, timestamp, instant, nanoseconds }: Tally): number {
  return date + Math.max(timestamp, nanoseconds) + instant;
}

/**
 * What the values of each column are. All columns are put below each other and asked in one go:
 * DuckDB would plan a statement with thousands of aggregates longer than it runs.
 */
async function tallies(
  database: Database,
  from: string,
  columns: readonly TextColumn[],
): Promise<Tally[]> {
  const found: Tally[] = columns.map(() => ({ ...NOTHING }));
  for (const held of ['any', 'number', 'text'] as const) {
    const places = columns.flatMap((column, index) => (column.held === held ? [index] : []));
    if (places.length === 0) continue;
    const below = belowEachOther(
      places.map((index) => columns[index]!),
      from,
    );
    for (const { i, t } of await database.rows<{ i: number; t: Tally }>(
      `SELECT i, ${tallySql('v', held)} AS t FROM ${below} GROUP BY i`,
    )) {
      found[places[i]!] = t;
    }
    if (held === 'number') continue;
    // Formats of days are many, and few columns have them.
    const formatted = await database.rows<{ i: number }>(
      `SELECT i FROM ${below} GROUP BY i HAVING bool_and(${looksFormatted('v')}) AND count(v) > 0`,
    );
    if (formatted.length === 0) continue;
    const some = formatted.map(({ i }) => places[i]!);
    for (const { i, formats } of await database.rows<{ i: number; formats: number[] }>(
      `SELECT i, ${formatsSql('v')} AS formats
       FROM ${belowEachOther(
         some.map((index) => columns[index]!),
         from,
       )} GROUP BY i`,
    )) {
      found[some[i]!]!.formats = formats;
    }
  }
  return found;
}

/**
 * Columns `i`, which of the columns, `t`, a value of it, and `v`, that trimmed: once per value. Spaces around it, and an
 * empty text, count for nothing where it is not text.
 */
function belowEachOther(columns: readonly TextColumn[], from: string): string {
  return `(SELECT nullif(trim(t), '') AS v, t, i FROM (
    SELECT unnest([${columns.map(({ text }) => text).join(', ')}]) AS t,
      unnest(range(${columns.length}))::INTEGER AS i FROM ${from}))`;
}

/** How many values of each column are not of its guessed, or chosen, type, and have spaces around. */
async function holdAgainst(
  database: Database,
  from: string,
  columns: readonly TextColumn[],
  guesses: readonly Guess[],
): Promise<{ rows: number; misfits: number[]; spaced: boolean[] }> {
  const { rows } = await database.row<{ rows: number }>(
    `SELECT count(*)::DOUBLE AS rows FROM ${from}`,
  );
  const misfits = columns.map(() => 0);
  const spaced = columns.map(() => false);
  const places = new Map<string, number[]>();
  for (const [index, { chosen }] of columns.entries()) {
    const { type } = guesses[index]!;
    const fits =
      chosen === undefined
        ? fitsSql('v', type)
        : `TRY_CAST(v AS ${checkedType(chosen)}) IS NOT NULL`;
    places.set(fits, [...(places.get(fits) ?? []), index]);
  }
  for (const [fits, indices] of places) {
    if (fits === EVERYTHING) continue;
    const below = belowEachOther(
      indices.map((index) => columns[index]!),
      from,
    );
    for (const { i, n, spaces } of await database.rows<{ i: number; n: number; spaces: boolean }>(
      `SELECT i, (count(*) FILTER (v IS NOT NULL AND NOT coalesce(${fits}, false)))::DOUBLE AS n,
         coalesce(bool_or(t <> v), false) AS spaces
       FROM ${below} GROUP BY i`,
    )) {
      misfits[indices[i]!] = n;
      spaced[indices[i]!] = spaces;
    }
  }
  return { rows, misfits, spaced };
}

/** @param trimmed the SQL of its text without spaces around it */
function typedColumn(column: TextColumn, type: TextType, trimmed: string): TypedColumn {
  const { name, chosen, text } = column;
  const sqlType = chosen === undefined ? sqlTypeOf(type) : checkedType(chosen);
  // A text keeps its spaces.
  if (sqlType === 'VARCHAR') return { name, sqlType, sql: text };
  const sql = chosen === undefined ? castSql(trimmed, type) : `TRY_CAST(${trimmed} AS ${sqlType})`;
  return { name, sqlType, sql };
}

const CHOOSABLE =
  /^(VARCHAR|BOOLEAN|BIGINT|HUGEINT|DOUBLE|DATE|TIME|TIMESTAMP|TIMESTAMP_NS|TIMESTAMP WITH TIME ZONE|DECIMAL\(\d{1,2},\d{1,2}\))$/;

/** It becomes SQL. */
function checkedType(chosen: string): string {
  const type = chosen.trim().toUpperCase();
  if (CHOOSABLE.test(type)) return type;
  throw new AppError('usage', `A column cannot be read as ${chosen}.`, {
    hint: 'Choose VARCHAR, BOOLEAN, BIGINT, DOUBLE, DECIMAL(p,s), DATE, TIME or TIMESTAMP.',
  });
}

/** The select of typed columns, to stand behind FROM. */
export function typedSelect(columns: readonly TypedColumn[], from: string): string {
  const list = columns.map(({ name, sql }) => `${sql} AS ${quotedName(name)}`);
  return `(SELECT ${list.join(', ')} FROM ${from})`;
}

type Told = Omit<ScanNote, 'column'> | null;

/** What a person has to know of a column's type; null where it is what it looks like. */
function noteOn(tally: Tally, type: TextType, ambiguous: boolean, guess: TextType): Told {
  const { n } = tally;
  const kept = `kept as ${sqlTypeOf(type)}`;
  switch (type.is) {
    case 'double':
      return guess.is === 'bigint'
        ? told(
            n - tally.bigint,
            'is not a whole number',
            'are not whole numbers',
            tally.firstNoWhole,
            kept,
          )
        : null;
    case 'hugeint':
      return told(
        n - tally.bigint,
        'is beyond 64 bits',
        'are beyond 64 bits',
        tally.firstNoWhole,
        kept,
      );
    case 'decimal':
      return told(
        n - Math.max(tally.number, tally.commaNumber),
        'has more digits than a DOUBLE holds',
        'have more digits than a DOUBLE holds',
        tally.firstNoNumber,
        kept,
      );
    case 'timestamp':
      return told(
        tally.date,
        'is a day without a time',
        'are days without a time',
        null,
        'read as midnight',
      );
    case 'text':
      return ambiguous ? ambiguity(tally) : whyText(tally);
    default:
      return null;
  }
}

const AS_TEXT = 'kept as text';

/** Of a column whose first rows have a type that later ones do not. */
function unlikeFirst(misfits: number, type: TextType, guess: TextType): Told {
  if (type.is !== 'text' || guess.is === 'text') return null;
  const first = sqlTypeOf(guess);
  return told(
    misfits,
    `is not ${first} as the first rows are`,
    `are not ${first} as the first rows are`,
    null,
    AS_TEXT,
  );
}

function ambiguity(tally: Tally): Told {
  return tally.commas > 0 || tally.points > 0
    ? told(
        Math.max(tally.commas, tally.points),
        'has a comma or point that may part decimals or thousands',
        'have a comma or point that may part decimals or thousands',
        null,
        AS_TEXT,
      )
    : told(
        tally.n,
        'is a day that may have the day or the month first',
        'are days that may have the day or the month first',
        null,
        AS_TEXT,
      );
}

function whyText(tally: Tally): Told {
  const { n } = tally;
  if (nearly(tally.loose, tally)) {
    const numbers = Math.max(tally.number, tally.decimal, tally.hugeint);
    const first = tally.firstNoNumber;
    if (numbers === n) {
      return told(n, 'is a number', 'are numbers that no one type holds all of', null, AS_TEXT);
    }
    return tally.zeros > 0
      ? told(tally.zeros, 'begins with a zero', 'begin with a zero', first, AS_TEXT)
      : told(n - numbers, 'is not an exact number', 'are not exact numbers', first, AS_TEXT);
  }
  return nearly(days(tally), tally)
    ? told(
        n - days(tally),
        'is not a day or time',
        'are not days or times',
        tally.firstNoTime,
        AS_TEXT,
      )
    : null;
}

/** “3 values begin with a zero, such as “01”: kept as text.” Null where there is no such value. */
function told(count: number, one: string, many: string, such: string | null, so: string): Told {
  if (count === 0) return null;
  const example = such === null ? '' : `, such as ${cited(such)}`;
  return { count, what: `${values(count)} ${count === 1 ? one : many}${example}: ${so}.` };
}

const LONGEST_CITED = 40;

function cited(shown: string): string {
  return `“${shown.length > LONGEST_CITED ? `${shown.slice(0, LONGEST_CITED)}…` : shown}”`;
}

function values(count: number): string {
  return counted(count, 'value');
}
