import { z } from 'zod';
import { SCREENS } from '../../preload/contract/commands';
import { useApp } from '../state/app-store';
import { useExplore } from '../state/explore-store';

/** A place of the app: a screen, and the row that is open beside it. */
const placeSchema = z.object({ screen: z.enum(SCREENS), opened: z.string().nullable() });

type Place = z.infer<typeof placeSchema>;

function placeNow(): Place {
  return { screen: useApp.getState().screen, opened: useExplore.getState().opened };
}

function go({ screen, opened }: Place): void {
  useApp.getState().show(screen);
  // After the screen, whose change closes what is open.
  useExplore.getState().open(opened);
}

/**
 * Places are entries of the browser's history: Back and Forward go between them, and a reload stays
 * where it was. From row to row is not a new place, so that Back leads out of a long walk at once.
 */
export function followPlaces(): void {
  const kept = placeSchema.safeParse(window.history.state);
  const stop = useApp.subscribe(({ appVersion }) => {
    if (appVersion === '') return;
    stop();
    if (kept.success) go(kept.data);
    window.history.replaceState(placeNow(), '');
    useApp.subscribe(later);
    useExplore.subscribe(later);
    window.addEventListener('popstate', ({ state }) => {
      const place = placeSchema.safeParse(state);
      if (place.success) go(place.data);
    });
  });
  let isDue = false;
  const later = () => {
    if (isDue) return;
    isDue = true;
    // A screen and what it closes change together.
    queueMicrotask(() => {
      isDue = false;
      note();
    });
  };
}

function note(): void {
  const now = placeNow();
  const known = placeSchema.safeParse(window.history.state).data;
  if (known?.screen === now.screen && known.opened === now.opened) return;
  const isWalk = known?.screen === now.screen && known.opened !== null && now.opened !== null;
  if (isWalk) window.history.replaceState(now, '');
  else window.history.pushState(now, '');
}
