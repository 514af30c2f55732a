import { z } from 'zod';

/** Queries a person ran, newest first, each once. */
const MOST_KEPT = 50;
/** Characters of all of them together; the newest stays in any case. */
const MOST_CHARACTERS = 250_000;

/** Characters of one query. */
export const LONGEST_QUERY = 100_000;

/** What the console runs: any text, several statements too, which the engine then refuses. */
export const sqlTextSchema = z.string().min(1).max(LONGEST_QUERY);

/** The history with `sql` as its newest; what is oldest goes once there is too much. */
export function withQuery(history: readonly string[], sql: string): string[] {
  const text = sql.trim();
  if (text === '') return [...history];
  return withinLimits([text, ...history.filter((other) => other !== text)]);
}

/** What a file holds, as far as it is a history: it may be another version's, or broken. */
export function soundHistory(json: unknown): string[] {
  const queries = z.looseObject({ queries: z.array(z.unknown()) }).safeParse(json);
  if (!queries.success) return [];
  const sound = queries.data.queries.flatMap((query) => {
    const parsed = sqlTextSchema.safeParse(query);
    return parsed.success ? [parsed.data] : [];
  });
  return withinLimits([...new Set(sound)]);
}

/** What stands among a file's queries and is none that this version knows: kept for a newer one. */
export function notQueries(json: unknown): unknown[] {
  const queries = z.looseObject({ queries: z.array(z.unknown()) }).safeParse(json);
  if (!queries.success) return [];
  return queries.data.queries.filter((query) => typeof query === 'object' && query !== null);
}

function withinLimits(history: readonly string[]): string[] {
  let characters = 0;
  const first = history.slice(0, MOST_KEPT);
  const over = first.findIndex((text, index) => {
    characters += text.length;
    return index > 0 && characters > MOST_CHARACTERS;
  });
  return over === -1 ? first : first.slice(0, over);
}
