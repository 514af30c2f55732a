import Table from 'cli-table3';
import { printable, shortened } from '../../preload/contract/printable';
import { printLine, printNote } from './output';

/** A cell is cut after this many characters: a name may be of any length. */
export const LONGEST_CELL = 500;

/** Rows as a table in a terminal. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const cell = (text: string) => shortened(printable(text), LONGEST_CELL);
  const table = new Table({
    head: head.map(cell),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.map(cell));
  printLine(table.toString());
  if (rows.some((row) => row.some((text) => text.length > LONGEST_CELL))) {
    printNote(`Cells of more than ${LONGEST_CELL} characters are cut; --json shows them whole.`);
  }
}
