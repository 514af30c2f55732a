import type { z } from 'zod';

const PREFIX = 'pokedex-session:';

/**
 * What a tab keeps over a reload, part by part, and no longer than the tab is open. Null where
 * nothing is kept or what is kept is no longer understood.
 */
export function keptPart<Part>(name: string, schema: z.ZodType<Part>): Part | null {
  const text = window.sessionStorage.getItem(PREFIX + name);
  if (text === null) return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    // Another version of the app may have kept it in another way.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Keeps a part. What is too large for the browser's storage is not kept, nor what was before. */
export function keepPart(name: string, part: unknown): void {
  try {
    window.sessionStorage.setItem(PREFIX + name, JSON.stringify(part));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    window.sessionStorage.removeItem(PREFIX + name);
  }
}
