import { createHmac, randomBytes } from 'node:crypto';

const SALT_BYTES = 16;
const KEY_CHARACTERS = 32;

/** A new subject's salt: 128 random bits. Once it is destroyed, the key leads back to nobody. */
export function newSalt(): Buffer {
  return randomBytes(SALT_BYTES);
}

/** HMAC-SHA256 (RFC 2104) keyed with the salt over the decimal id; hex, first 32 characters. */
export function pokemonKey(salt: Uint8Array, id: number): string {
  return createHmac('sha256', salt).update(String(id)).digest('hex').slice(0, KEY_CHARACTERS);
}
