/**
 * Chromium knows no `app:` scheme, so a page of `app://host/path` is shown at
 * `https://host.app-scheme.test/path`: an origin of its own, secure, and routed before any network.
 */
const SUFFIX = '-scheme.test';

export function toPageUrl(url: string): string {
  const parsed = new URL(url);
  if (['https:', 'http:', 'about:', 'data:'].includes(parsed.protocol)) return url;
  const scheme = parsed.protocol.slice(0, -1);
  return `https://${parsed.host}.${scheme}${SUFFIX}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

export function fromPageUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' || !parsed.hostname.endsWith(SUFFIX)) return url;
  const [, host, scheme] = /^(.+)\.([a-z]+)-scheme\.test$/.exec(parsed.hostname) ?? [];
  return `${scheme}://${host}${parsed.pathname}${parsed.search}${parsed.hash}`;
}
