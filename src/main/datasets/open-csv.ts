import { counted, humanCount } from '../../preload/contract/counts';
import type { CsvChoices, CsvReading } from '../../preload/contract/opened';
import { ownValue } from '../../preload/contract/own-value';
import type { Database } from '../base/duckdb';
import { type CsvDialect, guessCsvDialect, scanCsvText } from '../base/duckdb-scan';
import type { ScanNote } from '../base/scan';
import { cannotOpen } from './open-problems';
import type { Reading } from './opened-scan';
import type { TextFile } from './text-file';
import { typeColumns, typedSelect } from './type-columns';

/** @param files UTF-8, all with the same header */
export async function openCsv(
  database: Database,
  files: readonly TextFile[],
  name: string,
  choices: CsvChoices,
): Promise<Reading> {
  const paths = files.map(({ path }) => path);
  const { dialect, names } = await dialectOf(database, paths[0] ?? '', choices);
  if (names.length === 0) {
    throw cannotOpen(name, 'it holds no columns', 'Check that it is the file you meant.');
  }
  for (const path of paths.slice(1)) {
    const other = await dialectOf(database, path, { ...choices, ...dialect });
    if (other.names.join('\n') === names.join('\n')) continue;
    throw cannotOpen(
      name,
      'its files do not have the same columns',
      'Open one of the files, or a folder of files with one header.',
    );
  }
  const rejected = await rejectedLines(database, paths, dialect, names);
  const from = scanCsvText(paths, dialect, names, rejected === null ? 'refuse' : 'skip');
  const typed = await typeColumns(
    database,
    from,
    names.map((column) => ({
      name: column,
      text: `"${column.replaceAll('"', '""')}"`,
      held: 'any',
      chosen: ownValue(choices.types ?? {}, column),
    })),
    choices.decimal,
  );
  const skipped: ScanNote[] =
    dialect.skip === 0
      ? []
      : [
          {
            count: dialect.skip,
            what: `${dialect.skip === 1 ? 'The first line is' : `The first ${humanCount(dialect.skip)} lines are`} not part of the table: passed over.`,
          },
        ];
  const columns = typed.columns.map(({ name: column, sqlType }) => ({ name: column, sqlType }));
  const csv: CsvReading = {
    dialect,
    encoding: files[0]?.encoding ?? 'utf-8',
    header: dialect.header,
    decimal: typed.decimal,
    types: Object.fromEntries(columns.map(({ name: column, sqlType }) => [column, sqlType])),
  };
  return {
    from: typedSelect(typed.columns, from),
    columns,
    notes: [
      ...files.flatMap(({ notes }) => notes),
      ...skipped,
      ...(rejected === null ? [] : [rejected]),
      ...typed.notes,
    ],
    rows: typed.rows,
    csv,
  };
}

interface Guessed {
  Delimiter: string;
  Quote: string;
  Escape: string;
  SkipRows: number;
  HasHeader: boolean;
  Columns: { name: string }[];
}

const NONE = '(empty)';

async function dialectOf(
  database: Database,
  path: string,
  choices: CsvChoices & Partial<CsvDialect>,
): Promise<{ dialect: CsvDialect; names: string[] }> {
  const { delimiter, quote, escape, header, skip } = choices;
  const guess = await guessedDialect(database, path, {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(escape === undefined ? {} : { escape }),
    ...(header === undefined ? {} : { header }),
    ...(skip === undefined ? {} : { skip }),
  });
  const sign = (guessed: string) => (guessed === NONE ? '"' : guessed);
  const guessedQuote = quote ?? sign(guess.Quote);
  return {
    // What the first lines do not quote, later ones may.
    dialect: {
      delimiter: delimiter ?? guess.Delimiter,
      quote: guessedQuote,
      escape: escape ?? (guess.Escape === NONE ? guessedQuote : guess.Escape),
      skip: skip ?? guess.SkipRows,
      header: header ?? guess.HasHeader,
    },
    names: guess.Columns.map(({ name }) => name),
  };
}

/** A few broken lines must not make one column of a table, nor a comment before it its header. */
async function guessedDialect(
  database: Database,
  path: string,
  known: Partial<CsvDialect>,
): Promise<Guessed> {
  const guess = (badLines: 'refuse' | 'skip') =>
    database.row<Guessed>(`FROM ${guessCsvDialect(path, known, badLines)}`);
  try {
    const strict = await guess('refuse');
    if (strict.Columns.length > 1) return strict;
    const lenient = await guess('skip');
    return lenient.Columns.length > 1 ? lenient : strict;
  } catch (error) {
    if (!(error instanceof Error) || !/sniff/i.test(error.message)) throw error;
    return guess('skip');
  }
}

const MOST_SHOWN = 3;
const LONGEST_SHOWN = 60;

/** What is to be told of lines that do not fit the table; null where all do. */
async function rejectedLines(
  database: Database,
  paths: readonly string[],
  dialect: CsvDialect,
  names: readonly string[],
): Promise<ScanNote | null> {
  await database.run(`SELECT count(*) FROM ${scanCsvText(paths, dialect, names, 'keep')}`);
  // A line may have several faults; one with an open quote holds the lines behind it as well.
  const last = `SELECT * FROM reject_errors WHERE scan_id = (SELECT max(scan_id) FROM reject_errors)`;
  const { count } = await database.row<{ count: number }>(
    `SELECT coalesce(sum(lines), 0)::INTEGER AS count FROM (
       SELECT max(1 + length(rtrim(csv_line, chr(10) || chr(13))) - length(replace(rtrim(csv_line, chr(10) || chr(13)), chr(10), ''))) AS lines
       FROM (${last}) GROUP BY file_id, line)`,
  );
  await database.run(`CREATE OR REPLACE TEMP TABLE shown_rejects AS
    SELECT file_id, line, min_by(error_message, column_idx) AS message, any_value(csv_line) AS text
    FROM (${last}) GROUP BY file_id, line ORDER BY file_id, line LIMIT ${MOST_SHOWN}`);
  const shown = await database.rows<{ line: bigint; message: string; text: string }>(
    'FROM shown_rejects ORDER BY file_id, line',
  );
  await database.run('DROP TABLE shown_rejects');
  if (count === 0) return null;
  const places = shown.map(
    ({ line, message, text }) => `line ${line} (${fault(message)}): “${cut(text)}”`,
  );
  const head = counted(count, 'line does', 'lines do');
  return {
    count,
    what: `${head} not fit the table and ${count === 1 ? 'is' : 'are'} left out: ${places.join('; ')}${count > shown.length ? '; …' : ''}.`,
  };
}

function fault(message: string): string {
  const [, expected, found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message) ?? [];
  if (expected !== undefined) {
    return `${found} ${found === '1' ? 'value' : 'values'} instead of ${expected}`;
  }
  if (/quote/i.test(message)) return 'a quote that does not end';
  return message.split('\n')[0]?.replace(/\.$/, '') ?? message;
}

function cut(text: string): string {
  const line = text.trimEnd().replace(/\r?\n/g, ' ⏎ ');
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}
