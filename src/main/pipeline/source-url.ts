import { AppError } from '../../preload/contract/errors';

/** The base URL of a source, with its trailing slash. Throws `bad-source`. */
export function parseSourceUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new AppError('bad-source', `“${text}” is not a source.`, {
      hint: 'Give an http or https URL such as https://pokeapi.co/api/v2, folder:PATH, or the word bundled.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    // They would be recorded with every document and in pokemon.parquet.
    throw new AppError('bad-source', 'A source URL with a user name or password is not taken.', {
      hint: 'Give the URL without them.',
    });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new AppError('bad-source', 'A source URL with “?” or “#” in it is not taken.', {
      hint: 'Give the part before it: documents are asked for at URL/pokemon/NUMBER.',
    });
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** How a source is named wherever it is recorded: the same for every spelling of its URL. */
export function sourceLabel(base: URL): string {
  return base.href.replace(/\/$/, '');
}
