/**
 * Shortcuts are written `mod+shift+z`; `mod` is ⌘ on a Mac and Ctrl elsewhere. With `alt` the key
 * is the place on the keyboard, since Alt changes what the key types.
 */
const NAMES: Record<string, readonly [other: string, mac: string]> = {
  mod: ['Ctrl', '⌘'],
  shift: ['Shift', '⇧'],
  alt: ['Alt', '⌥'],
  enter: ['Enter', '↩'],
  PageDown: ['Page Down', 'Page Down'],
  PageUp: ['Page Up', 'Page Up'],
};

export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** The keys of a shortcut as they are printed on the keyboard. */
export function keyNames(shortcut: string, mac: boolean): string[] {
  return shortcut.split('+').map((part) => {
    const names = NAMES[part];
    if (names !== undefined) return mac ? names[1] : names[0];
    return part.length === 1 ? part.toUpperCase() : part;
  });
}

/** Whether a key press is the shortcut. */
export function isShortcut(shortcut: string, press: KeyPress): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const alt = parts.includes('alt');
  if ((press.ctrlKey || press.metaKey) !== parts.includes('mod') || press.altKey !== alt) {
    return false;
  }
  // A sign such as `?` needs Shift on some keyboards and none on others.
  const isSign = /^[^a-z0-9]$/i.test(key);
  if (!isSign && press.shiftKey !== parts.includes('shift')) return false;
  if (alt) return press.code === `Key${key.toUpperCase()}` || press.code === `Digit${key}`;
  return press.key.toLowerCase() === key;
}
