import { useApp } from './app-store';
import { useExplore } from './explore-store';

/**
 * A row is opened beside whatever screen is shown, and closing it leaves one there. It belongs to
 * that screen: leaving the screen closes it.
 */
export function closeWithItsScreen(): void {
  useApp.subscribe(({ screen }, before) => {
    if (screen !== before.screen) useExplore.getState().open(null);
  });
}
