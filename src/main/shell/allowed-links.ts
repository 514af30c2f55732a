/** The sites a page of the app may send a person to: a host, and how its paths have to begin. */
export const ALLOWED_LINKS: readonly { host: string; path: string }[] = [
  { host: 'pokeapi.co', path: '/' },
  { host: 'github.com', path: '/PokeAPI/' },
];

/** True for https addresses of the allow-list, without a port, a name or a password. */
export function isAllowedLink(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.port !== '') return false;
  if (url.username !== '' || url.password !== '') return false;
  return ALLOWED_LINKS.some(
    ({ host, path }) => url.hostname === host && url.pathname.startsWith(path),
  );
}
