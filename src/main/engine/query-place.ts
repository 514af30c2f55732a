import type { TextPlace } from '../../preload/contract/errors';

/** Where in a query DuckDB's message points: it ends with the line in question and a caret. */
export function placeInMessage(message: string, sql: string): TextPlace | undefined {
  const [shown = '', caret = ''] = message.trimEnd().split('\n').slice(-2);
  const [head, number] = /^LINE (\d+): /.exec(shown) ?? [];
  if (head === undefined || !/^ *\^$/.test(caret)) return undefined;
  const line = Number(number);
  const source = sql.split('\n')[line - 1];
  if (source === undefined) return undefined;
  const [start, at] = startOf(shown.slice(head.length).replace(/\r$/, ''), source);
  if (at === -1) return undefined;
  const before = widthsUpTo(shown.slice(head.length), caret.length - 1 - head.length);
  return { line, column: at + before - start + 1 };
}

/**
 * The place of DuckDB's parser: how many characters (code points) stand before it. Where a query
 * ends too early it counts the space after it; the place is then the end of what is written.
 */
export function placeOfCharacter(sql: string, position: number): TextPlace {
  const lines = Array.from(sql.trimEnd()).slice(0, position).join('').split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/**
 * How long the dots before the shown text are, and where the rest begins in its line. DuckDB puts
 * dots for what it leaves out of a long line, at either end.
 */
function startOf(shown: string, source: string): [start: number, at: number] {
  if (source.startsWith(shown)) return [0, 0];
  const unended = shown.replace(/\.\.\.$/, '');
  if (source.startsWith(unended)) return [0, 0];
  if (!shown.startsWith('...')) return [0, -1];
  if (source.endsWith(shown.slice(3))) return [3, source.length - shown.length + 3];
  return [3, source.indexOf(unended.slice(3))];
}

/** The length of the part of a text that takes so many columns of a terminal. */
function widthsUpTo(text: string, columns: number): number {
  let [length, width] = [0, 0];
  for (const character of text) {
    if (width >= columns && !isCombining(character)) break;
    width += isCombining(character) ? 0 : isWide(character) ? 2 : 1;
    length += character.length;
  }
  return length;
}

function isCombining(character: string): boolean {
  return /[\p{Mn}\p{Me}\p{Cf}]/u.test(character);
}

function isWide(character: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u.test(
    character,
  );
}
