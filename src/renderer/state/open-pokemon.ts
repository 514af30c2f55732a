import { useApp } from './app-store';
import { useExplore } from './explore-store';

/** What was opened belongs to the screen it was opened on: leaving the screen closes it. */
export function closeWithItsScreen(): void {
  useApp.subscribe(({ screen }, before) => {
    if (screen !== before.screen) useExplore.getState().open(null);
  });
}

/** Opens a Pokémon's detail in the explorer, from whatever screen is shown. */
export function openInExplorer(id: number): void {
  useApp.getState().show('explore');
  useExplore.getState().open(id);
}
