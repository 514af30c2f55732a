const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Each begins or parts values: `,` `:` `[` `{`. */
const MARKS = new Set([0x2c, 0x3a, 0x5b, 0x7b]);
/** More than any call has beside its one long text. */
const MOST_MARKS = 100;

/**
 * Whether a body of JSON is a few values, however long. Read as JavaScript values, many small ones
 * take fifty times the memory of their text: that is known before anything is parsed.
 */
export function isFlatBody(body: Buffer): boolean {
  let marks = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte === QUOTE) at = endOfText(body, at + 1);
    else if (MARKS.has(byte)) marks += 1;
    if (marks > MOST_MARKS) return false;
  }
  return true;
}

function endOfText(body: Buffer, from: number): number {
  for (let at = body.indexOf(QUOTE, from); at !== -1; at = body.indexOf(QUOTE, at + 1)) {
    let slashes = 0;
    while (body[at - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return body.length;
}
