import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type DataPaths, dataPaths } from '../../src/main/base/data-folder';
import { keysOf } from '../../src/main/base/folder-keys';
import { noteAccess, readAccessLog, subjectMark } from '../../src/main/privacy/access-log';
import { runCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';
import { snapshotData } from '../helpers/snapshot-data';

let paths: DataPaths;

beforeEach(async () => {
  const folder = await temporaryFolder();
  vi.stubEnv('POKEDEX_KEYS', join(folder, 'keys'));
  paths = dataPaths(join(folder, 'data'));
});
afterEach(() => vi.unstubAllEnvs());

const note = (how: string) => noteAccess(paths, { what: 'export', how });
const problems = async () => (await readAccessLog(paths)).problems;
const lines = async () => (await readFile(paths.accessLog, 'utf8')).trimEnd().split('\n');
const write = (content: readonly string[]) =>
  writeFile(paths.accessLog, content.map((line) => `${line}\n`).join(''));
const seal = async () => join(await keysOf(paths), 'access-log-seal.json');

async function fiveEntries(): Promise<string[]> {
  for (const how of ['one', 'two', 'three', 'four', 'five']) await note(how);
  return lines();
}

test('nothing noted is nothing wrong, and five entries stand in their order', async () => {
  expect(await readAccessLog(paths)).toEqual({ noted: 0, problems: [], entries: [] });
  await fiveEntries();
  const log = await readAccessLog(paths);
  expect(log).toMatchObject({ noted: 5, problems: [] });
  expect(log.entries.map(({ n, how }) => `${n} ${how}`)).toEqual([
    ...['1 one', '2 two', '3 three', '4 four', '5 five'],
  ]);
});

const at = (written: readonly string[], ...places: number[]) =>
  places.map((place) => written[place - 1] ?? '');

const TAMPERED: [string, (written: string[]) => string[], RegExp][] = [
  ['a value is changed', (w) => w.map((line) => line.replace('two', 'owt')), /Line 2 .* changed/],
  ['its spelling is changed', (w) => w.map((l) => l.replace('"two"', '"\\u0074wo"')), /Line 2/],
  ['the first is dropped', (w) => w.slice(1), /^Entry 1 is missing\.$/],
  ['two are dropped', (w) => at(w, 1, 4, 5), /^Entries 2 to 3 are missing\.$/],
  ['two change places', (w) => at(w, 1, 3, 2, 4, 5), /Entry 2 stands after entry 3/],
  ['one is repeated', (w) => at(w, 1, 2, 2, 3, 4, 5), /Entry 2 stands after entry 2/],
  ['the last one is cut off', (w) => w.slice(0, 4), /^Entry 5 is missing: the end/],
  ['the end is cut off', (w) => w.slice(0, 2), /^Entries 3 to 5 are missing: the end/],
  ['the end is torn', (w) => [...w.slice(0, 4), (w[4] ?? '').slice(0, 30)], /Line 5 .* changed/],
  ['all is taken away', () => [], /^Entries 1 to 5 are missing: the end/],
];

test.each(TAMPERED)('found where %s, also once more is noted', async (_what, tamper, sentence) => {
  await write(tamper(await fiveEntries()));
  expect(await problems()).toContainEqual(expect.stringMatching(sentence));
  await note('six');
  expect(await problems()).not.toEqual([]);
});

test('found where the whole log is that of another folder, or an earlier one of this folder', async () => {
  const written = await fiveEntries();
  const other = dataPaths(join(paths.data, '..', 'other'));
  for (const how of ['one', 'two', 'three', 'four', 'five']) {
    await noteAccess(other, { what: 'export', how });
  }
  await writeFile(paths.accessLog, await readFile(other.accessLog));
  expect(await problems()).toEqual([expect.stringContaining('the whole log was replaced')]);

  // The seal of an earlier state, with all that was noted since taken away, lies with the keys.
  await write(written);
  const early = await readFile(await seal());
  await note('six');
  await writeFile(await seal(), early);
  expect(await problems()).toEqual(['The log goes on after its sealed end, entry 5.']);
});

test('found where the seal, the key or the folder’s id is gone, and for good', async () => {
  await fiveEntries();
  await rm(await seal());
  expect(await problems()).toEqual([expect.stringContaining('is not sealed')]);
  await note('six');
  expect(await problems()).toEqual([expect.stringContaining('Entry 6 does not follow')]);

  await rm(join(await keysOf(paths), 'access-log.json'));
  expect(await problems()).toEqual([expect.stringContaining('The log is not sealed.')]);
  await rm(paths.folderId);
  await note('seven');
  expect(await problems()).not.toEqual([]);
});

test('killed between seal and line, the entry is noted, and nothing is wrong', async () => {
  const written = await fiveEntries();
  const whole = await readFile(await seal(), 'utf8');
  await note('six');
  const last = (await lines()).at(-1) ?? '';
  // As the seal stands before its line is written: made by a run that is stopped there.
  const pending = await sealBeforeLine();
  expect(pending).not.toBe(whole);
  for (const left of ['', last.slice(0, 40), last]) {
    await writeFile(await seal(), pending);
    await writeFile(paths.accessLog, `${written.join('\n')}\n${left}`);
    expect(await readAccessLog(paths)).toMatchObject({ noted: 6, problems: [] });
    expect((await readAccessLog(paths)).entries.at(-1)?.how).toBe('six');
    await note('seven');
    expect(await readAccessLog(paths)).toMatchObject({ noted: 7, problems: [] });
  }
});

/** The seal with the last line pending: what it says is what the app would have written. */
async function sealBeforeLine(): Promise<string> {
  const { sealOf } = await import('../../src/main/privacy/access-chain');
  const { folderKey } = await import('../../src/main/base/folder-keys');
  const key = await folderKey(paths, 'access-log', false);
  const line = (await lines()).at(-1) ?? '';
  const { n, seal: last } = JSON.parse(line) as { n: number; seal: string };
  const sealed = { count: n, last, pending: line };
  return JSON.stringify({ ...sealed, seal: sealOf(JSON.stringify(sealed), key) });
}

test('several processes note at once, and none is lost', async () => {
  const script = `
    const { noteAccess } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/main/privacy/access-log.ts'))});
    const { dataPaths } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/main/base/data-folder.ts'))});
    for (let i = 0; i < 5; i += 1) await noteAccess(dataPaths(${JSON.stringify(paths.data)}), { what: 'export', how: 'x' });`;
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const run = promisify(execFile);
  const one = () => run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
  await Promise.all([one(), one(), ...['a', 'b', 'c'].map(note)]);
  expect(await readAccessLog(paths)).toMatchObject({ noted: 13, problems: [] });
});

test('a subject’s mark is that of its salt, and leads to neither salt nor working data', async () => {
  const salt = Buffer.alloc(16, 7);
  const mark = subjectMark(salt);
  expect(mark).toMatch(/^[0-9a-f]{32}$/);
  expect(subjectMark(Buffer.alloc(16, 8))).not.toBe(mark);
  await noteAccess(paths, { what: 'erasure', how: 'pokedex erase', subjects: [mark] });
  expect((await readAccessLog(paths)).entries[0]?.subjects).toEqual([mark]);
  expect(await readdir(join(paths.data, 'privacy'))).toEqual(['access-log.ndjson', 'folder.json']);
});

test('commands that give identity out are in the log; --verify ends with 1 once it was tampered with', async () => {
  const data = await snapshotData();
  const own = dataPaths(data);
  const out = (name: string) => join(data, '..', `${Date.now()}-${name}`);
  const on = ['--data', data];
  const runs = await Promise.all([
    runCli(['export', '--out', out('all.csv'), ...on]),
    runCli(['query', 'SELECT name FROM pokemon LIMIT 2', '--format', 'csv', ...on]),
    runCli(['query', 'SELECT name FROM pokemon LIMIT 2', ...on]),
    runCli(['export', '--out', out('pseudonymised.csv'), '--pseudonymised', ...on]),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const listed = await runCli(['access-log', '--json', ...on]);
  const log = JSON.parse(listed.stdout) as Awaited<ReturnType<typeof readAccessLog>>;
  expect(log.entries.map(({ how }) => how).sort()).toEqual([
    'pokedex export, csv',
    'pokedex query, csv',
  ]);
  const exported = log.entries.find(({ how }) => how === 'pokedex export, csv');
  expect(exported?.columns).toEqual(['id', 'name', 'order', 'sprite_front_default', 'species']);
  expect(await readFile(own.accessLog, 'utf8')).not.toMatch(/bulbasaur|\.csv"/i);

  const whole = await runCli(['access-log', '--verify', ...on]);
  expect(whole).toMatchObject({ code: 0, stdout: expect.stringContaining('2 entries') as string });
  await writeFile(own.accessLog, (await readFile(own.accessLog, 'utf8')).replace('csv', 'vsc'));
  const broken = await runCli(['access-log', '--verify', '--json', ...on]);
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.stdout)).toMatchObject({ ok: false, noted: 2 });
});
