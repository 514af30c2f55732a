import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LogFile } from '../../src/main/base/log-file';
import { AppError } from '../../src/preload/contract/errors';
import { runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

async function logged(what: string, error: unknown): Promise<string> {
  const log = new LogFile(join(await temporaryFolder(), 'log'));
  log.failed(what, error);
  return log.read();
}

test('a fault of the app is there with its stack, what a person was told without', async () => {
  const fault = await logged('settings.save', new TypeError('x is not a function'));
  expect(fault).toMatch(
    /^\d{4}-\d\d-\d\dT\S+Z settings\.save failed: TypeError: x is not a function\n {4}at .*log-file\.test\.ts/,
  );
  const told = new AppError('disk-full', 'The disk is full.', {
    cause: new Error('ENOSPC: write'),
  });
  expect(await logged('refresh', told)).toMatch(
    /refresh failed: disk-full: AppError: The disk is full\.\n {2}cause: Error: ENOSPC: write\n/,
  );
});

test('no query and no value of a row is in it', async () => {
  for (const error of [
    new Error(`Conversion Error: Could not convert string 'Pikachu' to INT32\n\nLINE 1: SELECT`),
    new AppError('bad-query', `Table with name Pikachu does not exist`, {
      cause: new Error('Pikachu'),
    }),
    new AppError('internal', 'Something failed.', {
      cause: new Error(`Invalid Input Error: Pikachu`),
    }),
    new AppError('gather-incomplete', '1 of 5 documents are missing: Pikachu.'),
    'Pikachu',
  ]) {
    const text = await logged('sql.run', error);
    expect(text).not.toContain('Pikachu');
    expect(text).toContain('sql.run failed: ');
  }
});

test('no sign in it steers the terminal that shows it', async () => {
  const error = new Error('\u001b[2Jgone \u202eback\u009b31m');
  const text = await logged('start', new AppError('internal', 'x\u0007', { cause: error }));
  expect(text).toContain('Error: �[2Jgone �back�31m');
  expect(text).toContain('internal: AppError: x�');
  expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
});

test('it stays small, is this user’s alone, and is put aside in few files', async () => {
  const log = new LogFile(join(await temporaryFolder(), 'log'));
  for (let line = 0; line < 600; line += 1) log.note(`${line} ${'x'.repeat(5_000)}`);
  const names = (await readdir(log.folder)).sort();
  expect(names).toEqual(['pokedex.1.log', 'pokedex.2.log', 'pokedex.log']);
  for (const name of names) {
    const { size, mode } = await stat(join(log.folder, name));
    expect(size).toBeLessThan(510_000);
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
  }
  // Oldest first.
  const lines = log.read().match(/(?<=Z )\d+/g) ?? [];
  expect(lines).toEqual([...lines].sort((a, b) => Number(a) - Number(b)));
  expect(lines.at(-1)).toBe('599');
});

test('one that cannot be written stops nothing, and a link there is not written through', async () => {
  const top = await temporaryFolder();
  await writeFile(join(top, 'file'), '');
  new LogFile(join(top, 'file')).started('a test');
  new LogFile('/proc/no/log').started('a test');
  const early = new LogFile(join(top, 'data', 'log'));
  early.note('before there is a data folder');
  await mkdir(join(top, 'data'));
  early.note('after');
  expect(early.read()).toMatch(/before there is a data folder\n.*after\n$/);
  await mkdir(join(top, 'log'));
  await writeFile(join(top, 'precious'), 'precious');
  await symlink(join(top, 'precious'), join(top, 'log', 'pokedex.log'));
  new LogFile(join(top, 'log')).started('a test');
  expect(await readFile(join(top, 'precious'), 'utf8')).toBe('precious');
});

test('serve and commands log what went wrong, and the page can have it', async () => {
  const data = await temporaryFolder();
  const refresh = ['refresh', '--source', 'bundled', '--data', data];
  expect((await runCli(refresh)).code).toBe(0);
  await writeFile(join(data, 'tables', 'pokemon', '_delta_log', '00000000000000000001.json'), '{');
  expect((await runCli(['process', '--games', 'all', '--data', data])).code).toBe(1);
  expect((await runCli(['query', 'SELECT secret', '--data', data])).code).toBe(1);

  const app = await serveReadyApp(data);
  const shown = await app.call('log.show', {});
  if (shown.kind !== 'download') throw new Error('no download');
  const { body, headers } = await app.page(shown.url);
  expect(headers['content-disposition']).toContain('filename="pokedex-log.txt"');
  const text = body.toString('utf8');
  expect(text).toMatch(/pokedex process failed: table-damaged: /);
  expect(text).toMatch(/started \d+\.\d+\.\d+ in pokedex serve \(process \d+; Node 2/);
  expect(text).not.toContain('secret');

  app.kill('SIGTERM');
  await app.ended;
  expect(await readFile(join(data, 'log', 'pokedex.log'), 'utf8')).toMatch(
    new RegExp(`stopped \\(process ${app.pid}\\)\\n$`),
  );
});
