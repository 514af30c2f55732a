import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { FolderLedger } from '../../src/main/folder/folder-ledger';
import { FolderLook } from '../../src/main/folder/folder-look';
import { listFolder } from '../../src/main/folder/list-folder';
import { ErasedSubjects } from '../../src/main/base/erased-subjects';
import { readDroppedFile } from '../../src/main/folder/read-file';
import { gatherFolder } from '../../src/main/folder/gather-folder';
import { documentLines, documentText, drop, pickUp } from '../helpers/dropped-files';
import { temporaryFolder } from '../helpers/temporary-folder';

const NEVER = new AbortController().signal;

async function rest(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 150));
}

test('a look has news of what came, and none of what is known, waits or went away', async () => {
  const data = await temporaryFolder();
  const folder = await temporaryFolder();
  const look = new FolderLook(`folder:${folder}`, data);
  expect(await look.look()).toEqual({ hasNews: false, folders: [folder] });
  const file = await drop(folder, 'a.json', documentText({ id: 1 }));
  await writeFile(join(folder, 'half.json'), '{"id"');
  await drop(folder, 'in/bad.json', 'no');
  await rest();
  expect((await look.look()).hasNews).toBe(true);
  await pickUp(data, folder);
  expect(await look.look()).toEqual({ hasNews: false, folders: [folder, join(folder, 'in')] });
  await rename(file, join(folder, 'b.json'));
  expect((await look.look()).hasNews).toBe(true);
  await pickUp(data, folder);
  await rest();
  await pickUp(data, folder);
  await rm(join(folder, 'b.json'));
  expect((await look.look()).hasNews).toBe(false);
});

test('what was taken up by a process that ended before it published is news', async () => {
  const data = await temporaryFolder();
  const folder = await temporaryFolder();
  await drop(folder, 'a.json', documentText({ id: 1 }));
  await rest();
  const gathered = { data, source: `folder:${folder}`, force: false };
  await gatherFolder(gathered, { report() {}, signal: NEVER });
  expect((await new FolderLook(`folder:${folder}`, data).look()).hasNews).toBe(true);
  // And is not read again.
  const again = await gatherFolder(gathered, { report() {}, signal: NEVER });
  expect(again.folder).toMatchObject({ read: 0 });
  expect((await pickUp(data, folder)).processed).toMatchObject({ version: 1 });
});

test('a file that its drive did not give is tried again after a minute, not at every look', async () => {
  const data = await temporaryFolder();
  const folder = await temporaryFolder();
  await drop(folder, 'a.json', documentText({ id: 1 }));
  const [file] = (await listFolder(folder, data)).files;
  const ledger = await FolderLedger.read(dataPaths(data).folderLedger);
  const tried = (at: number) =>
    ledger.append([
      {
        folder,
        path: 'a.json',
        size: 0,
        sha256: null,
        documents: null,
        batch: null,
        version: null,
        outcome: 'waiting',
        reason: 'cannot be read (EIO)',
        at: new Date(at).toISOString(),
        stamp: file?.stamp ?? null,
      },
    ]);
  await tried(Date.now());
  const look = new FolderLook(`folder:${folder}`, data);
  expect((await look.look()).hasNews).toBe(false);
  await tried(Date.now() - 61_000);
  expect((await look.look()).hasNews).toBe(true);
});

test.skipIf(process.platform === 'win32')(
  'a file that is removed while it is read was read as a whole; one that is cut was not',
  async () => {
    const folder = await temporaryFolder();
    const stage = join(folder, 'stage');
    await mkdir(stage);
    const read = async (meanwhile: (path: string) => void) => {
      const lines = documentLines(
        ...Array.from({ length: 900 }, (_, index) => ({ id: index + 1 })),
      );
      const path = await drop(folder, 'a.ndjson', lines);
      const place = (id: number) => {
        if (id === 2) meanwhile(path);
        return join(stage, `${id}.json`);
      };
      return readDroppedFile(path, 'listed', place, ErasedSubjects.none, NEVER);
    };
    const removed = await read((path) => rmSync(path));
    expect(removed).toMatchObject({ kind: 'whole', stamp: null });
    expect(removed.kind === 'whole' && removed.documents.length).toBe(900);
    const cut = await read((path) => truncateSync(path, readFileSync(path).length - 10));
    expect(cut).toMatchObject({ kind: 'half' });
    // And leaves nothing aside that would be taken for a document.
    await rm(stage, { recursive: true });
    await mkdir(stage);
    await read((path) => truncateSync(path, 100_000));
    expect(await readdir(stage)).toEqual([]);
  },
);

test('a ledger with a line that a power cut tore off is read, and goes on', async () => {
  const data = await temporaryFolder();
  const folder = await temporaryFolder();
  await drop(folder, 'a.json', documentText({ id: 1 }));
  await pickUp(data, folder);
  const path = dataPaths(data).folderLedger;
  const text = readFileSync(path, 'utf8');
  await writeFile(path, text + text.slice(0, 40));
  await drop(folder, 'b.json', documentText({ id: 2 }));
  expect((await pickUp(data, folder)).processed).toMatchObject({ version: 2 });
  const files = (await FolderLedger.read(path)).files();
  expect(files.map((file) => [file.path, file.version])).toEqual([
    ['b.json', 2],
    ['a.json', 1],
  ]);
});
