/**
 * Numbers as sentences say them, in the app and on the command line. Not by Intl or
 * toLocaleString: loading takes it 10 ms before the first chart, and 15 ms of every command.
 */

/** `1234567.8901` → `1,234,567.8901`; of a number in plain decimal notation. */
export function withSeparators(decimal: string): string {
  return decimal.replace(/(?<!\.\d*)\B(?=(?:\d{3})+(?!\d))/g, ',');
}

/** `1,351`. */
export function humanCount(count: number): string {
  return withSeparators(String(count));
}

/** `1 document`, `1,351 documents`. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${humanCount(count)} ${count === 1 ? one : more}`;
}
