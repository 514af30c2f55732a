import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { readHistory } from '../../src/main/warehouse/read-history';
import { documentLines, documentText, drop, fates, packed } from '../helpers/dropped-files';
import { runCli, type RunningCli, startCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';

interface Watching {
  data: string;
  folder: string;
  running: RunningCli;
}

const LONG = { timeout: 30_000, interval: 200 };

async function watching(env: NodeJS.ProcessEnv = {}, flags: string[] = []): Promise<Watching> {
  const data = await temporaryFolder();
  const folder = await temporaryFolder();
  return { data, folder, running: startWatch(data, folder, env, flags) };
}

function startWatch(
  data: string,
  folder: string,
  env: NodeJS.ProcessEnv = {},
  flags: string[] = [],
) {
  const source = `folder:${folder}`;
  const running = startCli(
    ['watch', '--data', data, '--source', source, '--games', 'all', ...flags],
    env,
  );
  onTestFinished(async () => {
    running.kill('SIGKILL');
    await running.done;
  });
  return running;
}

async function versionOf(data: string, path: string): Promise<number | null> {
  return (await fates(data))[path]?.version ?? null;
}

test.each([
  ['with events', {}],
  ['without events, by the listing alone', { POKEDEX_FOLDER_EVENTS: 'off' }],
])(
  '%s: files are taken up as they come, half ones once they are whole',
  async (_name, env) => {
    const { data, folder } = await watching(env, ['--every', '1s']);
    await drop(folder, 'a.json', documentText({ id: 1 }));
    await expect.poll(() => versionOf(data, 'a.json'), LONG).toBe(1);
    const text = documentText({ id: 2 });
    await writeFile(join(folder, 'slow.json'), text.slice(0, 100));
    await expect.poll(async () => (await fates(data))['slow.json']?.outcome, LONG).toBe('waiting');
    await drop(folder, 'in/b.ndjson.gz', packed(documentLines({ id: 3 }, { id: 4 })));
    await expect.poll(() => versionOf(data, 'in/b.ndjson.gz'), LONG).toBe(2);
    await appendFile(join(folder, 'slow.json'), text.slice(100));
    await expect.poll(() => versionOf(data, 'slow.json'), LONG).toBe(3);
    expect(await readHistory(dataPaths(data))).toMatchObject([
      { version: 3, files: 1, rows: 4 },
      { version: 2, files: 1 },
      { version: 1, files: 1 },
    ]);
  },
  120_000,
);

test('an empty folder is waited for, and with --json each line is one event', async () => {
  const { data, folder, running } = await watching({}, ['--json', '--times', '1', '--every', '1s']);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await drop(folder, 'a.json', documentText({ id: 1 }));
  const { code, stdout, stderr } = await running.done;
  expect([code, stderr]).toEqual([0, '']);
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(events).toMatchObject([
    { event: 'watching', every_ms: 1_000 },
    { event: 'started' },
    { event: 'done', version: 1, folder: { taken_up: 1 } },
  ]);
  expect(await versionOf(data, 'a.json')).toBe(1);
}, 60_000);

test('two watches on one folder and one data folder take each file up once', async () => {
  const { data, folder } = await watching({}, ['--every', '1s']);
  startWatch(data, folder, {}, ['--every', '1s']);
  for (let id = 1; id <= 8; id += 1) {
    await drop(folder, `${id}.json`, documentText({ id }));
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const published = async () =>
    Object.values(await fates(data)).filter(({ outcome }) => outcome === 'published').length;
  await expect.poll(published, LONG).toBe(8);
  const versions = await readHistory(dataPaths(data));
  expect(versions.reduce((sum, { files }) => sum + files, 0)).toBe(8);
  expect(versions[0]?.rows).toBe(8);
}, 120_000);

test('a folder that is not there ends it; one that goes away later is waited for', async () => {
  const data = await temporaryFolder();
  const none = await runCli(['watch', '--data', data, '--source', `folder:${data}-none`]);
  expect(none.code).toBe(2);
  expect(none.stderr).toContain('There is no folder');
  const { folder, running } = await watching({}, ['--every', '1s']);
  await drop(folder, 'a.json', documentText({ id: 1 }));
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await rm(folder, { recursive: true });
  await running.says('There is no folder');
}, 60_000);

test('history says how many files a version took up, and what became of each', async () => {
  const data = await temporaryFolder();
  const folder = await temporaryFolder();
  await drop(folder, 'a.json', documentText({ id: 1 }));
  await drop(folder, 'b\n.json', 'no');
  const flags = ['--data', data];
  const refresh = await runCli([
    'refresh',
    '--source',
    `folder:${folder}`,
    '--games',
    'all',
    ...flags,
  ]);
  expect(refresh.code).toBe(0);
  expect(refresh.stdout).toContain('1 taken up (1 document), 1 in quarantine');
  expect(refresh.stderr).toContain('in quarantine, is not valid JSON');
  const versions = await runCli(['history', ...flags]);
  expect(versions.stdout).toMatch(/│ files │\n.*│ 1 +│\n/s);
  const files = await runCli(['history', '--files', '--json', ...flags]);
  expect(JSON.parse(files.stdout)).toMatchObject([
    { path: 'a.json', outcome: 'published', version: 1, documents: 1, reason: null },
    { path: 'b\n.json', outcome: 'quarantined', version: null, reason: 'is not valid JSON' },
  ]);
  const shown = await runCli(['history', '--files', ...flags]);
  expect(shown.stdout).toContain('2 files');
}, 60_000);
