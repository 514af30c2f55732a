import { counted } from '../../words/counts';
import type { SavedFile } from '../../../preload/contract/calls';

/** One sentence of what was saved and where; null where the person chose no place. */
export function savedSentence(saved: SavedFile, what: string): string | null {
  if (saved.kind === 'cancelled') return null;
  const rows = saved.rows === null ? what : `${what}, ${counted(saved.rows, 'row')}`;
  if (saved.kind === 'saved') return `Saved ${rows}: ${saved.path}`;
  return `Saved ${rows}, among the browser’s downloads.`;
}
