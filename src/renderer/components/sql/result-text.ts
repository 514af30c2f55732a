import type { SqlResult } from '../../../preload/contract/calls';

type Table = Pick<SqlResult, 'columns' | 'rows'>;

/** A cell as it stands in the table; null is told by the table itself. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Beyond this a cell would hold up the screen: a list of millions is one cell too. */
const MOST_SHOWN = 1000;

/** A cell as far as it is shown; exports and the clipboard have it whole. */
export function shownText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  const text = cellText(Array.isArray(value) ? value.slice(0, MOST_SHOWN) : value);
  const isWhole = text.length <= MOST_SHOWN && !(Array.isArray(value) && value.length > MOST_SHOWN);
  return isWhole ? text : `${text.slice(0, MOST_SHOWN)}…`;
}

/** RFC 4180, lines ended by CRLF; null is an empty field, an empty text a quoted one. */
export function toCsv({ columns, rows }: Table): string {
  const lines = [
    columns.map(({ name }) => csvField(name)),
    ...rows.map((row) => row.map(csvField)),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function csvField(value: unknown): string {
  const text = cellText(value);
  const plain = value === null || (text !== '' && !/[",\r\n]/.test(text));
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

/** An array of objects; a column name that comes twice gets a number, so that none is lost. */
export function toJson({ columns, rows }: Table): string {
  const names = uniqueNames(columns.map(({ name }) => name));
  const objects = rows.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])),
  );
  return `${JSON.stringify(objects, null, 2)}\n`;
}

export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 2; seen.has(unique); number += 1) {
      const next = `${name}_${number}`;
      if (!taken.has(next)) unique = next;
    }
    seen.add(unique);
    return unique;
  });
}

/** Tab-separated, as a spreadsheet takes it from the clipboard. */
export function toTabs({ columns, rows }: Table): string {
  const lines = [columns.map(({ name }) => name), ...rows];
  return lines
    .map((line) => line.map((value) => cellText(value).replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}
