import { decimalText } from './numbers';

/** `1,351`, as the settings' language writes it. */
export function humanCount(count: number): string {
  return decimalText(count, { least: 0, most: 0 });
}

/** `1 document`, `1,351 documents`. */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${humanCount(count)} ${count === 1 ? one : more}`;
}
