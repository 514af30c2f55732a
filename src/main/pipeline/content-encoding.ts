import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

type Decode = (raw: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decodeZlib: Decode = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);
const decodeRaw: Decode = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);
const decodeGzip: Decode = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/** `deflate` is the zlib format (RFC 9110 §8.4.1.2); some servers send it without its wrapper. */
async function decodeDeflate(raw: Buffer, options: { maxOutputLength: number }): Promise<Buffer> {
  try {
    return await decodeZlib(raw, options);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return decodeRaw(raw, options);
  }
}

/** A map, not an object, so that a name such as `constructor` finds nothing. */
const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ['gzip', decodeGzip],
  ['x-gzip', decodeGzip],
  ['deflate', decodeDeflate],
  ['br', promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress)],
]);

/** More than any server applies; each costs a pass over the body. */
const MOST_ENCODINGS = 4;

/** What `accept-encoding` offers. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** An encoding that is not known, by its name. */
export class UnknownEncoding extends Error {}

/** A body that is not in the encoding it says it is. */
export class NotEncoded extends Error {}

/** The encodings of a Content-Encoding header in the order they were applied, `identity` left out. */
export function encodingsOf(header: string): string[] {
  return header
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
}

/**
 * The body before its encodings. Rejects with RangeError where it, or a form on the way, is longer
 * than `maxBytes`, with UnknownEncoding, with NotEncoded naming the encoding.
 */
export async function decodeBody(
  raw: Buffer,
  encodings: readonly string[],
  maxBytes: number,
): Promise<Buffer> {
  if (encodings.length > MOST_ENCODINGS) throw new UnknownEncoding(encodings.join(', '));
  const decoders = encodings.map((name) => {
    const decode = DECODERS.get(name);
    if (decode === undefined) throw new UnknownEncoding(name);
    return { name, decode };
  });
  let body = raw;
  for (const { name, decode } of decoders.reverse()) {
    try {
      body = await decode(body, { maxOutputLength: maxBytes });
    } catch (cause) {
      if (cause instanceof RangeError) throw cause;
      throw new NotEncoded(name, { cause });
    }
  }
  return body;
}
