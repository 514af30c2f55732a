/**
 * The text of a file that a person may have written: UTF-8 with or without a byte order mark, or
 * UTF-16 with one, which is what some editors and shells of Windows write.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // Drops a mark of UTF-8 as well.
  return new TextDecoder('utf-8').decode(bytes);
}
