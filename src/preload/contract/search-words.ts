/**
 * What a person's search text asks for, the same in the filter, the palette and Compare:
 *
 * - Words are what stands between blanks and signs: `mr. mime` is `mr` and `mime`. Capitals and
 *   accents do not matter: `flabebe` finds Flabébé.
 * - A word is found where the name, a type or an ability holds it; a number also finds the Pokémon
 *   of that number, and `#25` no other.
 * - A word of four letters or more that is found nowhere may have one letter wrong.
 * - Pokémon that have all the words are found; where none has, those that have any of them that is
 *   a number or three letters or longer.
 */

/** Letters that a word needs before one of them may be wrong. */
export const SHORTEST_FORGIVEN = 4;

/** Letters that a word needs to find anything where nothing has all the words. */
export const SHORTEST_ALONE = 3;

/** The distinct words of a search text; signs stand for themselves where there is nothing else. */
export function searchWords(text: string): string[] {
  const tokens = text.normalize('NFC').split(/\s+/).filter(Boolean);
  const words = tokens.flatMap((token) => {
    if (/^#\d{1,9}$/.test(token)) return [token];
    const parts = token.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
    return parts.length === 0 ? [token] : parts;
  });
  return [...new Set(words)];
}

/** Without capitals and accents. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');
}

/** The number a word may be; null for any other word. */
export function numberOfWord(word: string): number | null {
  return /^#?\d{1,9}$/.test(word) ? Number(word.replace('#', '')) : null;
}
