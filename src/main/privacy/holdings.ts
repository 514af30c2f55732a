import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OWNED_TEMPORARY } from '../base/durable-file';
import { isAbandoned } from '../base/owner-mark';
import { OWN_NAMES } from '../base/data-folder';
import type { Holder } from './holder';
import { FOLDER_HOLDERS } from './holders/folder-source';
import { LANDING_HOLDERS } from './holders/landing';
import { PERSONAL_HOLDERS } from './holders/personal-files';
import { TABLE_HOLDERS } from './holders/tables';
import { filesBelow } from './own-walk';

const temporaries: Holder = {
  what: 'files that are being written, each gone when its content takes its place',
  keepsSubjects: false,
  owns: (path) => OWNED_TEMPORARY.test(nameOf(path)),
  async erase({ paths }) {
    for (const path of await filesBelow(paths.data)) {
      const absolute = join(paths.data, ...path.split('/'));
      const owner = OWNED_TEMPORARY.exec(nameOf(path))?.[1];
      if (owner === undefined || !isAbandoned(owner, await lstat(absolute))) continue;
      await rm(absolute, { force: true });
    }
  },
};

const locks: Holder = {
  what: 'who is writing at the moment',
  keepsSubjects: false,
  owns: (path) => /^writer\.(?:lock(?:\.wal)?|json)$|(?:^|\/)[^/]+\.lock$/.test(path),
};

const privacy: Holder = {
  what: 'what ties the folder to its keys, and who was erased, by keyed hashes',
  keepsSubjects: false,
  owns: (path) => path.startsWith('privacy/'),
};

const receipts: Holder = {
  what: 'receipts of erasures, which name nobody',
  keepsSubjects: false,
  owns: (path) => /^receipts\/[^/]+\.json$/.test(path),
};

const protection: Holder = {
  what: 'the protected data, encrypted, and the mark of the folder in memory where they are unlocked',
  keepsSubjects: false,
  owns: (path) => path.startsWith('sealed/') || path === 'live.json',
};

/**
 * Every place of the data folder, in the order in which an erasure goes through them: a folder's files first,
 * because they land; the tables before what is told from them.
 */
export const HOLDINGS: readonly Holder[] = [
  temporaries,
  locks,
  privacy,
  receipts,
  protection,
  ...FOLDER_HOLDERS,
  ...LANDING_HOLDERS,
  ...TABLE_HOLDERS,
  ...PERSONAL_HOLDERS,
];

/** Whether the app keeps what is there, so that it has to have a holder. */
export function isOwnPlace(path: string): boolean {
  const [first = ''] = path.split('/');
  return OWN_NAMES.has(first.toLowerCase()) || path.startsWith('views/');
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? '';
}
