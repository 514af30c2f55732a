/** The app's own pages: `app://pokedex/…`. */
export const APP_SCHEME = 'app';
const APP_HOST = 'pokedex';
export const START_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** Parses before it compares: `app://pokedex.example/` begins like ours. */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  );
}
