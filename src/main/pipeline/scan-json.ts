/** What a single pass over a document's bytes shows, before anything parses it. */
export interface JsonScan {
  /** Deepest nesting of arrays and objects. */
  depth: number;
  /** True where DuckDB's parser is known to be laxer than RFC 8259: trailing commas, NaN, Infinity. */
  doubtful: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** Kind of a byte outside strings: 1 opens, 2 closes, 3 blank, 4 comma, 5 quote, 6 only lax parsers take. */
const KIND = new Uint8Array(256);
for (const byte of '[{') KIND[byte.charCodeAt(0)] = 1;
for (const byte of ']}') KIND[byte.charCodeAt(0)] = 2;
for (const byte of ' \t\r\n') KIND[byte.charCodeAt(0)] = 3;
KIND[COMMA] = 4;
KIND[QUOTE] = 5;
for (const byte of 'NIiA') KIND[byte.charCodeAt(0)] = 6;

/** Scans JSON text; malformed text gives some answer, never an error. */
export function scanJson(bytes: Uint8Array): JsonScan {
  let depth = 0;
  let deepest = 0;
  let doubtful = false;
  let afterComma = false;
  const end = bytes.length;
  for (let at = 0; at < end; at += 1) {
    const kind = KIND[bytes[at] as number];
    if (kind === 3) continue;
    if (kind === 5) {
      for (at += 1; at < end; at += 1) {
        const byte = bytes[at];
        if (byte === QUOTE) break;
        if (byte === BACKSLASH) at += 1;
      }
    } else if (kind === 1) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (kind === 2) {
      depth -= 1;
      if (afterComma) doubtful = true;
    } else if (kind === 6 || (kind === 0 && bytes[at] === 0x6e && bytes[at + 1] !== 0x75)) {
      // An n that does not begin null: nan, or the middle of Infinity.
      doubtful = true;
    }
    afterComma = kind === 4;
  }
  return { depth: deepest, doubtful };
}
