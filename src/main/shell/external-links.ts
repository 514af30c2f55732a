import { shell } from 'electron';
import { isAllowedLink } from './allowed-links';

/**
 * The one place that hands an address to the system's browser; a lint rule keeps it so. Anything
 * not on the allow-list is dropped.
 */
export function openExternalLink(text: string): void {
  if (!isAllowedLink(text)) return;
  // Where there is no browser the system shows its own dialog.
  shell.openExternal(new URL(text).href).catch(() => {});
}
