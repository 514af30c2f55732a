import { type ReactNode, useDeferredValue } from 'react';

interface Props {
  placeholder?: ReactNode;
  /** Not later after all. It counts in the first rendering only. */
  now?: boolean;
  children: ReactNode;
}

/**
 * Shows its children in a second rendering, which React does in small pieces: what is not behind
 * a `Later` is on the screen first. Takes `placeholder`'s place, which should be as large.
 */
export function Later({ placeholder, now = false, children }: Props) {
  return useDeferredValue(true, now) ? children : placeholder;
}
