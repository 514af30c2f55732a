import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { childProcesses, waitUntil } from '../engine/processes';
import { servedMany } from '../helpers/documents';
import { gatherInto, serve } from '../helpers/gather-into';
import { processInto } from '../helpers/land-documents';
import { runCli, startCli } from '../helpers/run-cli';
import { processes, serveApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

async function smallData(): Promise<string> {
  const server = await serve(servedMany(5));
  const data = await temporaryFolder();
  await gatherInto(data, server);
  await processInto(data);
  return data;
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 0],
] as const)('%s ends it with %i, and its engines with it', async (signal, code) => {
  const app = await serveReadyApp(await smallData());
  await app.call('sql.run', { sql: 'SELECT 1' });
  const engines = app.engines();
  expect(engines).toHaveLength(2);
  app.kill(signal);
  expect(await app.ended).toEqual({ code, stderr: '' });
  await expect.poll(() => processes().filter(({ pid }) => engines.includes(pid))).toEqual([]);
});

test('ended in the middle of the first launch it leaves nothing running, and the next one is whole', async () => {
  const data = await temporaryFolder();
  const app = await serveApp(data);
  await app.event(({ name, payload }) => name === 'refresh.changed' && payload.state === 'running');
  app.kill('SIGTERM');
  expect((await app.ended).code).toBe(0);
  const again = await serveReadyApp(data);
  expect((await again.call('app.start', {})).dataset).toMatchObject({ rows: 649, version: 1 });
});

test('killed outright, its engines do not outlive it', async () => {
  const app = await serveReadyApp(await smallData());
  const engines = app.engines();
  expect(engines).toHaveLength(1);
  app.kill('SIGKILL');
  await app.ended;
  await expect.poll(() => processes().filter(({ pid }) => engines.includes(pid))).toEqual([]);
});

test('a port in use is a usage error with a way out', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const data = await temporaryFolder();
  const { code, stderr } = await runCli([
    'serve',
    '--no-open',
    '--port',
    `${port}`,
    '--data',
    data,
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain(`Port ${port} is in use by another program.`);
});

test('--json prints one document with the address, also when ended while its engine loads', async () => {
  const cli = startCli(['serve', '--no-open', '--json', '--data', await smallData()]);
  onTestFinished(() => cli.kill('SIGKILL'));
  await waitUntil(async () => (await childProcesses(cli.pid)).length === 1, 30_000);
  cli.kill('SIGTERM');
  const { stdout, code } = await cli.done;
  expect(code).toBe(0);
  const printed = JSON.parse(stdout) as { url: string; pid: number };
  expect(printed.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{32}$/);
  expect(printed.pid).toBe(cli.pid);
});
