import { isIP } from 'node:net';
import { AppError } from '../../preload/contract/errors';

const LONGEST = 2_000;

/**
 * Where a webhook goes. Throws `usage` in one sentence; no sentence names the URL, which may hold
 * a password or a token.
 */
export function endpointUrl(text: string): URL {
  const url = URL.canParse(text) && text.length <= LONGEST ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw refused(
      'A webhook’s address is an http or https URL.',
      'Such as https://example.org/hook.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(
      'A webhook’s address cannot hold a user name or a password.',
      'Its receiver checks the signature instead.',
    );
  }
  const host = hostOf(url);
  if (isIP(host) === 4 && !text.toLowerCase().includes(host)) {
    throw refused(
      `A webhook’s address has to name the IP address as it is: ${host}.`,
      'Other spellings, such as hexadecimal ones, hide where it goes.',
    );
  }
  return url;
}

/** Without the brackets of an IPv6 address and without the dot that ends a full name. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** As a person may see it: a query may hold a token. */
export function shownUrl(text: string): string {
  const url = new URL(text);
  return `${url.protocol}//${url.host}${url.pathname}${url.search === '' ? '' : '?…'}`;
}

function refused(message: string, hint: string): AppError {
  return new AppError('usage', message, { hint });
}
