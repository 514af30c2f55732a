import { AppError } from '../../preload/contract/errors';
import { keysOfSecrets, wrongInAddress, wrongInSecrets } from '../../preload/contract/webhooks';

/** Throws `usage` where a webhook cannot go there; its sentence holds no password. */
export function endpointUrl(text: string): URL {
  const wrong = wrongInAddress(text);
  if (wrong !== null) {
    throw new AppError('usage', `The webhook’s address cannot be used: ${wrong}.`, {
      hint: 'Such as https://example.org/hook.',
    });
  }
  return new URL(text);
}

/** The keys to sign with. Throws `usage` where these are no secrets; its sentence holds none. */
export function signingKeys(secrets: string): Buffer[] {
  const wrong = wrongInSecrets(secrets);
  if (wrong !== null) {
    throw new AppError('usage', `The webhook’s secret cannot be used: ${wrong}.`, {
      hint: 'For example the output of: echo whsec_$(openssl rand -base64 32).',
    });
  }
  return keysOfSecrets(secrets).map((key) => Buffer.from(key, 'base64'));
}

/** As a person may see it: a query may hold a token. */
export function shownUrl(text: string): string {
  const url = new URL(text);
  return `${url.protocol}//${url.host}${url.pathname}${url.search === '' ? '' : '?…'}`;
}
