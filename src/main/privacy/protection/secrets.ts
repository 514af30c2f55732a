import { createHash, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../preload/contract/errors';
import { openBytes, sealBytes } from './sealed-bytes';

/**
 * The data key, 256 random bits, is kept only wrapped: by a key that scrypt (RFC 7914) makes of the
 * passphrase. The recovery code is the data key itself, for paper.
 */

export const wrapSchema = z.strictObject({
  salt: z.hex().length(32),
  /** scrypt's cost, block size and parallelism. */
  n: z
    .int()
    .min(2 ** 14)
    .max(2 ** 22),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(16),
  /** The data key, sealed; base64. */
  key: z.base64(),
});

export type WrappedKey = z.infer<typeof wrapSchema>;

/** 128 MB and about half a second: OWASP's first choice for scrypt. */
const COST = { n: 2 ** 17, r: 8, p: 1 };
const KEY_BYTES = 32;
export const SHORTEST_PASSPHRASE = 10;

export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** Throws `usage` for a passphrase that is too short. */
export async function wrapKey(dataKey: Uint8Array, passphrase: string): Promise<WrappedKey> {
  if ([...passphrase].length < SHORTEST_PASSPHRASE) {
    throw new AppError(
      'usage',
      `The passphrase has fewer than ${SHORTEST_PASSPHRASE} characters.`,
      {
        hint: 'Take several words that belong together for nobody else.',
      },
    );
  }
  const salt = randomBytes(16).toString('hex');
  const by = await derived(passphrase, { salt, ...COST });
  return { salt, ...COST, key: sealBytes(by, 'key', dataKey).toString('base64') };
}

/** @param secret the passphrase or the recovery code. Throws `wrong-passphrase`. */
export async function unwrapKey(wrapped: WrappedKey, secret: string): Promise<Buffer> {
  const coded = keyOfCode(secret);
  if (coded !== null) return coded;
  try {
    return openBytes(await derived(secret, wrapped), 'key', Buffer.from(wrapped.key, 'base64'));
  } catch (cause) {
    if (!(cause instanceof AppError && cause.code === 'wrong-key')) throw cause;
    throw wrongPassphrase(cause);
  }
}

export function wrongPassphrase(cause?: unknown): AppError {
  return new AppError('wrong-passphrase', 'That is not the passphrase of this data folder.', {
    hint: 'Nothing was changed. The recovery code on your recovery sheet opens it too.',
    cause,
  });
}

function derived(
  passphrase: string,
  { salt, n, r, p }: Pick<WrappedKey, 'salt' | 'n' | 'r' | 'p'>,
): Promise<Buffer> {
  // The same however the keyboard composes an é.
  const text = passphrase.normalize('NFKC');
  const limits = { N: n, r, p, maxmem: 2 * 128 * n * r };
  return new Promise((resolve, reject) => {
    scrypt(text, Buffer.from(salt, 'hex'), KEY_BYTES, limits, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** Crockford's alphabet: nothing that reads like something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SUM_BYTES = 3;

/** 56 signs in groups of four: the key, and a sum by which a slip of the pen is found. */
export function recoveryCode(dataKey: Uint8Array): string {
  let bits = '';
  for (const byte of [...dataKey, ...sumOf(dataKey)]) bits += byte.toString(2).padStart(8, '0');
  const signs = bits.match(/.{5}/g) ?? [];
  const text = signs.map((sign) => ALPHABET[Number.parseInt(sign, 2)]).join('');
  return (text.match(/.{4}/g) ?? []).join('-');
}

/** Null for what is not a recovery code. */
export function keyOfCode(text: string): Buffer | null {
  const signs = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (signs.length !== 56 || [...signs].some((sign) => !ALPHABET.includes(sign))) return null;
  const bits = [...signs]
    .map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const key = bytes.subarray(0, KEY_BYTES);
  return bytes.subarray(KEY_BYTES).equals(sumOf(key)) ? key : null;
}

function sumOf(key: Uint8Array): Buffer {
  return createHash('sha256').update('recovery code').update(key).digest().subarray(0, SUM_BYTES);
}
