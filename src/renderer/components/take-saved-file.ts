import type { SavedFile } from '../../preload/contract/calls';

/** In the browser host a file is taken by a download; in Electron it has been written already. */
export function takeSavedFile(saved: SavedFile): void {
  if (saved.kind !== 'download') return;
  const link = document.createElement('a');
  link.href = saved.url;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
