/** Where documents come from: `bundled`, `folder:PATH`, or the address of a PokéAPI. */

export const BUNDLED = 'bundled';
const FOLDER = 'folder:';

export type SourceKind = 'bundled' | 'folder' | 'url';

export function sourceKind(source: string): SourceKind {
  if (source === BUNDLED) return 'bundled';
  return source.startsWith(FOLDER) ? 'folder' : 'url';
}

export function folderSource(path: string): string {
  return FOLDER + path;
}

/** The path that a folder source names; null for other sources. */
export function folderOf(source: string): string | null {
  return sourceKind(source) === 'folder' ? source.slice(FOLDER.length) : null;
}
