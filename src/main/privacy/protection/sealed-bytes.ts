import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../../../preload/contract/errors';

/**
 * A sealed file: MAGIC, a random id of 16 bytes, then chunks of AES-256-GCM, each with its tag. The
 * file's own key is HKDF-SHA256 of the data key with the id as salt, so a nonce is only the chunk's
 * number, and a bit that says whether it is the last: no chunk can be moved, taken away or added.
 */

const MAGIC = Buffer.from('POKEDEX-SEALED-1\n');
const ID_BYTES = 16;
const CHUNK_BYTES = 1024 * 1024;
const TAG_BYTES = 16;
const HEAD_BYTES = MAGIC.length + ID_BYTES;

/** What a sealed file is for: one of a purpose does not open as one of another. */
export type Purpose = 'file' | 'index' | 'key';

export function sealBytes(dataKey: Uint8Array, purpose: Purpose, plain: Uint8Array): Buffer {
  const id = randomBytes(ID_BYTES);
  const key = fileKey(dataKey, purpose, id);
  const parts: Buffer[] = [MAGIC, id];
  for (let at = 0, number = 0; ; at += CHUNK_BYTES, number += 1) {
    const isLast = at + CHUNK_BYTES >= plain.length;
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast));
    parts.push(cipher.update(plain.subarray(at, at + CHUNK_BYTES)), cipher.final());
    parts.push(cipher.getAuthTag());
    if (isLast) return Buffer.concat(parts);
  }
}

/** Throws `wrong-key` where the key is another or a byte was changed. */
export function openBytes(dataKey: Uint8Array, purpose: Purpose, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < HEAD_BYTES + TAG_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw notOpened();
  }
  const key = fileKey(dataKey, purpose, bytes.subarray(MAGIC.length, HEAD_BYTES));
  const parts: Buffer[] = [];
  try {
    for (let at = HEAD_BYTES, number = 0; at < bytes.length; number += 1) {
      const end = Math.min(at + CHUNK_BYTES + TAG_BYTES, bytes.length);
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, end === bytes.length));
      decipher.setAuthTag(bytes.subarray(end - TAG_BYTES, end));
      parts.push(decipher.update(bytes.subarray(at, end - TAG_BYTES)), decipher.final());
      at = end;
    }
  } catch (cause) {
    throw notOpened(cause);
  }
  return Buffer.concat(parts);
}

function fileKey(dataKey: Uint8Array, purpose: Purpose, id: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, id, `pokedex sealed ${purpose}`, 32));
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

function notOpened(cause?: unknown): AppError {
  return new AppError('wrong-key', 'The sealed data do not open: another key, or damaged.', {
    hint: 'Nothing was changed.',
    cause,
  });
}
