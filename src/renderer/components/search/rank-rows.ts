import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import { folded, numberOfWord, searchWords } from '../../../preload/contract/search-words';
import type { Cell } from '../../../preload/contract/value-text';
import { cellOf, type Row } from '../../row/row';

type Searched = Pick<DatasetDescriptor, 'row' | 'searched'>;

/**
 * The row of that number first, then those whose title is the text, begins with it, holds it, then
 * those that have more of its words; each as they stand in the data. Capitals, accents and signs do
 * not matter.
 */
export function rankRows(dataset: Searched, rows: readonly Row[], text: string): Row[] {
  const wanted = bare(text);
  const asked = searchWords(text);
  const number = asked.length === 1 ? numberOfWord(asked[0] ?? '') : null;
  const rank = (row: Row) => {
    if (number !== null && row.id === String(number)) return 0;
    const title = bare(textOf(titleCell(dataset, row)));
    if (title === wanted) return 1;
    if (title.startsWith(wanted)) return 2;
    if (title.includes(wanted)) return 3;
    return 4 + asked.length - asked.filter((word) => holds(dataset, row, word)).length;
  };
  const ranked = rows.map((row, place) => ({ row, place, rank: rank(row) }));
  ranked.sort((a, b) => a.rank - b.rank || a.place - b.place);
  return ranked.map(({ row }) => row);
}

/** Whether a row has all the words as they were typed; false for a near find. */
export function holdsAll(dataset: Searched, row: Row, text: string): boolean {
  return searchWords(text).every((word) => holds(dataset, row, word));
}

function holds(dataset: Searched, row: Row, word: string): boolean {
  const number = numberOfWord(word);
  if (number !== null && row.id === String(number)) return true;
  const texts = dataset.searched
    .filter((name) => name !== dataset.row.key)
    .flatMap((name) => {
      const cell = cellOf(row, name);
      return Array.isArray(cell) ? cell.map(textOf) : [textOf(cell)];
    });
  const title = bare(textOf(titleCell(dataset, row)));
  return [title, ...texts.map(folded)].some((each) => each.includes(folded(word)));
}

function titleCell({ row: { title } }: Searched, row: Row): Cell {
  return title === null ? null : cellOf(row, title);
}

function textOf(cell: Cell): string {
  return cell === null || typeof cell === 'object' ? '' : String(cell);
}

/** Letters and digits alone: `mrmime`. */
function bare(text: string): string {
  return folded(text).replace(/[^\p{L}\p{N}]/gu, '');
}
