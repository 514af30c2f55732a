import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { Outbox } from '../../src/main/webhooks/outbox';
import { servedMany } from '../helpers/documents';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli, startCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';
import { startReceiver } from './webhook-receiver';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

async function queue(data: string, url: string, id = 'msg_1'): Promise<Outbox> {
  const outbox = new Outbox(dataPaths(data).deliveries);
  await outbox.enqueue({ id, channel: { kind: 'webhook', url, secret: SECRET }, body: { id } });
  return outbox;
}

async function source(): Promise<PokeapiServer> {
  const server = await new PokeapiServer(servedMany(12)).listen();
  onTestFinished(() => server.close());
  return server;
}

test('refresh delivers what is due after its report, and a failing webhook fails no refresh', async () => {
  const [receiver, server] = [await startReceiver(), await source()];
  const data = await temporaryFolder();
  await queue(data, receiver.url);
  await queue(data, 'http://127.0.0.1:1/', 'msg_2');
  const flags = ['--data', data, '--source', server.url, '--games', 'all', '--json'];
  const { code, stdout, stderr } = await runCli(['refresh', ...flags]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
  expect(receiver.received.map(({ body }) => body)).toEqual(['{"id":"msg_1"}']);
  expect(stderr).toContain('Not every message to a webhook could be delivered');
});

test('watch delivers between its runs, also what failed at first', async () => {
  const [receiver, server] = [await startReceiver(), await source()];
  receiver.answers = [500];
  const data = await temporaryFolder();
  const flags = ['--data', data, '--source', server.url, '--games', 'all', '--every', '1h'];
  const watch = startCli(['watch', ...flags]);
  await queue(data, receiver.url);
  await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBe(2);
  watch.kill('SIGINT');
  expect((await watch.done).code).toBe(130);
});

test('the delivery log, replay and switching an endpoint on again are commands too', async () => {
  const receiver = await startReceiver();
  receiver.answers = [410];
  const data = await temporaryFolder();
  const outbox = await queue(data, `${receiver.url}?token=t0ken`);
  await outbox.deliverDue();
  const alerts = (...args: string[]) => runCli(['alerts', ...args, '--data', data]);
  const refused = await alerts('replay', 'msg_1');
  expect([refused.code, refused.stdout]).toEqual([2, '']);
  expect(refused.stderr).toContain('The endpoint of this delivery is off.');
  expect((await alerts('replay', 'msg_9')).stderr).toContain('There is no delivery of that id.');
  const resumed = await alerts('resume', 'msg_1', '--json');
  expect(JSON.parse(resumed.stdout)).toMatchObject({ id: 'msg_1', state: 'delivered' });
  expect((await alerts('replay', 'msg_1')).stdout).toBe(`msg_1: ${receiver.url}?… answered 204.\n`);
  expect(receiver.received).toHaveLength(3);
  const log = await alerts('deliveries', '--json');
  expect(JSON.parse(log.stdout)).toMatchObject([
    { id: 'msg_1', state: 'delivered', attempts: { length: 3 } },
  ]);
  expect(log.stdout + resumed.stdout).not.toMatch(/whsec_|t0ken/);
  expect((await alerts('deliveries')).stdout).toMatch(/msg_1 .*delivered .*3 .*answered 204/);
});

test('the app delivers beside its work, tells its pages, replays, and never logs a secret', async () => {
  const receiver = await startReceiver();
  receiver.answers = [410];
  const data = await snapshotData();
  const url = `${receiver.url}?token=t0ken`;
  await queue(data, url);
  const app = await serveReadyApp(data);
  await app.event(({ name }) => name === 'deliveries.changed');
  await expect
    .poll(async () => (await app.call('deliveries.list', {}))[0]?.state)
    .toBe('endpoint-off');
  await expect(app.call('deliveries.replay', { id: 'msg_1' })).rejects.toThrow('is off');
  await app.call('deliveries.resume', { id: 'msg_1' });
  await expect.poll(() => receiver.received.length).toBe(2);
  await expect
    .poll(async () => (await app.call('deliveries.list', {}))[0])
    .toMatchObject({ id: 'msg_1', url: `${receiver.url}?…`, state: 'delivered', next: null });
  const log = await readFile(join(dataPaths(data).log, 'pokedex.log'), 'utf8');
  expect(log).not.toMatch(/whsec_|t0ken/);
  const told = JSON.stringify([app.events, await app.call('deliveries.list', {})]);
  expect(told).not.toMatch(/whsec_|t0ken/);
});
