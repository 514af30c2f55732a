import { shell } from 'electron';

/** Whole hosts, or a host with the path that has to come first. */
const ALLOWED: readonly { host: string; path: string }[] = [
  { host: 'pokeapi.co', path: '/' },
  { host: 'github.com', path: '/PokeAPI/' },
];

/** True for https addresses of the allow-list, without a port, a name or a password. */
export function isAllowedLink(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.port !== '') return false;
  if (url.username !== '' || url.password !== '') return false;
  return ALLOWED.some(({ host, path }) => url.hostname === host && url.pathname.startsWith(path));
}

/**
 * The one place that hands an address to the system's browser; a lint rule keeps it so. Anything
 * not on the allow-list is dropped.
 */
export function openExternalLink(text: string): void {
  if (!isAllowedLink(text)) return;
  // Without a browser there is nobody to tell but the system, which has its own dialog for it.
  shell.openExternal(new URL(text).href).catch(() => {});
}
