/**
 * Reads a JSON text by RFC 8259 without building it. AssemblyScript: WebAssembly's vector
 * instructions pass over a string sixteen bytes at a time, which JavaScript cannot. `json-scanner.ts`
 * is its only caller and says what is guaranteed.
 */

/** A member of the outermost object; offsets in memory. */
declare function member(keyStart: i32, keyEnd: i32, valueStart: i32, valueEnd: i32): void;
/** Ends the scan by throwing. `expected` is an index into EXPECTED of `json-scanner.ts`. */
declare function fail(expected: i32, at: i32): void;
declare function tooDeep(): void;

const NOTHING_MORE = 0;
const A_KEY = 1;
const A_COLON = 2;
const COMMA_OR_BRACKET = 3;
const COMMA_OR_BRACE = 4;
const END_OF_STRING = 5;
const LEADING_SURROGATE = 6;
const TRAILING_SURROGATE = 7;
const AN_ESCAPE = 8;
const TRUE = 9;
const FALSE = 10;
const NULL = 11;
const A_VALUE = 12;
const A_DIGIT = 13;

const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const STACK_SIZE = 65_536;
/** The brackets that are open. */
const stack = memory.data(STACK_SIZE);

/** The first byte where a text may be put. */
export const room: usize = __heap_base;

/**
 * Scans the text from `start` up to `end`. Memory behind it has to hold sixteen zero bytes, or,
 * where it is part of a text that was scanned already, the rest of that.
 *
 * @param maxDepth 65,536 at most
 */
export function scan(start: i32, end: i32, maxDepth: i32): void {
  let at = start;
  let depth = 0;
  let keyStart = 0;
  let keyEnd = 0;
  let valueStart = 0;

  for (;;) {
    // A value begins here.
    at = blankEnd(at);
    if (depth == 1) valueStart = at;
    let byte = byteAt(at);
    if (byte == QUOTE) {
      at = stringEnd(at);
    } else if (byte == OPEN_OBJECT || byte == OPEN_ARRAY) {
      if (depth == maxDepth) tooDeep();
      store<u8>(stack + depth, <u8>byte);
      depth += 1;
      at = blankEnd(at + 1);
      const next = byteAt(at);
      if (byte == OPEN_ARRAY) {
        if (next != CLOSE_ARRAY) continue;
      } else if (next != CLOSE_OBJECT) {
        const key = at;
        at = keyEndAt(at);
        if (depth == 1) {
          keyStart = key;
          keyEnd = at;
        }
        at = colonEnd(at);
        continue;
      }
      // It is empty: the closing bracket is dealt with below.
    } else {
      at = scalarEnd(at, byte);
    }

    // A value has ended, or a bracket is about to close one.
    for (;;) {
      at = blankEnd(at);
      if (depth == 0) {
        if (at != end) fail(NOTHING_MORE, at);
        return;
      }
      const container = <i32>load<u8>(stack + depth - 1);
      byte = byteAt(at);
      if (byte == COMMA) {
        at += 1;
        if (container == OPEN_ARRAY) break;
        if (depth == 1) member(keyStart, keyEnd, valueStart, at - 1);
        at = blankEnd(at);
        const key = at;
        at = keyEndAt(at);
        if (depth == 1) {
          keyStart = key;
          keyEnd = at;
        }
        at = colonEnd(at);
        break;
      }
      // One more than '[' or '{' is not it, two more is.
      if (byte != container + 2) {
        fail(container == OPEN_ARRAY ? COMMA_OR_BRACKET : COMMA_OR_BRACE, at);
      }
      if (depth == 1 && container == OPEN_OBJECT && keyEnd > 0) {
        member(keyStart, keyEnd, valueStart, at);
      }
      depth -= 1;
      at += 1;
    }
  }
}

function byteAt(at: i32): i32 {
  return <i32>load<u8>(at);
}

function blankEnd(at: i32): i32 {
  while (isBlank(byteAt(at))) at += 1;
  return at;
}

function isBlank(byte: i32): bool {
  return byte <= 0x20 && (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09);
}

