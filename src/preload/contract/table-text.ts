import { type DecimalMark, spreadsheetText, withoutFormula } from './spreadsheet-text';
import { type Cell, type Column, valueJson, valueText } from './value-text';

/** A result as text, the same whether the CLI prints it or the app copies or saves it. */
export interface Table {
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
}

export interface CsvDialect {
  byteOrderMark: boolean;
  separator: ',' | ';';
  lineEnd: '\n' | '\r\n';
}

/** Exact data for other programs: what DuckDB writes with `COPY … TO … (FORMAT csv)`. */
const PLAIN: CsvDialect = { byteOrderMark: false, separator: ',', lineEnd: '\n' };

/** What Excel, Numbers and LibreOffice open by a double click; `;` where a comma is the decimal. */
export function spreadsheetDialect(decimal: DecimalMark): CsvDialect {
  return { byteOrderMark: true, separator: decimal === 'comma' ? ';' : ',', lineEnd: '\r\n' };
}

/** The rows as CSV with a header line: null is an empty field, an empty text `""`. */
export function csvText({ columns, rows }: Table): string {
  return csvOf(
    columns.map(({ name }) => name),
    rows.map((row) => columns.map(({ shape }, index) => valueText(row[index] ?? null, shape))),
    PLAIN,
  );
}

/** The rows as CSV that a spreadsheet opens; formulas in texts are kept from running. */
export function spreadsheetCsv({ columns, rows }: Table, decimal: DecimalMark): string {
  return csvOf(
    columns.map(({ name }) => withoutFormula(name)),
    rows.map((row) =>
      columns.map(({ shape }, index) => spreadsheetText(row[index] ?? null, shape, decimal)),
    ),
    spreadsheetDialect(decimal),
  );
}

type Fields = readonly (string | null)[];

function csvOf(names: readonly string[], rows: readonly Fields[], dialect: CsvDialect): string {
  const lines = [names, ...rows].map(
    (fields) =>
      fields.map((field) => csvField(field, dialect)).join(dialect.separator) + dialect.lineEnd,
  );
  return (dialect.byteOrderMark ? '\uFEFF' : '') + lines.join('');
}

/** Quoted as DuckDB does it: `#` begins a comment for some readers. */
function csvField(text: string | null, { separator }: CsvDialect): string {
  if (text === null) return '';
  const isPlain = text !== '' && !/["#\r\n]/.test(text) && !text.includes(separator);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** Tab-separated lines, as a spreadsheet takes them from the clipboard. */
export function tabsText({ columns, rows }: Table): string {
  const lines = [
    columns.map(({ name }) => withoutFormula(name)),
    ...rows.map((row) =>
      columns.map(({ shape }, index) => spreadsheetText(row[index] ?? null, shape, 'point')),
    ),
  ];
  return lines.map((line) => line.map(tabField).join('\t')).join('\r\n');
}

function tabField(text: string | null): string {
  if (text === null) return '';
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** An array of objects, one row per line; see valueJson. */
export function jsonText({ columns, rows }: Table): string {
  if (rows.length === 0) return '[]\n';
  const names = uniqueNames(columns.map(({ name }) => name)).map((name) => JSON.stringify(name));
  const objects = rows.map((row) => {
    const values = columns.map(
      ({ shape }, index) => `${names[index]}:${valueJson(row[index] ?? null, shape)}`,
    );
    return `\t{${values.join(',')}}`;
  });
  return `[\n${objects.join(',\n')}\n]\n`;
}

/** A name that comes again gets a number, so that no value is lost: `n`, `n_1`. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 1; seen.has(unique); number += 1) {
      const next = `${name}_${number}`;
      if (!taken.has(next)) unique = next;
    }
    seen.add(unique);
    return unique;
  });
}
