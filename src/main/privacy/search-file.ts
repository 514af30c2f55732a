import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import type { SubjectWords } from './subject-words';

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
/** What is packed in packed data in packed data is looked into, and no further. */
const MOST_LEVELS = 3;
const MOST_UNPACKED_BYTES = 1024 ** 3;
const WINDOW_BYTES = 64 * 1024 * 1024;
/** Longer than any name, so that none is cut in two by a window's end. */
const OVERLAP_BYTES = 4096;

/**
 * Whether a file's bytes name a subject: as UTF-8, UTF-16, JSON with escapes, Base64, or any of these in a
 * gzip member wherever that begins.
 * @param numbered also by number, as JSON of the app's own has it
 */
export async function isNamedInFile(
  path: string,
  words: SubjectWords,
  numbered: boolean,
): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const window = Math.min(size, WINDOW_BYTES);
    const buffer = Buffer.alloc(window);
    for (let at = 0; at < size; at += WINDOW_BYTES - OVERLAP_BYTES) {
      const { bytesRead } = await file.read(buffer, 0, window, at);
      if (isNamedIn(buffer.subarray(0, bytesRead), words, numbered)) return true;
      if (at + bytesRead >= size) return false;
    }
    return false;
  } finally {
    await file.close();
  }
}

export function isNamedIn(
  bytes: Buffer,
  words: SubjectWords,
  numbered: boolean,
  level = 0,
): boolean {
  const text = bytes.toString('utf8');
  const says = (one: string) => words.isNamed(one) || (numbered && words.isNumbered(one));
  if (says(text)) return true;
  // UTF-16 of either order, as far as names are of Latin letters; of others each is tried.
  if (bytes.includes(0)) {
    if (says(text.replaceAll('\0', ''))) return true;
    if (says(bytes.toString('utf16le')) || says(bytes.subarray(1).toString('utf16le'))) return true;
    if (says(swapped(bytes).toString('utf16le'))) return true;
  }
  if (text.includes('\\u') && says(unescaped(text))) return true;
  if (level >= MOST_LEVELS) return false;
  for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 1)) {
    const unpacked = unpackedFrom(bytes.subarray(at));
    if (unpacked !== null && isNamedIn(unpacked, words, numbered, level + 1)) return true;
  }
  return false;
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
}

function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** As much as can be unpacked; null where these bytes are no gzip after all. */
function unpackedFrom(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: MOST_UNPACKED_BYTES,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
