// Source: ZeroMQ RFC 32 (Z85), the base 85 that deletion vectors are written in.
const DIGITS =
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** The bytes of a Z85 text: four for each five characters. Throws for any other text. */
export function z85Decoded(text: string): Buffer {
  if (text.length % 5 !== 0) throw new RangeError('Z85 comes in groups of five characters');
  const bytes = Buffer.alloc((text.length / 5) * 4);
  for (let at = 0; at < text.length; at += 5) {
    let value = 0;
    for (const character of text.slice(at, at + 5)) {
      const digit = DIGITS.indexOf(character);
      if (digit < 0) throw new RangeError('not a character of Z85');
      value = value * 85 + digit;
    }
    // Throws where the five stand for more than four bytes can hold.
    bytes.writeUInt32BE(value, (at / 5) * 4);
  }
  return bytes;
}
