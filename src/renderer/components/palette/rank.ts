import type { ChartRow } from '../../../preload/contract/chart-query';
import { folded, numberOfWord, searchWords } from '../../../preload/contract/search-words';

/**
 * The Pokémon of that number first, then names that are the text, begin with it, hold it, then
 * those that have more of its words; each by number. Capitals, accents and signs do not matter.
 */
export function rankPokemon(rows: readonly ChartRow[], text: string): ChartRow[] {
  const wanted = bare(text);
  const asked = searchWords(text);
  const number = asked.length === 1 ? numberOfWord(asked[0] ?? '') : null;
  const rank = (row: ChartRow) => {
    if (row['id'] === number) return 0;
    const name = bare(String(row['name']));
    if (name === wanted) return 1;
    if (name.startsWith(wanted)) return 2;
    if (name.includes(wanted)) return 3;
    return 4 + asked.length - asked.filter((word) => holds(row, word)).length;
  };
  const ranked = rows.map((row) => ({ row, rank: rank(row) }));
  ranked.sort((a, b) => a.rank - b.rank || Number(a.row['id']) - Number(b.row['id']));
  return ranked.map(({ row }) => row);
}

/** Whether a Pokémon has all the words as they were typed; false for a near find. */
export function holdsAll(row: ChartRow, text: string): boolean {
  return searchWords(text).every((word) => holds(row, word));
}

function holds(row: ChartRow, word: string): boolean {
  const { id, name, type_1: first, type_2: second, abilities } = row;
  if (id === numberOfWord(word)) return true;
  const fields = [name, first, second, ...(Array.isArray(abilities) ? abilities : [])];
  return [bare(String(name)), ...fields.map((field) => folded(String(field ?? '')))].some((field) =>
    field.includes(folded(word)),
  );
}

/** Letters and digits alone: `mrmime`. */
function bare(text: string): string {
  return folded(text).replace(/[^\p{L}\p{N}]/gu, '');
}
