import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli, startCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';
import { jsonOf } from './json-output';

const NO_DISPLAY = { DISPLAY: '', WAYLAND_DISPLAY: '' };

/** A folder in Electron's place whose program notes what it is given and ends with a code. */
async function electronThat(ends: number): Promise<{ env: NodeJS.ProcessEnv; given: string }> {
  const folder = await temporaryFolder();
  const program = join(folder, 'electron');
  const given = join(folder, 'given');
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${given}'\nexit ${ends}\n`);
  await chmod(program, 0o700);
  return { env: { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: folder }, given };
}

async function someFiles(): Promise<string[]> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'of Spark'));
  const files = [join(folder, '--odd.csv'), join(folder, 'of Spark', 'part 1.csv')];
  for (const file of files) await writeFile(file, 'a\n1\n');
  return files;
}

test('the desktop app gets the files, and no data folder but a chosen one', async () => {
  const { env, given } = await electronThat(0);
  const files = await someFiles();
  expect(await runCli(['open', ...files], env)).toMatchObject({ code: 0, stdout: '', stderr: '' });
  const root = resolve(import.meta.dirname, '../..');
  expect((await readFile(given, 'utf8')).trim().split('\n')).toEqual([root, ...files]);

  const json = await runCli(['open', ...files, '--data', '/chosen', '--json'], env);
  expect(jsonOf(json)).toEqual({ app: 'desktop', opened: files });
  const lines = (await readFile(given, 'utf8')).trim().split('\n');
  expect(lines).toEqual([root, '--data', '/chosen', ...files]);
});

test('a desktop app that fails is a failure with a way out', async () => {
  const { env } = await electronThat(5);
  const { code, stderr } = await runCli(['open', ...(await someFiles())], env);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The desktop app ended with a failure\.\n.*pokedex serve --open/);
});

test.each([
  ['there is no display', NO_DISPLAY],
  ['libraries are missing', null],
])('in a browser where %s', async (_why, env) => {
  const data = await snapshotData();
  const home = await temporaryFolder();
  const files = await someFiles();
  const cli = startCli(['open', ...files, '--data', data], {
    ...(env ?? (await electronThat(127)).env),
    // Where the page that leads into the app is put; no browser opens it.
    ...{ HOME: home, PATH: '' },
  });
  onTestFinished(() => cli.kill('SIGKILL'));
  await cli.says('The app opens in the browser instead.');
  await expect
    .poll(() => readFile(join(data, 'recent.json'), 'utf8').catch(() => ''))
    .toContain(files[1]);
  cli.kill('SIGTERM');
  const { code, stdout } = await cli.done;
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^Pokédex Explorer is at http:\/\/127\.0\.0\.1:/) as string,
  });
});

test('what is not there is said at once, and nothing is started', async () => {
  const { env, given } = await electronThat(0);
  const { code, stderr } = await runCli(['open', '/nowhere/at all.csv'], env);
  expect(code).toBe(1);
  expect(stderr).toContain('“at all.csv” cannot be opened: there is no such file or folder.');
  await expect(readFile(given)).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await runCli(['open'], env)).code).toBe(2);
});

test('serve --open opens several, as open does', async () => {
  const files = await someFiles();
  const app = await serveReadyApp(await snapshotData(), undefined, [
    ...files.flatMap((file) => ['--open', file]),
  ]);
  const { datasets } = await app.call('app.start', {});
  expect(datasets.open.map(({ title }) => title)).toEqual(['--odd.csv', 'part 1.csv']);
});
