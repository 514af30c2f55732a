import type { DroppedFile } from '../../preload/contract/calls';
import type { ErrorShape } from '../../preload/contract/errors';
import { KEY_HEADER } from '../../preload/contract/host-session';

const DISK_FULL: ErrorShape = {
  code: 'disk-full',
  message: 'The disk is too full for a copy of this file.',
  hint: 'Free some space, or open it by its path: pokedex serve --open PATH.',
};

const NOT_HANDED: ErrorShape = {
  code: 'not-readable',
  message: 'The file could not be handed to the app.',
  hint: 'Check that it is still there and that pokedex serve still runs, then open it again.',
};

/** Files of one folder are opened as one table, every other file as one of its own. */
export function handedTogether(files: readonly DroppedFile[]): DroppedFile[][] {
  const folders = new Map<string, DroppedFile[]>();
  const alone: DroppedFile[][] = [];
  for (const each of files) {
    const at = each.place.indexOf('/');
    if (at < 0) {
      alone.push([each]);
      continue;
    }
    const folder = each.place.slice(0, at);
    folders.set(folder, [...(folders.get(folder) ?? []), each]);
  }
  return [...folders.values(), ...alone];
}

/** Streams the files to the host, which copies them; null once they are all there. */
export async function handOver(
  id: string,
  files: readonly DroppedFile[],
  key: string,
): Promise<ErrorShape | null> {
  for (const { file, place } of files) {
    const path = place.split('/').map(encodeURIComponent).join('/');
    try {
      const { status } = await fetch(`/upload/${id}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', [KEY_HEADER]: key },
        body: file,
      });
      if (status === 507) return DISK_FULL;
      if (status !== 204) return NOT_HANDED;
    } catch {
      // The file is gone or may not be read, or nobody listens.
      return NOT_HANDED;
    }
  }
  return null;
}
