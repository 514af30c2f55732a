import type { EncodingName } from '../../preload/contract/opened';

export interface Encoding {
  name: EncodingName;
  /** Bytes of the mark that the text begins with. */
  mark: number;
  /** A piece's text, without the mark. */
  decode(bytes: Buffer): string;
}

/** Decodes a text piece by piece. */
export interface Decoder {
  write(bytes: Buffer): string;
  end(): string;
}

/** 0x80 to 0x9F; Node's own decoder reads them as Latin-1. Source: WHATWG Encoding, index-windows-1252. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export function decoderOf(name: EncodingName): Decoder {
  if (name === 'windows-1252') return { write: windows1252Text, end: () => '' };
  const decoder = new TextDecoder(name);
  return {
    write: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}

function windows1252Text(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign);
}

/** The encoding that a text's beginning speaks for. */
export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return encoding('utf-8', 3);
  if (head[0] === 0xff && head[1] === 0xfe) return encoding('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return encoding('utf-16be', 2);
  const zeros = [0, 0];
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) zeros[at % 2]! += 1;
  const half = head.length / 2;
  // Text of Latin letters has a zero in every other byte.
  if (zeros[1]! > half * 0.4 && zeros[0]! < half * 0.05) return encoding('utf-16le', 0);
  if (zeros[0]! > half * 0.4 && zeros[1]! < half * 0.05) return encoding('utf-16be', 0);
  // Or Windows-1252, which only the whole file tells: see utf8File.
  return encoding('utf-8', 0);
}

export function encoding(name: EncodingName, mark: number): Encoding {
  return {
    name,
    mark,
    decode: (bytes) => {
      const decoder = decoderOf(name);
      return decoder.write(bytes.subarray(mark));
    },
  };
}

/** A beginning may end in the middle of a character. */
export function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
    if (byte < 0x80) return bytes;
  }
  return bytes;
}

/** Whether these bytes are text in that encoding: control characters are rare in it. */
export function isText(head: Buffer, { decode }: Encoding): boolean {
  const text = decode(head);
  // eslint-disable-next-line no-control-regex
  const controls = text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]/g)?.length ?? 0;
  return controls <= text.length / 500;
}