/** Behind the string whose opening quote is at `at`. */
function stringEnd(at: i32): i32 {
  at = runEnd(at + 1);
  while (byteAt(at) != QUOTE) {
    if (byteAt(at) != BACKSLASH) fail(END_OF_STRING, at);
    at = runEnd(escapeEnd(at));
  }
  return at + 1;
}

/** Where a string's plain run ends: its quote, a backslash, a control character. */
function runEnd(at: i32): i32 {
  let found = runEndsIn(at);
  while (found == 0) {
    at += 16;
    found = runEndsIn(at);
  }
  return at + ctz(found);
}

/** A bit for each of sixteen bytes. */
function runEndsIn(at: i32): i32 {
  const bytes = v128.load(at);
  const quotes = i8x16.eq(bytes, i8x16.splat(<i8>QUOTE));
  const backslashes = i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH));
  const controls = i8x16.lt_u(bytes, i8x16.splat(0x20));
  return i8x16.bitmask(v128.or(v128.or(quotes, backslashes), controls));
}

function keyEndAt(at: i32): i32 {
  if (byteAt(at) != QUOTE) fail(A_KEY, at);
  return stringEnd(at);
}

function colonEnd(at: i32): i32 {
  at = blankEnd(at);
  if (byteAt(at) != COLON) fail(A_COLON, at);
  return at + 1;
}

function escapeEnd(at: i32): i32 {
  switch (byteAt(at + 1)) {
    case 0x22: // "
    case 0x5c: // \
    case 0x2f: // /
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return at + 2;
  }
  const unit = escapedUnit(at);
  if (unit >= 0xdc00 && unit <= 0xdfff) fail(LEADING_SURROGATE, at);
  if (unit < 0xd800 || unit > 0xdbff) return at + 6;
  const low = escapedUnit(at + 6);
  if (low < 0xdc00 || low > 0xdfff) fail(TRAILING_SURROGATE, at + 6);
  return at + 12;
}

/** The UTF-16 code unit of the four-digit escape at `at`. */
function escapedUnit(at: i32): i32 {
  if (byteAt(at) != BACKSLASH || byteAt(at + 1) != 0x75) fail(AN_ESCAPE, at);
  let unit = 0;
  for (let index = 2; index < 6; index += 1) {
    const digit = hexadecimalDigit(byteAt(at + index));
    if (digit < 0) fail(AN_ESCAPE, at);
    unit = (unit << 4) | digit;
  }
  return unit;
}

function hexadecimalDigit(byte: i32): i32 {
  if (byte >= ZERO && byte <= 0x39) return byte - ZERO;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Behind the number or literal at `at`. */
function scalarEnd(at: i32, byte: i32): i32 {
  switch (byte) {
    case 0x74:
      if (load<u32>(at) != 0x65757274) fail(TRUE, at); // little-endian "true"
      return at + 4;
    case 0x66:
      if (load<u32>(at + 1) != 0x65736c61) fail(FALSE, at); // "alse"
      return at + 5;
    case 0x6e:
      if (load<u32>(at) != 0x6c6c756e) fail(NULL, at); // "null"
      return at + 4;
    default:
      return numberEnd(at);
  }
}

function numberEnd(start: i32): i32 {
  let at = start;
  if (byteAt(at) == MINUS) at += 1;
  if (!isDigit(byteAt(at))) fail(A_VALUE, start);
  at = byteAt(at) == ZERO ? at + 1 : digitsEnd(at);
  if (byteAt(at) == POINT) at = digitsEnd(at + 1);
  if ((byteAt(at) | 0x20) == 0x65) {
    at += 1;
    if (byteAt(at) == PLUS || byteAt(at) == MINUS) at += 1;
    at = digitsEnd(at);
  }
  return at;
}

function digitsEnd(start: i32): i32 {
  let at = start;
  while (isDigit(byteAt(at))) at += 1;
  if (at == start) fail(A_DIGIT, at);
  return at;
}

function isDigit(byte: i32): bool {
  return <u32>(byte - ZERO) <= 9;
}
