/**
 * What the page in a browser and its host agree on. Cookies are sent to every port of a host
 * name, so one alone proves nothing: the key is kept in the storage of the page's origin, which
 * a page of another port cannot read, and goes with every call as a header.
 */
export const KEY_HEADER = 'x-pokedex-key';

/** Under which name the origin's storage holds the key. */
export const KEY_NAME = 'pokedex-key';
