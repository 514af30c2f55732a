/** A member by a name that a person's data chose: `constructor` and the like are never inherited ones. */
export function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
