import { getHotkeyHandler, type HotkeyItem } from '@mantine/hooks';
import {
  type Command,
  COMMAND_IDS,
  type CommandId,
  COMMANDS,
} from '../../../preload/contract/commands';
import { on } from '../../bridge';
import { typesLatin } from './latin-keys';
import { useOverlays } from './overlays';
import { runCommand } from './run-command';

/**
 * Runs commands by their keys, and those chosen in the native menu, for as long as the page lives.
 * Not by `useHotkeys`: that listens from an effect, after the first drawing, and what is pressed
 * before it would be the browser's. The matching of keys is the same.
 */
export function followShortcuts(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (typesLatin(event)) byLetter(event);
    else byPlace(event);
  });
  on('command.chosen', runCommand);
}

const byLetter = getHotkeyHandler(hotkeys(inMantinesWords));
const byPlace = getHotkeyHandler(hotkeys(byPlaces));

type Written = [hotkey: string, usePhysicalKeys: boolean][];

function hotkeys(written: (key: string) => Written): HotkeyItem[] {
  return COMMAND_IDS.flatMap((id) => {
    const { keys = [] }: Command = COMMANDS[id];
    return keys.flatMap(written).map(([hotkey, usePhysicalKeys]): HotkeyItem => [
      hotkey,
      (event) => onPress(id, event),
      // Left to onPress: a key that a field needs stays the field's.
      { preventDefault: false, usePhysicalKeys },
    ]);
  });
}

/** Where a Latin keyboard has the key: `?` is on `/` there. */
function byPlaces(key: string): Written {
  if (key === '?') return [['shift+/', true]];
  return [[key.replace(/(?=\d$)/, 'Digit'), true]];
}

function inMantinesWords(key: string): Written {
  // Alt changes what a key types (⌥1 is ¡), so it goes with the place on the keyboard.
  if (key.startsWith('alt+')) return [[key.replace(/(?=\d$)/, 'Digit'), true]];
  // A sign such as `?` needs Shift on some keyboards and none on others.
  if (/^[^a-z0-9]$/i.test(key))
    return [
      [key, false],
      [`shift+${key}`, false],
    ];
  return [[key, false]];
}

function onPress(id: CommandId, event: KeyboardEvent): void {
  const { whileTyping }: Command = COMMANDS[id];
  // Inside a shadow tree (the SQL editor) event.target is only its host.
  const field = event.composedPath()[0];
  if (isTyping(field)) {
    if (whileTyping === undefined) return;
    if (whileTyping === 'after-the-field') {
      afterTheField(field, () => {
        if (useOverlays.getState().shown === null) runCommand(id);
      });
      return;
    }
  }
  // Also where nothing follows: the browser's own Ctrl+S would save the page.
  event.preventDefault();
  // A window over the screen is closed first; what it hides must not change behind it.
  if (useOverlays.getState().shown !== null && id !== 'palette.open') return;
  runCommand(id);
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
