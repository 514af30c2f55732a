/**
 * Whether a key's own letter says which shortcut is meant. On a Cyrillic or Greek keyboard it does
 * not (Ctrl+Я, Ctrl+Ζ), and the place of the key counts, where a Latin keyboard has its letter.
 */
export function typesLatin({ key }: Pick<KeyboardEvent, 'key'>): boolean {
  return key.length !== 1 || key < FIRST_BEYOND_LATIN;
}

const FIRST_BEYOND_LATIN = '\u0250';

/** The letter a shortcut goes by: `a` for Ctrl+A, for Ctrl+Ф and for Ctrl+Α. */
export function letterOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  return (typesLatin({ key }) ? key : code.replace(/^Key/, '')).toLowerCase();
}
