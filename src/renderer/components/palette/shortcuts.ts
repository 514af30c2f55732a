import { on } from '../../bridge';
import { isShortcut } from '../help/shortcut-keys';
import { COMMANDS, runCommand } from './commands';
import { useOverlays } from './overlays';

/**
 * Runs commands by their shortcuts, and those chosen in the native menu, for as long as the page
 * lives: from before anything is drawn, as a key pressed early would otherwise be the browser's.
 */
export function followShortcuts(): void {
  window.addEventListener('keydown', onKeyDown);
  on('command.chosen', runCommand);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  // Inside a shadow tree (the SQL editor) event.target is only its host.
  const typing = isTyping(event.composedPath()[0]);
  const command = COMMANDS.find(
    ({ shortcut, whileTyping }) =>
      shortcut !== undefined && (!typing || whileTyping === true) && isShortcut(shortcut, event),
  );
  if (command === undefined) return;
  // Also where nothing follows: the browser's own Ctrl+S would save the page.
  event.preventDefault();
  // A window over the screen is left first; what it hides must not change behind it.
  if (useOverlays.getState().shown !== null && command.id !== 'palette.open') return;
  command.run();
}

/** Whether the press types something, so that a shortcut without Ctrl, ⌘ or Alt must not take it. */
function isTyping(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
  );
}
