import { randomBytes } from 'node:crypto';
import { AppError } from '../../preload/contract/errors';

const PREFIX = 'whsec_';
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** One secret, or two while receivers change from one to the other: both sign then. */
export type Secrets = string | readonly string[];

/**
 * The keys of these secrets, as Standard Webhooks writes them: `whsec_` and 24 to 64 bytes in base64.
 * Throws `usage`, never with the secret in its words.
 */
export function signingKeys(secrets: Secrets): Buffer[] {
  const list = typeof secrets === 'string' ? [secrets] : secrets;
  if (list.length < 1 || list.length > 2) {
    throw new AppError('usage', 'A webhook has one secret, or two while it changes.');
  }
  return list.map(signingKey);
}

function signingKey(secret: string): Buffer {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : null;
  const key = text !== null && BASE64.test(text) ? Buffer.from(text, 'base64') : null;
  if (key === null || key.length < FEWEST_BYTES || key.length > MOST_BYTES) {
    throw new AppError(
      'usage',
      `A webhook’s secret is ${PREFIX} followed by ${FEWEST_BYTES} to ${MOST_BYTES} random bytes in base64.`,
      { hint: `For example the output of: echo ${PREFIX}$(openssl rand -base64 32).` },
    );
  }
  return key;
}

export function newSecret(): string {
  return `${PREFIX}${randomBytes(32).toString('base64')}`;
}
