import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DataPaths, dataPaths } from '../../src/main/base/data-folder';
import { readAccessLog } from '../../src/main/privacy/access-log';
import { DATA_NAMES, isSealed, LiveFolder } from '../../src/main/privacy/protection/live-folder';
import { openBytes, sealBytes } from '../../src/main/privacy/protection/sealed-bytes';
import { pathsBelow } from '../../src/main/privacy/protection/sealed-folder';
import { keyOfCode, newDataKey, recoveryCode } from '../../src/main/privacy/protection/secrets';
import {
  completeSwitch,
  dataKeyOf,
  protectOff,
  protectOn,
} from '../../src/main/privacy/protection/switch-protection';
import { publishedData } from '../cli/published-data';
import { cases } from '../helpers/rounds';
import { runCli, startCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';
import { filesWith } from './canaries';

const PASSPHRASE = 'correct horse battery staple';
const WITH = { POKEDEX_PASSPHRASE: PASSPHRASE };
const CANARIES = ['bulbasaur', 'charmander', 'squirtle'];

const published = publishedData();

/** Data of its own, with a file of a person's and settings that name somebody. */
async function ownData(): Promise<DataPaths> {
  const paths = dataPaths(join(await temporaryFolder(), 'data'));
  await cp(published.data, paths.data, { recursive: true });
  const settings = { theme: 'dark', workspace: { compared: ['Squirtle'] } };
  await writeFile(paths.settings, JSON.stringify(settings));
  await writeFile(paths.sqlHistory, JSON.stringify([`SELECT 'Charmander'`]));
  return paths;
}

/** The files that hold the data, by their content. */
async function contents({ data }: DataPaths): Promise<Record<string, string>> {
  const paths = (await pathsBelow(data)).filter(isSealed).sort();
  const hashed = paths.map(async (path) => {
    const content = await readFile(join(data, path));
    return [path, createHash('sha256').update(content).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
}

const query = (sql: string, { data }: DataPaths, env: NodeJS.ProcessEnv = {}) =>
  runCli(['query', sql, '--format', 'csv', '--data', data], env);

test('a sealed file opens only whole, in its order, for its purpose and by its key', () => {
  const key = newDataKey();
  const plain = Buffer.alloc(2_500_000, 'Charizard ');
  const sealed = sealBytes(key, 'file', plain);
  expect(openBytes(key, 'file', sealed).equals(plain)).toBe(true);
  expect(openBytes(key, 'file', sealBytes(key, 'file', Buffer.alloc(0)))).toHaveLength(0);
  expect(sealBytes(key, 'file', plain).equals(sealed)).toBe(false);
  const [head, chunk] = [33, 1024 * 1024 + 16];
  const part = (number: number) =>
    sealed.subarray(head + number * chunk, head + (number + 1) * chunk);
  const flipped = (at: number) => {
    const copy = Buffer.from(sealed);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  const start = sealed.subarray(0, head);
  const broken = [
    ...[0, 20, head, head + chunk - 1, sealed.length - 1].map(flipped),
    sealed.subarray(0, head + chunk),
    sealed.subarray(0, sealed.length - 1),
    start,
    Buffer.concat([start, part(1), part(0), part(2)]),
    Buffer.concat([start, part(0), part(2)]),
    Buffer.concat([sealed, part(2)]),
  ];
  for (const bytes of broken) {
    expect(() => openBytes(key, 'file', bytes)).toThrow(/do not open/);
  }
  expect(() => openBytes(key, 'index', sealed)).toThrow(/do not open/);
  expect(() => openBytes(newDataKey(), 'file', sealed)).toThrow(/do not open/);
});

test('a recovery code is read as people write it, and a slip of the pen is none', () => {
  const key = Buffer.alloc(32, 9);
  const code = recoveryCode(key);
  expect(keyOfCode(` ${code.toLowerCase().replace(/0/g, 'o').replace(/-/g, ' ')} `)).toEqual(key);
  expect(keyOfCode(code.replace(/.$/, (sign) => (sign === '7' ? '8' : '7')))).toBeNull();
  expect(keyOfCode('correct horse battery staple')).toBeNull();
});

test('on and off again leaves every byte as it was; between them nothing names anybody', async () => {
  const paths = await ownData();
  const before = await contents(paths);
  const code = await protectOn(paths, PASSPHRASE, 'test');
  expect(await filesWith([paths.data], CANARIES)).toEqual([]);
  expect(JSON.parse(await readFile(paths.settings, 'utf8'))).toMatchObject({ theme: 'dark' });
  // `''`, the folder itself, is none of its names: removing that would take everything.
  expect(DATA_NAMES).not.toContain('');

  const sql = 'SELECT id, name, species, "order", hp FROM pokemon ORDER BY hp';
  const locked = await query(sql, paths);
  expect(locked.stdout.trim().split(/\r?\n/).slice(1)).toEqual([
    expect.stringMatching(/^100000[123],Redacted,Redacted,,/),
    expect.stringMatching(/^100000[123],Redacted,Redacted,,/),
    expect.stringMatching(/^100000[123],Redacted,Redacted,,/),
  ]);
  expect((await query(sql, paths, WITH)).stdout).toContain('Squirtle');
  const refused = await query(sql, paths, { POKEDEX_PASSPHRASE: 'another passphrase' });
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('That is not the passphrase of this data folder.');
  // A key that fits no lock here, well written.
  await expect(protectOff(paths, recoveryCode(newDataKey()), 'test')).rejects.toMatchObject({
    code: 'wrong-passphrase',
  });
  await expect(protectOff(paths, 'another passphrase', 'test')).rejects.toMatchObject({
    code: 'wrong-passphrase',
  });
  await expect(protectOn(paths, PASSPHRASE, 'test')).rejects.toMatchObject({ code: 'usage' });
  const writing = await runCli(['refresh', '--source', 'bundled', '--data', paths.data]);
  expect(writing).toMatchObject({ code: 1 });
  expect(writing.stderr).toContain('The data are protected, and locked.');
  expect(await filesWith([paths.data], CANARIES)).toEqual([]);

  await protectOff(paths, code, 'test');
  expect(await contents(paths)).toEqual(before);
  expect(existsSync(paths.sealed)).toBe(false);
  const { problems, entries } = await readAccessLog(paths);
  expect(problems).toEqual([]);
  expect(entries.map(({ what, how }) => `${what} ${how}`)).toEqual([
    'protection test, on',
    'unlock pokedex query',
    'export pokedex query, csv',
    'protection test, off',
  ]);
});

test('the row of an erased subject counts while it is locked as it does otherwise', async () => {
  const paths = await ownData();
  expect((await runCli(['erase', 'bulbasaur', '--yes', '--data', paths.data])).code).toBe(0);
  const sql = 'SELECT count(*), sum(weight), min(id), min(name) FROM pokemon';
  const [, open] = (await query(sql, paths)).stdout.trim().split(/\r?\n/);
  expect(open).toMatch(/^3,244,-1,Charmander$/);
  await protectOn(paths, PASSPHRASE, 'test');
  const [, locked] = (await query(sql, paths)).stdout.trim().split(/\r?\n/);
  expect(locked).toMatch(/^3,244,-1,Erased subject [0-9a-f]{4}…$/);
});

test('what is written while it is unlocked is sealed, and the redacted copy follows', async () => {
  const paths = await ownData();
  await protectOn(paths, PASSPHRASE, 'test');
  const key = await dataKeyOf(paths, PASSPHRASE);
  const live = await LiveFolder.enter(paths, key);
  expect((await stat(join(live.data, '..'))).mode & 0o777).toBe(0o700);
  // Another program of the same account uses the same folder, and leaves it to the one that stays.
  const again = await LiveFolder.enter(paths, key);
  expect(again.data).toBe(live.data);
  await writeFile(dataPaths(live.data).sqlHistory, JSON.stringify(['SELECT 1']));
  await again.leave();
  expect(existsSync(live.data)).toBe(true);
  await expect(protectOff(paths, PASSPHRASE, 'test')).rejects.toMatchObject({ code: 'locked' });
  const processed = await runCli(['process', '--games', 'all', '--data', paths.data], WITH);
  expect(processed.code).toBe(0);
  await live.leave();
  expect(existsSync(live.data)).toBe(false);
  expect(await filesWith([paths.data], CANARIES)).toEqual([]);
  await protectOff(paths, PASSPHRASE, 'test');
  expect(JSON.parse(await readFile(paths.sqlHistory, 'utf8'))).toEqual(['SELECT 1']);
});

test('what a killed program left in memory is gone with the next start', async () => {
  const paths = await ownData();
  await protectOn(paths, PASSPHRASE, 'test');
  const watching = ['watch', '--every', '24h', '--source', 'bundled', '--data', paths.data];
  const running = startCli(watching, WITH);
  const isIn = async () => (await readAccessLog(paths)).entries.at(-1)?.how;
  await expect.poll(isIn).toBe('pokedex watch');
  const live = await LiveFolder.enter(paths, await dataKeyOf(paths, PASSPHRASE));
  const { data } = live;
  await live.leave();
  expect(existsSync(data)).toBe(true);
  running.kill('SIGKILL');
  await running.done;
  expect((await runCli(['history', '--data', paths.data])).code).toBe(0);
  expect(existsSync(data)).toBe(false);
  expect(await filesWith([paths.data], CANARIES)).toEqual([]);
});

test('a sealed file that was damaged is said so, and nothing is changed', async () => {
  const paths = await ownData();
  await protectOn(paths, PASSPHRASE, 'test');
  const [file = ''] = await pathsBelow(join(paths.sealed, 'files'));
  const place = join(paths.sealed, 'files', file);
  await writeFile(place, (await readFile(place)).subarray(0, -1));
  await expect(protectOff(paths, PASSPHRASE, 'test')).rejects.toMatchObject({ code: 'wrong-key' });
  expect((await query('SELECT count(*) FROM pokemon', paths)).stdout).toContain('3');
});

type Kill = [when: string, mode: 'on' | 'off', isDue: (paths: DataPaths) => boolean];

const KILLED = cases<Kill>(
  [
    ['while the clear is taken away', 'on', ({ landing }) => !existsSync(landing)],
    ['once off is decided', 'off', (paths) => stateOf(paths) === 'turning-off'],
  ],
  [
    ['before it is decided', 'on', ({ sealed }) => existsSync(join(sealed, 'staged', 'tables'))],
    ['while it is sealed', 'on', ({ sealed }) => existsSync(join(sealed, 'files'))],
    ['once it is decided', 'on', ({ protection }) => existsSync(protection)],
    ['before off is decided', 'off', ({ sealed }) => existsSync(join(sealed, 'staged', 'landing'))],
  ],
);

function stateOf({ protection }: DataPaths): string | null {
  try {
    return (JSON.parse(readFileSync(protection, 'utf8')) as { state: string }).state;
  } catch {
    return null;
  }
}

test.each(KILLED)(
  'killed %s (%s), the next start has it on or off, whole',
  async (_when, mode, isDue) => {
    const paths = await ownData();
    const before = await contents(paths);
    if (mode === 'off') await protectOn(paths, PASSPHRASE, 'test');
    const running = startCli(['protect', mode, '--data', paths.data], WITH);
    let ended = false;
    void running.done.then(() => (ended = true));
    while (!isDue(paths) && !ended) await new Promise((again) => setImmediate(again));
    running.kill('SIGKILL');
    await running.done;
    await completeSwitch(paths);
    if (stateOf(paths) === null) {
      expect(await contents(paths)).toEqual(before);
      expect(existsSync(paths.sealed)).toBe(false);
    } else {
      expect(stateOf(paths)).toBe('on');
      expect(await filesWith([paths.data], CANARIES)).toEqual([]);
      await protectOff(paths, PASSPHRASE, 'test');
      expect(await contents(paths)).toEqual(before);
    }
    expect((await readAccessLog(paths)).problems).toEqual([]);
  },
);
