import { useApp } from '../../state/app-store';

/** Frames within which a screen that was not shown has been drawn. */
const MOST_FRAMES = 120;

/** Focuses or presses what stands on the Explore screen, which may have to be drawn first. */
export function inExplorer(selector: string, act: 'focus' | 'press', frames = 0): void {
  useApp.getState().show('explore');
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null) {
      if (frames < MOST_FRAMES) inExplorer(selector, act, frames + 1);
    } else if (act === 'focus') element.focus();
    else press(element);
  });
}

function press(element: HTMLElement): void {
  element.scrollIntoView({ block: 'nearest' });
  element.focus();
  element.click();
}
