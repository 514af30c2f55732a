import {
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { readHistory } from '../../src/main/warehouse/read-history';
import { readGatherRun, writeGatherRun } from '../../src/main/pipeline/gather-run';
import { landDocuments } from '../helpers/land-documents';
import { documentLines, documentText, drop, fates, packed, pickUp } from '../helpers/dropped-files';
import { temporaryFolder } from '../helpers/temporary-folder';

async function folders(): Promise<{ data: string; folder: string }> {
  return { data: await temporaryFolder(), folder: await temporaryFolder() };
}

async function landed(data: string): Promise<string[]> {
  return (await readdir(dataPaths(data).documents)).sort();
}

describe('what is taken up', () => {
  test('one document, many lines of them, both packed, and one over several lines: one version', async () => {
    const { data, folder } = await folders();
    await drop(folder, 'one.json', documentText({ id: 1 }));
    await drop(folder, 'two.ndjson', documentLines({ id: 2 }, { id: 3 }));
    await drop(folder, 'four.json.gz', packed(documentText({ id: 4 })));
    await drop(folder, 'more.ndjson.gz', packed(documentLines({ id: 5 }, { id: 6 })));
    const pretty = JSON.stringify(JSON.parse(documentText({ id: 7 })), null, 2);
    await drop(folder, 'deep/in/it/seven.json', `\uFEFF${pretty}\r\n`);
    const { gathered, processed } = await pickUp(data, folder);
    expect(gathered).toMatchObject({ listed: 7, fetched: 7, folder: { files: 5, taken_up: 5 } });
    expect(processed).toMatchObject({ version: 1, inserted: 7 });
    const [version] = await readHistory(dataPaths(data));
    expect(version).toMatchObject({ version: 1, files: 5, source: `folder:${folder}` });
    const files = await fates(data);
    expect(files['two.ndjson']).toMatchObject({
      outcome: 'published',
      version: 1,
      documents: 2,
      reason: null,
    });
    expect(new Set(Object.values(files).map(({ batch }) => batch)).size).toBe(1);
    expect(await landed(data)).toEqual([1, 2, 3, 4, 5, 6, 7].map((id) => `${id}.json`));
    // A document of a file with lines is landed byte for byte as its line.
    expect(await readFile(join(dataPaths(data).documents, '3.json'), 'utf8')).toBe(
      documentText({ id: 3 }),
    );
  });

  test('a later file replaces what it has, and what it does not have stays', async () => {
    const { data, folder } = await folders();
    await drop(folder, 'a.ndjson', documentLines({ id: 1 }, { id: 2 }));
    await pickUp(data, folder);
    await drop(folder, 'b.json', documentText({ id: 2, weight: 500 }));
    await rm(join(folder, 'a.ndjson'));
    const { processed } = await pickUp(data, folder);
    expect(processed).toMatchObject({ version: 2, inserted: 0, updated: 1, deleted: 0 });
    expect(await fates(data)).toMatchObject({
      'a.ndjson': { version: 1 },
      'b.json': { version: 2 },
    });
  });

  test('where a gather from elsewhere was cut short, what that still lacks is not taken for left', async () => {
    const { data, folder } = await folders();
    await landDocuments(data, [{ id: 1 }]);
    const { run } = dataPaths(data);
    const source = 'https://pokeapi.example/api/v2';
    const cutShort = {
      ...{ run: 'r', source, force: false, started_at: new Date().toISOString() },
      ...{ gathered_at: null, listed: 1000, missing: [], allowed: [], complete: false },
    };
    await writeGatherRun(run, cutShort);
    await drop(folder, 'two.json', documentText({ id: 2 }));
    await expect(pickUp(data, folder)).rejects.toMatchObject({
      code: 'gather-incomplete',
      message: `The last gather from ${source} was cut short.`,
    });
    // It is taken up all the same, and that gather still goes on where it was.
    expect(await landed(data)).toContain('2.json');
    expect(await readGatherRun(run)).toEqual(cutShort);
    const { processed } = await pickUp(data, folder, { allowMissing: true });
    expect(processed).toMatchObject({ version: 1, inserted: 2 });
    expect(await fates(data)).toMatchObject({ 'two.json': { outcome: 'published', version: 1 } });
  });

  test('of files with the same document that come at once the last written counts', async () => {
    const { data, folder } = await folders();
    const [old, middle, last] = [
      await drop(folder, 'z-old.json', documentText({ id: 1, weight: 10 })),
      await drop(folder, 'm.ndjson', documentLines({ id: 1, weight: 20 }, { id: 2 })),
      await drop(folder, 'a-new.json', documentText({ id: 1, weight: 30 })),
    ];
    await utimes(old, 1_000, 1_000);
    await utimes(middle, 2_000, 2_000);
    await utimes(last, 3_000, 3_000);
    await pickUp(data, folder);
    expect(await readFile(join(dataPaths(data).documents, '1.json'), 'utf8')).toContain(
      '"weight":30',
    );
    expect(await fates(data)).toMatchObject({
      'z-old.json': { outcome: 'replaced', version: null },
      'm.ndjson': { outcome: 'published', version: 1 },
      'a-new.json': { outcome: 'published', version: 1 },
    });
    expect((await readHistory(dataPaths(data)))[0]?.files).toBe(2);
  });

  test('1,000 files at once are one version, and the next look reads none of them', async () => {
    const { data, folder } = await folders();
    for (let id = 1; id <= 1_000; id += 1) {
      await writeFile(join(folder, `${id}.json`), documentText({ id }));
    }
    const { processed } = await pickUp(data, folder);
    expect(processed).toMatchObject({ version: 1, inserted: 1_000 });
    await settled();
    await pickUp(data, folder);
    expect((await pickUp(data, folder)).gathered.folder).toMatchObject({ files: 1_000, read: 0 });
    expect(await readHistory(dataPaths(data))).toMatchObject([{ files: 1_000 }]);
  });

  test.skipIf(process.platform === 'win32')('any name a file can have', async () => {
    const { data, folder } = await folders();
    const names = [
      'it’s "one".json',
      'year=2026/a=b.json',
      '🎉.json',
      'two\nlines.json',
      '%20.json',
    ];
    for (const [index, name] of names.entries()) {
      await drop(folder, name, documentText({ id: index + 1 }));
    }
    expect((await pickUp(data, folder)).processed).toMatchObject({ inserted: names.length });
    expect(Object.keys(await fates(data)).sort()).toEqual([...names].sort());
  });
});

/** Until a change would show in a file's times. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 150));
}

describe('what is known', () => {
  test('touched, renamed, copied or sent again, a content makes no version', async () => {
    const { data, folder } = await folders();
    const one = await drop(folder, 'one.json', documentText({ id: 1 }));
    const two = await drop(folder, 'two.json', documentText({ id: 2 }));
    await pickUp(data, folder);
    await utimes(one, 5_000, 5_000);
    await rename(two, join(folder, 'deux.json'));
    await drop(folder, 'copy.json', documentText({ id: 1 }));
    const { gathered, processed } = await pickUp(data, folder);
    expect(processed).toMatchObject({ version: null });
    expect(gathered.folder).toMatchObject({ taken_up: 0, unchanged: 3 });
    const files = await fates(data);
    expect(files['one.json']).toMatchObject({ outcome: 'published', version: 1 });
    expect(files['deux.json']).toMatchObject({
      outcome: 'unchanged',
      reason: 'has the same content as two.json, which version 1 took up',
    });
    expect(files['copy.json']?.reason).toContain('one.json');
    // And so it stays after it was away.
    await rm(one);
    await pickUp(data, folder);
    await drop(folder, 'one.json', documentText({ id: 1 }));
    expect((await pickUp(data, folder)).processed).toMatchObject({ version: null });
    expect((await readHistory(dataPaths(data))).length).toBe(1);
  });

  test('an older file that is sent again does not undo a newer one', async () => {
    const { data, folder } = await folders();
    await drop(folder, 'day-1.json', documentText({ id: 1, weight: 10 }));
    await pickUp(data, folder);
    await drop(folder, 'day-2.json', documentText({ id: 1, weight: 20 }));
    await pickUp(data, folder);
    await drop(folder, 'again.json', documentText({ id: 1, weight: 10 }));
    expect((await pickUp(data, folder)).processed).toMatchObject({ version: null });
    expect(await readFile(join(dataPaths(data).documents, '1.json'), 'utf8')).toContain(
      '"weight":20',
    );
  });

  test('other bytes with the same documents in them, or with no other row, make no version', async () => {
    const { data, folder } = await folders();
    await drop(folder, 'a.ndjson', documentLines({ id: 1 }, { id: 2 }));
    await pickUp(data, folder);
    await drop(folder, 'b.ndjson.gz', packed(documentLines({ id: 2 }, { id: 1 })));
    await pickUp(data, folder);
    await drop(folder, 'c.json', documentText({ id: 1, moves: ['what no column has'] }));
    expect((await pickUp(data, folder)).processed).toMatchObject({ version: null });
    expect(await fates(data)).toMatchObject({
      'b.ndjson.gz': { outcome: 'unchanged', reason: 'has the documents that had landed before' },
      'c.json': { outcome: 'unchanged', reason: 'changes no row of version 1' },
    });
  });

  test('--force takes everything up again, the newest last, and tells no file twice', async () => {
    const { data, folder } = await folders();
    await drop(folder, 'a.json', documentText({ id: 1 }));
    await pickUp(data, folder);
    await rm(dataPaths(data).documents, { recursive: true });
    await rm(dataPaths(data).manifest);
    expect((await pickUp(data, folder)).processed).toBeNull();
    expect((await pickUp(data, folder, { force: true })).processed).toMatchObject({ documents: 1 });
    expect(await landed(data)).toEqual(['1.json']);
  });
});

describe('what waits', () => {
  test('a document that is half there, until it is whole; every cut of it', async () => {
    const { data, folder } = await folders();
    const whole = `${documentText({ id: 1, name: 'pokémon "é" 🎉', base_experience: null })}`;
    const bytes = Buffer.from(whole);
    for (let end = 0; end < bytes.length; end += 1) {
      await writeFile(join(folder, `${end}.json`), bytes.subarray(0, end));
    }
    const { gathered } = await pickUp(data, folder);
    expect(gathered.folder).toMatchObject({ taken_up: 0, files: bytes.length });
    expect(gathered.folder?.left.filter(({ outcome }) => outcome !== 'waiting')).toEqual([]);
    expect((await fates(data))['100.json']).toMatchObject({
      outcome: 'waiting',
      reason: 'is not whole yet',
    });
    await writeFile(join(folder, '100.json'), bytes);
    expect((await pickUp(data, folder)).processed).toMatchObject({ version: 1 });
    expect((await fates(data))['100.json']).toMatchObject({ outcome: 'published', version: 1 });
  });

  test('gzip that is cut anywhere, a file of zeros, one whose last line is half', async () => {
    const { data, folder } = await folders();
    const whole = packed(documentLines({ id: 1 }, { id: 2 }));
    for (let end = 1; end < whole.length; end += 7) {
      await writeFile(join(folder, `${end}.gz`), whole.subarray(0, end));
    }
    await writeFile(join(folder, 'zeros.json'), Buffer.alloc(5_000));
    const text = documentText({ id: 3 });
    const preallocated = Buffer.concat([Buffer.from(text.slice(0, 200)), Buffer.alloc(500)]);
    await writeFile(join(folder, 'preallocated.json'), preallocated);
    await writeFile(join(folder, 'lines.ndjson'), `${text}\n${text.slice(0, 90)}`);
    const { gathered } = await pickUp(data, folder);
    expect(gathered.listed).toBe(0);
    const kinds = new Set(gathered.folder?.left.map(({ outcome }) => outcome));
    expect(kinds).toEqual(new Set(['waiting']));
    expect((await fates(data))['lines.ndjson']).toMatchObject({ outcome: 'waiting' });
    // What went away before it was whole waits no longer.
    await rm(join(folder, 'lines.ndjson'));
    await pickUp(data, folder);
    expect((await fates(data))['lines.ndjson']).toMatchObject({ outcome: 'gone' });
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a file, or a folder in it, that may not be read, until it may',
    async () => {
      const { data, folder } = await folders();
      const file = await drop(folder, 'a.json', documentText({ id: 1 }));
      await drop(folder, 'in/b.json', documentText({ id: 2 }));
      await chmod(file, 0o000);
      await chmod(join(folder, 'in'), 0o000);
      try {
        const { gathered } = await pickUp(data, folder);
        expect(gathered.folder?.left).toMatchObject([
          { path: 'a.json', outcome: 'waiting', reason: 'may not be read' },
          { path: 'in', outcome: 'waiting', reason: 'cannot be read (EACCES)' },
        ]);
      } finally {
        await chmod(file, 0o644);
        await chmod(join(folder, 'in'), 0o755);
      }
      expect((await pickUp(data, folder)).processed).toMatchObject({ version: 1, inserted: 2 });
    },
  );
});

describe('what is quarantined', () => {
  test.each([
    ['no-json.json', 'hello', 'is not valid JSON'],
    ['page.html', '<html>', 'is a web page instead of JSON'],
    ['list.json', `[${documentText({ id: 1 })}]`, 'has no field id'],
    ['other.json', '{"id": 3}\n', 'line 1 has no field name'],
    [
      'lines.ndjson',
      documentLines({ id: 1 }) + '{"id": 2,}\n' + documentLines({ id: 3 }),
      'line 2 is not valid JSON',
    ],
    [
      'latin.json',
      Buffer.from(documentText({ id: 1, name: 'pokémon' }), 'latin1'),
      'is not valid UTF-8',
    ],
  ])('%s: nothing of it is taken up, and the reason is told', async (name, content, reason) => {
    const { data, folder } = await folders();
    const file = await drop(folder, name, content);
    const { gathered } = await pickUp(data, folder);
    expect(gathered.folder?.left).toMatchObject([{ path: name, outcome: 'quarantined' }]);
    expect(gathered.folder?.left[0]?.reason).toContain(reason);
    expect(gathered.listed).toBe(0);
    const copies = (await readdir(dataPaths(data).quarantine)).sort();
    expect(copies).toEqual([
      expect.stringMatching(new RegExp(`^[0-9a-f]{12}-${name}$`)),
      expect.stringMatching(/\.reason\.json$/),
    ]);
    const [copy = '', told = ''] = copies.map((each) => join(dataPaths(data).quarantine, each));
    expect(await readFile(copy)).toEqual(Buffer.from(content));
    expect(JSON.parse(await readFile(told, 'utf8'))).toMatchObject({ path: name, folder });
    // The folder is somebody else's.
    expect(await readFile(file)).toEqual(Buffer.from(content));
    // Told once, under whatever name it comes again.
    await rename(file, join(folder, `again-${name}`));
    await pickUp(data, folder);
    expect((await readdir(dataPaths(data).quarantine)).length).toBe(2);
    // Mended by its owner, it is another content.
    await drop(folder, `again-${name}`, documentText({ id: 1 }));
    expect((await pickUp(data, folder)).processed).toMatchObject({ version: 1 });
  });

  test('gzip whose checksum is wrong', async () => {
    const { data, folder } = await folders();
    const bytes = packed(documentText({ id: 1 }));
    bytes[bytes.length - 8] = (bytes[bytes.length - 8] ?? 0) ^ 1;
    await drop(folder, 'a.gz', bytes);
    expect((await pickUp(data, folder)).gathered.folder?.left).toMatchObject([
      { outcome: 'quarantined', reason: 'is gzip that is damaged' },
    ]);
  });

  test('a document larger than any, however it is packed', async () => {
    const { data, folder } = await folders();
    await drop(folder, 'large.gz', packed(`{"id": 1, "name": "${'x'.repeat(9_000_000)}"}`));
    expect((await pickUp(data, folder)).gathered.folder?.left).toMatchObject([
      { outcome: 'quarantined', reason: expect.stringContaining('is larger than 8 MB') },
    ]);
  });
});

describe.skipIf(process.platform === 'win32')('links', () => {
  test('to a file are that file, to a folder are not followed, to nothing wait', async () => {
    const { data, folder } = await folders();
    const elsewhere = await temporaryFolder();
    await drop(elsewhere, 'real.json', documentText({ id: 1 }));
    await symlink(join(elsewhere, 'real.json'), join(folder, 'linked.json'));
    await symlink(folder, join(folder, 'loop'));
    await symlink(join(elsewhere, 'none.json'), join(folder, 'dangling.json'));
    await link(join(elsewhere, 'real.json'), join(folder, 'hard.json'));
    const { gathered, processed } = await pickUp(data, folder);
    expect(processed).toMatchObject({ version: 1, inserted: 1 });
    expect(gathered.folder).toMatchObject({
      files: 2,
      left: [{ path: 'dangling.json', reason: 'is a link that leads nowhere' }],
    });
  });

  test('the folder itself may be one', async () => {
    const { data, folder } = await folders();
    await drop(folder, 'a.json', documentText({ id: 1 }));
    const linked = join(await temporaryFolder(), 'link');
    await symlink(folder, linked);
    expect((await pickUp(data, linked)).processed).toMatchObject({ version: 1 });
  });
});

test('hidden files, temporary ones and the data folder in it are passed over', async () => {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  await mkdir(data);
  await drop(folder, 'a.json', documentText({ id: 1 }));
  await writeFile(join(folder, '.a.json.part'), 'half');
  await writeFile(join(folder, 'a.json~'), 'old');
  expect((await pickUp(data, folder)).gathered.folder).toMatchObject({ files: 1, left: [] });
  expect((await pickUp(data, folder)).gathered.folder).toMatchObject({ files: 1, left: [] });
});

test('a folder that is not there, is a file, or is the app’s own is refused in words', async () => {
  const { data, folder } = await folders();
  const file = await drop(folder, 'a.json', documentText({ id: 1 }));
  const none = pickUp(data, join(folder, 'none'));
  await expect(none).rejects.toMatchObject({
    code: 'bad-source',
    message: expect.stringContaining('There is no folder'),
  });
  await expect(pickUp(data, file)).rejects.toMatchObject({ code: 'bad-source' });
  await mkdir(dataPaths(data).documents, { recursive: true });
  for (const own of [data, dataPaths(data).documents]) {
    await expect(pickUp(data, own)).rejects.toMatchObject({
      code: 'bad-source',
      message: expect.stringContaining('belongs to the data folder'),
    });
  }
});
