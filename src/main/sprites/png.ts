const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Sprites are 96 pixels wide; no browser should be made to unpack a poster. */
const MAX_SIDE = 1024;

/** True for a PNG of a sprite's size: signature, then IHDR with width and height (RFC 2083 §4.1). */
export function isSpritePng(bytes: Buffer): boolean {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(SIGNATURE)) return false;
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return false;
  const sides = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return sides.every((side) => side >= 1 && side <= MAX_SIDE);
}
