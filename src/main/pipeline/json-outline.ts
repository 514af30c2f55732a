/** Where a text stands in a document: from byte `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** A member of the outermost object: its key with the quotes, and its value. */
export interface Member {
  key: Span;
  value: Span;
}

export interface Outline {
  /** How many arrays and objects are open at the deepest place. */
  depth: number;
  /** In order; each key as often as it was written. Empty where the document is not an object. */
  members: Member[];
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * What JSON.parse does not tell about a text: how deep it nests, and every member of the outermost
 * object, also those given twice. Checks nothing: for a text that is not JSON only the depth is
 * meaningful.
 */
export function jsonOutline(bytes: Buffer): Outline {
  const members: Member[] = [];
  let deepest = 0;
  let depth = 0;
  let latestString: Span = { start: 0, end: 0 };
  /** The member whose value is being read. */
  let open: { key: Span; valueStart: number } | null = null;

  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const start = at;
      at += 1;
      while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
      if (depth === 1) latestString = { start, end: at + 1 };
    } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || byte === COMMA) {
      if (depth === 1 && open !== null) {
        members.push({ key: open.key, value: { start: open.valueStart, end: at } });
        open = null;
      }
      if (byte !== COMMA) depth -= 1;
    } else if (byte === COLON && depth === 1) {
      open = { key: latestString, valueStart: at + 1 };
    }
  }
  return { depth: deepest, members };
}
