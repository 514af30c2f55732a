/** Module hook: whoever imports `electron` gets the stand-in. */
import { URL } from 'node:url';

const standIn = new URL('./electron.ts', import.meta.url).href;

export function resolve(specifier, context, next) {
  return next(specifier === 'electron' ? standIn : specifier, context);
}
