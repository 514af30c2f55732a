/** Deeper than any request of the contract. */
const MAX_DEPTH = 30;

/**
 * True for what JSON can hold. Electron's channel can also carry Map, Date, typed arrays and the
 * like, which a schema of optional fields takes for an empty object.
 */
export function isPlainRequest(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
    case 'undefined':
      return true;
    case 'object': {
      if (value === null) return true;
      if (depth === MAX_DEPTH) return false;
      const prototype: unknown = Object.getPrototypeOf(value);
      const plain = Array.isArray(value) || prototype === Object.prototype || prototype === null;
      return plain && Object.values(value).every((part) => isPlainRequest(part, depth + 1));
    }
    default:
      return false;
  }
}
