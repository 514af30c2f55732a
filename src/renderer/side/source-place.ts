import { cardControl } from '../cards/kinds';
import { SEARCH } from '../state/controls';
import { useExplore } from '../state/explore-store';

/** Where on the screen a source's selection is made; null where that is not shown. */
export function placeOfSource(source: string): HTMLElement | null {
  if (source === SEARCH) return document.querySelector('.sidebar input[type="search"]');
  const card = useExplore.getState().cards.findIndex((card) => cardControl(card) === source);
  if (card !== -1) return document.querySelector(`.cards > :nth-child(${card + 1})`);
  const panels = [...document.querySelectorAll<HTMLElement>('.sidebar [data-source]')];
  return panels.find((panel) => panel.dataset['source'] === source) ?? null;
}

const FOCUSABLE = '[tabindex="0"], input, button';

/** Scrolls to it and puts the focus there, once what lies over the screen has gone. */
export function showPlace(place: HTMLElement): void {
  requestAnimationFrame(() => {
    place.scrollIntoView({ block: 'center' });
    const inside = place.querySelector<HTMLElement>('.plot [tabindex="0"]');
    const target = place.matches(FOCUSABLE) ? place : (inside ?? place.querySelector(FOCUSABLE));
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  });
}
