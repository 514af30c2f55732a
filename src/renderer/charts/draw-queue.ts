import { watchSight } from './watch-sight';

/**
 * When charts are drawn: those in sight at once, with the rest of their answer; those out of
 * sight when nothing has been drawn for a while, one per task, so that a drag does not pay for what
 * nobody sees. A chart that comes into sight is drawn in the frame that shows it.
 */
const QUIET_MS = 150;

type Draw = () => void;

const inSight = new WeakMap<Element, boolean>();
const waiting = new Map<Element, Draw>();
let drawn = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Draws into `element` now or later; what was waiting for it is out of date. */
export function drawSoon(element: Element, draw: Draw): void {
  // The page's first chart is drawn whether its place is known to be in sight or not.
  if (!drawn || inSight.get(element) === true) {
    drawn = true;
    waiting.delete(element);
    return draw();
  }
  waiting.set(element, draw);
  // Whether a new element is in sight is not known yet: its turn comes at once.
  schedule(inSight.has(element) ? QUIET_MS : 0);
}

/** Draws whatever waits: what is about to be printed has no later. */
export function drawAllNow(): void {
  for (const element of [...waiting.keys()]) drawNow(element);
}

/** Keeps `element` looked at until the returned function is called. */
export function drawInSight(element: Element): () => void {
  const stop = watchSight(element, (isSeen) => {
    inSight.set(element, isSeen);
    if (isSeen) drawNow(element);
  });
  return () => {
    stop();
    inSight.delete(element);
    waiting.delete(element);
  };
}

function schedule(delay: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const [next] = waiting.keys();
    if (next === undefined) return;
    // Before it draws: one that fails must not keep the others waiting.
    schedule(0);
    drawNow(next);
  }, delay);
}

function drawNow(element: Element): void {
  const draw = waiting.get(element);
  waiting.delete(element);
  draw?.();
}
