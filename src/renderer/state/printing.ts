import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { drawAllNow } from '../charts/draw-queue';

/**
 * Whether the page is being printed. Paper has a layout of its own (styles/print.css, by an
 * attribute of the document), on which charts are drawn before the browser takes its picture.
 */
let printing = false;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  if (next === printing) return;
  printing = next;
  document.documentElement.toggleAttribute('data-printing', next);
  flushSync(() => {
    for (const tell of listeners) tell();
  });
  drawAllNow();
}

/** To be called once, at the page's start. */
export function followPrinting(): void {
  window.addEventListener('beforeprint', () => set(true));
  window.addEventListener('afterprint', () => set(false));
  // As developer tools and tests look at what would be printed.
  window.matchMedia('print').addEventListener('change', ({ matches }) => set(matches));
}

export function usePrinting(): boolean {
  return useSyncExternalStore(listen, () => printing);
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
