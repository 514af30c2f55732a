/** Where a value's text stands in a document: from byte `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** A member of the outermost object; the key's span has its quotes. */
export interface Member {
  key: Span;
  value: Span;
}

/** Text that is not JSON: what was expected, and at which byte. */
export class JsonSyntaxError extends Error {
  constructor(
    readonly expected: string,
    readonly at: number,
  ) {
    super(`expected ${expected} at byte ${at}`);
    this.name = 'JsonSyntaxError';
  }
}

/** Arrays and objects nest deeper than allowed. */
export class JsonTooDeepError extends Error {}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** 1 where a string's plain run ends: its quote, a backslash, a control character. */
const ENDS_RUN = new Uint8Array(256);
ENDS_RUN.fill(1, 0, 0x20);
ENDS_RUN[QUOTE] = 1;
ENDS_RUN[BACKSLASH] = 1;

const BLANK = new Uint8Array(256);
for (const byte of ' \t\r\n') BLANK[byte.charCodeAt(0)] = 1;

/**
 * Reads a whole document by RFC 8259 without building it: several times faster than JSON.parse
 * where little of a document is wanted. Strings have to be UTF-8 already (`buffer.isUtf8`), and
 * their surrogate escapes in pairs, as DuckDB's parser wants them.
 *
 * Returns the members of the outermost object in order, none where the document is no object.
 * Throws JsonSyntaxError, and JsonTooDeepError as soon as more than `maxDepth` are open.
 */
export function readJson(bytes: Uint8Array, maxDepth: number): Member[] {
  const end = bytes.length;
  const members: Member[] = [];
  const stack = new Uint8Array(maxDepth);
  let depth = 0;
  let at = 0;
  let key: Span = { start: 0, end: 0 };
  let valueStart = 0;

  for (;;) {
    // A value begins here.
    while (BLANK[bytes[at] as number] === 1) at += 1;
    if (depth === 1) valueStart = at;
    let byte = bytes[at];
    if (byte === QUOTE) {
      at = stringEnd(bytes, at);
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (depth === maxDepth) throw new JsonTooDeepError();
      stack[depth] = byte;
      depth += 1;
      do at += 1;
      while (BLANK[bytes[at] as number] === 1);
      const next = bytes[at];
      if (byte === OPEN_ARRAY) {
        if (next !== CLOSE_ARRAY) continue;
      } else if (next !== CLOSE_OBJECT) {
        const start = at;
        at = keyEnd(bytes, at);
        if (depth === 1) key = { start, end: at };
        at = afterColon(bytes, at);
        continue;
      }
      // It is empty: the closing bracket is dealt with below.
    } else {
      at = scalarEnd(bytes, at);
    }

    // A value has ended, or a bracket is about to close one.
    for (;;) {
      while (BLANK[bytes[at] as number] === 1) at += 1;
      byte = bytes[at];
      if (depth === 0) {
        if (at < end) throw new JsonSyntaxError('nothing more', at);
        return members;
      }
      const container = stack[depth - 1];
      if (byte === COMMA) {
        at += 1;
        if (container === OPEN_ARRAY) break;
        if (depth === 1) members.push({ key, value: { start: valueStart, end: at - 1 } });
        while (BLANK[bytes[at] as number] === 1) at += 1;
        const start = at;
        at = keyEnd(bytes, at);
        if (depth === 1) key = { start, end: at };
        at = afterColon(bytes, at);
        break;
      }
      // One more than '[' or '{' is not it, two more is.
      if (byte !== (container as number) + 2) {
        throw new JsonSyntaxError(container === OPEN_ARRAY ? 'a comma or ]' : 'a comma or }', at);
      }
      if (depth === 1 && container === OPEN_OBJECT && key.end > 0) {
        members.push({ key, value: { start: valueStart, end: at } });
      }
      depth -= 1;
      at += 1;
    }
  }
}

/** Behind the string whose opening quote is at `at`. */
function stringEnd(bytes: Uint8Array, at: number): number {
  at += 1;
  for (;;) {
    while (ENDS_RUN[bytes[at] as number] === 0) at += 1;
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) throw new JsonSyntaxError('the end of a string', at);
    at = escapeEnd(bytes, at);
  }
}

function keyEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) throw new JsonSyntaxError('a key', at);
  return stringEnd(bytes, at);
}

function afterColon(bytes: Uint8Array, at: number): number {
  while (BLANK[bytes[at] as number] === 1) at += 1;
  if (bytes[at] !== COLON) throw new JsonSyntaxError('a colon', at);
  return at + 1;
}

const SIMPLE_ESCAPES = new Uint8Array(256);
for (const byte of '"\\/bfnrt') SIMPLE_ESCAPES[byte.charCodeAt(0)] = 1;

function escapeEnd(bytes: Uint8Array, at: number): number {
  const letter = bytes[at + 1] as number;
  if (SIMPLE_ESCAPES[letter] === 1) return at + 2;
  const unit = escapedUnit(bytes, at);
  if (unit >= 0xdc00 && unit <= 0xdfff) throw new JsonSyntaxError('a leading surrogate', at);
  if (unit < 0xd800 || unit > 0xdbff) return at + 6;
  const low = escapedUnit(bytes, at + 6);
  if (low < 0xdc00 || low > 0xdfff) throw new JsonSyntaxError('a trailing surrogate', at + 6);
  return at + 12;
}

/** The UTF-16 code unit of the four-digit escape at `at`. */
function escapedUnit(bytes: Uint8Array, at: number): number {
  const text = String.fromCharCode(...bytes.subarray(at, at + 6));
  if (!/^\\u[0-9a-f]{4}$/i.test(text)) throw new JsonSyntaxError('an escape', at);
  return Number.parseInt(text.slice(2), 16);
}

/** Behind the number or literal at `at`. */
function scalarEnd(bytes: Uint8Array, at: number): number {
  switch (bytes[at]) {
    case 0x74:
      return wordEnd(bytes, at, 'true');
    case 0x66:
      return wordEnd(bytes, at, 'false');
    case 0x6e:
      return wordEnd(bytes, at, 'null');
    default:
      return numberEnd(bytes, at);
  }
}

function wordEnd(bytes: Uint8Array, at: number, word: string): number {
  for (let index = 1; index < word.length; index += 1) {
    if (bytes[at + index] !== word.charCodeAt(index)) throw new JsonSyntaxError(word, at);
  }
  return at + word.length;
}

function numberEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  if (bytes[at] === 0x2d) at += 1;
  if (!isDigit(bytes[at])) throw new JsonSyntaxError('a value', start);
  at = bytes[at] === 0x30 ? at + 1 : digitsEnd(bytes, at);
  if (bytes[at] === 0x2e) at = digitsEnd(bytes, at + 1);
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    at += 1;
    if (bytes[at] === 0x2b || bytes[at] === 0x2d) at += 1;
    at = digitsEnd(bytes, at);
  }
  return at;
}

function digitsEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at])) at += 1;
  if (at === start) throw new JsonSyntaxError('a digit', at);
  return at;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
