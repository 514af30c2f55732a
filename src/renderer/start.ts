import './no-eval';
import './state/first-asked';

/** The page's first script: it asks, and only then reads the rest. */
import('./main').catch(() => {
  // A server that was busy, a connection that broke: once more, then the person is asked.
  setTimeout(() => void import('./main').catch(offerReload), 500);
});

/** Without the rest there is nothing yet to say it with. */
function offerReload(): void {
  const words = document.createElement('p');
  words.textContent = 'Pokédex Explorer could not be loaded.';
  const button = document.createElement('button');
  button.textContent = 'Reload the page';
  button.addEventListener('click', () => window.location.reload());
  document.getElementById('root')?.replaceChildren(words, button);
}
