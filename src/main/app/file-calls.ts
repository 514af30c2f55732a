import { gzipSync } from 'node:zlib';
import { AppError } from '../../preload/contract/errors';
import type { NewView } from '../../preload/contract/view-format';
import type { DataPaths } from '../base/data-folder';
import { replaceFileContent } from '../base/durable-file';
import { giveBackSoon } from '../base/give-back';
import { hostError } from '../base/host-error';
import { refuseOwnFile } from '../base/own-files';
import { compressionOf } from '../engine/export-options';
import { readOpenedView, readPokemonView } from '../shaping/read-view';
import type { NoteAccess } from './access-calls';
import type { Dataset } from './dataset';
import type { CallHandlers } from './dispatcher';
import { isPublishedKey } from './explore-calls';
import type { Host } from './host';
import type { OpenedTables } from './opened-tables';

const EXTENSIONS = { view: 'pokeview.json', svg: 'svg', png: 'png', csv: 'csv', json: 'json' };

const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Files the renderer made, and views it opens. */
export function fileCalls(
  paths: DataPaths,
  host: Host,
  dataset: Dataset,
  opened: OpenedTables,
  note: NoteAccess,
): Pick<CallHandlers, 'file.save' | 'view.open' | 'view.read'> {
  const read = (text: string, key = 'published@0') =>
    isPublishedKey(key) || opened.get(key).origin.own?.likePublished === true
      ? checkedView(text, dataset)
      : readOpenedView(text, opened.get(key).dataset.described);
  return {
    'file.save': async ({ name, kind, content }) => {
      const extension = EXTENSIONS[kind];
      const target = await host.chooseSaveTarget(safeFileName(name, extension), extension);
      if (target === null) return { kind: 'cancelled' };
      await refuseOwnFile(target.path, paths);
      // Tables and pictures may name somebody; which ones do, only the page knows.
      if (kind !== 'view') await note({ what: 'export', how: `app, what a page shows as ${kind}` });
      const bytes = kind === 'png' ? pngBytes(content) : packed(content, target.path);
      try {
        await replaceFileContent(target.path, bytes);
      } catch (error) {
        throw hostError(error, `The file ${target.path}`) ?? error;
      } finally {
        giveBackSoon(content.length);
      }
      return { ...target.finish(), rows: null };
    },
    'view.open': async ({ dataset: key }) => {
      const text = await host.chooseViewFile();
      return text === null ? null : read(text, key);
    },
    'view.read': async ({ text, dataset: key }) => read(text, key),
  };
}

/** The games of a card of format 1 are those the data were chosen by. */
function checkedView(text: string, { info }: Dataset): NewView {
  const games = info === null || info.games === 'all' ? undefined : info.games;
  return readPokemonView(text, games);
}

/** Compressed where the name that the person chose says so, as an export is. */
function packed(content: string, path: string): Buffer | string {
  switch (compressionOf(path)) {
    case 'gzip':
      return gzipSync(content);
    case 'zstd':
      throw new AppError('usage', 'This cannot be saved as .zst.', {
        hint: 'End the name in .gz for a compressed file, or leave the ending out.',
      });
    case null:
      return content;
  }
}

function pngBytes(content: string): Buffer {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.subarray(0, PNG_MAGIC.length).equals(PNG_MAGIC)) return bytes;
  throw new AppError('usage', 'The picture is not a PNG.', { hint: 'Save it again.' });
}

/** A name any file system takes, never a path, ending in the extension. */
export function safeFileName(name: string, extension: string): string {
  const stem = name
    .slice(0, name.toLowerCase().endsWith(`.${extension}`) ? -extension.length - 1 : undefined)
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120);
  return `${stem === '' ? 'pokemon' : stem}.${extension}`;
}
