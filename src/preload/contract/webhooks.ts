/** What a person gives for a webhook: its address and its secret, checked alike by form, file and sender. */

const LONGEST_ADDRESS = 2_000;

/**
 * Why a webhook cannot go to this address, as a clause; null where it can. Never holds the address,
 * in which there may be a password.
 */
export function wrongInAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return 'it is not an address that begins with https:// or http://';
  }
  if (text.length > LONGEST_ADDRESS) return `it is longer than ${LONGEST_ADDRESS} characters`;
  if (url.username !== '' || url.password !== '') {
    return 'it holds a user name or a password; the receiver checks the signature instead';
  }
  // Such as 0x7f.1, which hides where it goes.
  const { hostname } = url;
  if (/^[\d.]+$/.test(hostname) && !text.includes(hostname)) {
    return `it spells the IP address ${hostname} in another way`;
  }
  return null;
}

const PREFIX = 'whsec_';
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** The keys in base64, of one secret or of two with a blank between them. */
export function keysOfSecrets(text: string): string[] {
  return text.split(' ').map((secret) => secret.slice(PREFIX.length));
}

/** Why this is not one secret of Standard Webhooks, or two; null where it is. Never holds the secret. */
export function wrongInSecrets(text: string): string | null {
  const secrets = text.split(' ');
  if (secrets.length > 2) return 'it is more than two secrets';
  if (secrets.every(isSecret)) return null;
  return `it is not ${PREFIX} and then ${FEWEST_BYTES} to ${MOST_BYTES} random bytes in base64`;
}

function isSecret(text: string): boolean {
  const key = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  const bytes = Math.floor((key.replace(/=+$/, '').length * 3) / 4);
  return BASE64.test(key) && bytes >= FEWEST_BYTES && bytes <= MOST_BYTES;
}
