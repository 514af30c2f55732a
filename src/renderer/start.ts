import './no-eval';
import { askStart } from './bridge';

/** The page's first script: where the others cannot be loaded, it says so. */
askStart();
import('./main').catch(offerReload);

/** Without the rest there is nothing yet to say it with. A browser asks for a module only once. */
function offerReload(): void {
  const words = document.createElement('p');
  words.textContent = 'Pokédex Explorer could not be loaded.';
  const button = document.createElement('button');
  button.textContent = 'Reload the page';
  button.addEventListener('click', () => window.location.reload());
  document.getElementById('root')?.replaceChildren(words, button);
}
