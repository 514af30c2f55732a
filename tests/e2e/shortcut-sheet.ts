import type { Page } from 'playwright-core';

/** A line of the help sheet: `Filters: Redo the last step`, and the keys as they stand there. */
export interface SheetLine {
  name: string;
  keys: string[];
}

/** Every line of the sheet, which is open before and after. */
export function sheetLines(page: Page): Promise<SheetLine[]> {
  return page.evaluate<SheetLine[]>(`
    [...document.querySelectorAll('[role="dialog"] section')].flatMap((section) =>
      [...section.querySelectorAll('dl > div')].map((line) => ({
        name: section.querySelector('h3').textContent + ': ' + line.querySelector('dt').textContent,
        keys: [...line.querySelectorAll('kbd')].map((key) => key.textContent),
      })))
  `);
}

const NAMES: Record<string, string> = {
  Ctrl: 'Control',
  '⌘': 'Meta',
  '⇧': 'Shift',
  '⌥': 'Alt',
  '↩': 'Enter',
  'Page Down': 'PageDown',
  'Page Up': 'PageUp',
};

/** A line's keys as Playwright presses them; `last` in place of `Arrows` and the like. */
export function pressOf(keys: readonly string[], last?: string): string {
  const names = keys.map((key) => NAMES[key] ?? key);
  if (last !== undefined) names.splice(-1, 1, last);
  const key = names.pop() ?? '';
  const typed = names.length > 0 && key.length === 1 ? key.toLowerCase() : key;
  return [...names, typed].join('+');
}
