/**
 * What the page in a browser and its host agree on. Cookies are sent to every port of a host
 * name, so one alone proves nothing: the key is kept in the storage of the page's origin, which
 * a page of another port cannot read, and goes with every call as a header.
 */
export const KEY_HEADER = 'x-pokedex-key';

/**
 * The id a page gives a call whose answer it can ask for later (`POST /answer/ID`, or `/forget/ID`).
 * When there is one, the event stream says so by CALL_ANSWERED with that id.
 */
export const CALL_HEADER = 'x-pokedex-call';
export const CALL_ANSWERED = 'call.answered';

/** Under which name the origin's storage holds the key. */
export const KEY_NAME = 'pokedex-key';
