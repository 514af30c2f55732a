import { type ReactNode, useDeferredValue } from 'react';

/**
 * Shows its children in a second rendering, which React does in small pieces: what is not behind
 * a `Later` is on the screen first. Takes `placeholder`'s place, which should be as large.
 */
export function Later({ placeholder, children }: { placeholder?: ReactNode; children: ReactNode }) {
  return useDeferredValue(true, false) ? children : placeholder;
}
