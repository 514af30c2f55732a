import { useSyncExternalStore } from 'react';

/** Pixels of the screen in one of the page's: another after zooming, or on another monitor. */
export function usePixelRatio(): number {
  return useSyncExternalStore(listen, () => Math.max(1, window.devicePixelRatio));
}

function listen(told: () => void): () => void {
  let query: MediaQueryList;
  // A query holds for one ratio: after a change the next one is listened to.
  const change = () => {
    watch();
    told();
  };
  const watch = () => {
    query?.removeEventListener('change', change);
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', change);
  };
  watch();
  return () => query.removeEventListener('change', change);
}
