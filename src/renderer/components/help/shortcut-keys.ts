/** Keys as they are printed on a keyboard, where that differs from how they are written here. */
const NAMES: Record<string, readonly [other: string, mac: string]> = {
  mod: ['Ctrl', '⌘'],
  shift: ['Shift', '⇧'],
  alt: ['Alt', '⌥'],
  backspace: ['Backspace', '⌫'],
  enter: ['Enter', '↩'],
  PageDown: ['Page Down', 'Page Down'],
  PageUp: ['Page Up', 'Page Up'],
};

/** The keys of a shortcut as they are printed on the keyboard. */
export function keyNames(shortcut: string, mac: boolean): string[] {
  return shortcut.split('+').map((part) => {
    const names = NAMES[part];
    if (names !== undefined) return mac ? names[1] : names[0];
    return part.length === 1 ? part.toUpperCase() : part;
  });
}
