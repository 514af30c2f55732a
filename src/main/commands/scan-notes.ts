import type { OpenedScan } from '../datasets/opened-scan';
import { printNote } from './output';

/** What a person has to know about the rows, beside the result. */
export function printScanNotes({ name, notes }: OpenedScan): void {
  for (const { column, what } of notes) {
    printNote(`${name}${column === undefined ? '' : `, column ${column}`}: ${what}`);
  }
}
