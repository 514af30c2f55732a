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
  const field = event.composedPath()[0];
  const typing = isTyping(field);
  const command = COMMANDS.find(
    ({ shortcut, also, whileTyping }) =>
      (!typing || whileTyping !== undefined) &&
      [shortcut, also].some((keys) => keys !== undefined && isShortcut(keys, event)),
  );
  if (command === undefined) return;
  if (typing && command.whileTyping === 'after-the-field') {
    afterTheField(field, () => {
      if (useOverlays.getState().shown === null) command.run();
    });
    return;
  }
  // Also where nothing follows: the browser's own Ctrl+S would save the page.
  event.preventDefault();
  // A window over the screen is left first; what it hides must not change behind it.
  if (useOverlays.getState().shown !== null && command.id !== 'palette.open') return;
  command.run();
}

/** Runs unless the field under the focus undoes or redoes something of its own for this key. */
function afterTheField(field: EventTarget | undefined, run: () => void): void {
  const before = textIn(field);
  // Its own undo is part of the key's default action, which comes before any timer.
  setTimeout(() => {
    // Not by its `input` event: Chromium sends one also where its undo changes nothing.
    if (textIn(field) === before) run();
  }, 0);
}

function textIn(field: EventTarget | undefined): string | null {
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return field.value;
  return field instanceof HTMLElement ? field.textContent : null;
}

/** Whether the press types something, so that a shortcut without Ctrl, ⌘ or Alt must not take it. */
function isTyping(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
  );
}
