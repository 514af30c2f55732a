import { type Book, type Endpoint, NEW_ENDPOINT } from './message';

/** What the book of endpoints says of one: its state and the secrets of its messages. */

/** Of one URL: those of several rules, and earlier ones that messages still wait with. */
const MOST_SECRETS = 6;

export function endpointOf(book: Book, url: string): Endpoint {
  return book.endpoints[url] ?? NEW_ENDPOINT;
}

export function withSecrets(endpoint: Endpoint, key: string, secrets: string[]): Endpoint {
  const others = endpoint.secrets.filter((each) => each.key !== key);
  return { ...endpoint, secrets: [...others, { key, secrets }].slice(-MOST_SECRETS) };
}

/**
 * Those that a message was queued with, and the latest ones of its URL: a receiver may have changed
 * to those while it waited.
 */
export function secretsFor({ secrets }: Endpoint, key: string): string[] {
  const own = secrets.find((each) => each.key === key);
  return [...new Set([...(own?.secrets ?? []), ...(secrets.at(-1)?.secrets ?? [])])];
}
