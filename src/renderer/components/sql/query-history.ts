import { z } from 'zod';

/** Queries that were run, newest first, each once. */
const MOST_KEPT = 50;
const KEY = 'pokedex.sql-history';
const schema = z.array(z.string().min(1).max(100_000)).max(MOST_KEPT);

export function withQuery(history: readonly string[], sql: string): string[] {
  const text = sql.trim();
  if (text === '') return [...history];
  return [text, ...history.filter((other) => other !== text)].slice(0, MOST_KEPT);
}

/** What storage holds; empty where that is nothing or broken. */
export function readHistory(storage: { getItem(key: string): string | null }): string[] {
  try {
    return schema.parse(JSON.parse(storage.getItem(KEY) ?? '[]'));
  } catch {
    // Storage may be forbidden or hold another version's text: the history is a convenience.
    return [];
  }
}

/** Keeps the history; where storage is full or forbidden it lives until the window closes. */
export function writeHistory(
  storage: { setItem(key: string, value: string): void },
  history: readonly string[],
): void {
  try {
    storage.setItem(KEY, JSON.stringify(history));
  } catch {
    // As the contract says.
  }
}
