/** A document as it is shown: every value on a line of its own, two blanks a level. */
export function documentLines(document: unknown): string[] {
  return JSON.stringify(document, null, 2).split('\n');
}

/** The line, from 1, on which what a JSON pointer (RFC 6901) leads to begins; null where it leads nowhere. */
export function lineOf(document: unknown, pointer: string): number | null {
  let line = 1;
  let value = document;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    const at = entries.findIndex(([key]) => key === name);
    if (at < 0) return null;
    line += 1;
    for (const [, before] of entries.slice(0, at)) line += documentLines(before).length;
    value = entries[at]?.[1];
  }
  return line;
}

/** A raw document, parsed; null where it is none any more. */
export function parsedDocument(raw: string): object | null {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
