import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Outbox, type OutboxOptions } from '../../src/main/webhooks/outbox';
import { Authority, selfSigned } from '../helpers/certificates';
import { forwardProxy } from '../helpers/forward-proxy';
import { temporaryFolder } from '../helpers/temporary-folder';
import { startReceiver } from './webhook-receiver';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

afterEach(() => vi.unstubAllEnvs());

async function tryOnce(url: string, options: OutboxOptions = {}) {
  const outbox = new Outbox(join(await temporaryFolder(), 'deliveries'), options);
  const channel = { kind: 'webhook' as const, url, secret: SECRET };
  await outbox.enqueue({ id: 'msg_1', channel, body: { hello: 'Pikachu' } });
  await outbox.deliverDue();
  return (await outbox.list())[0]?.attempts[0];
}

test('a certificate that cannot be trusted gets no message, in words', async () => {
  const receiver = await startReceiver('127.0.0.1', await selfSigned({ host: '127.0.0.1' }));
  expect(await tryOnce(receiver.url)).toMatchObject({
    status: null,
    outcome: 'has a certificate that it signed itself',
  });
  expect(receiver.received).toEqual([]);
});

test('over TLS, with the authorities that the environment names', async () => {
  const authority = await Authority.make();
  const file = join(await temporaryFolder(), 'authority.pem');
  await writeFile(file, authority.pem);
  vi.stubEnv('NODE_EXTRA_CA_CERTS', file);
  const receiver = await startReceiver('127.0.0.1', await authority.issue({ host: '127.0.0.1' }));
  expect(await tryOnce(receiver.url)).toMatchObject({ status: 204 });
  expect(receiver.received[0]?.body).toBe('{"hello":"Pikachu"}');
});

test('through the proxy that the environment names', async () => {
  const [receiver, proxy] = [await startReceiver(), await forwardProxy()];
  vi.stubEnv('HTTP_PROXY', proxy.url);
  expect(await tryOnce(receiver.url)).toMatchObject({ status: 204 });
  expect(proxy.seen).toEqual([`POST ${receiver.url}`]);
  vi.stubEnv('NO_PROXY', '127.0.0.1');
  expect(await tryOnce(receiver.url)).toMatchObject({ status: 204 });
  expect(proxy.seen).toHaveLength(1);
  expect(receiver.received.map(({ method, body }) => [method, body])).toEqual([
    ['POST', '{"hello":"Pikachu"}'],
    ['POST', '{"hello":"Pikachu"}'],
  ]);
});

test('a name that leads to a private address here is not asked through a proxy either', async () => {
  const proxy = await forwardProxy();
  vi.stubEnv('HTTP_PROXY', proxy.url);
  const resolve = async () => [{ address: '10.1.2.3', family: 4 }];
  expect(await tryOnce('http://intranet.example/hook', { resolve })).toMatchObject({
    status: null,
    outcome: expect.stringContaining('its host name leads to 10.1.2.3') as string,
  });
  // There it would mean the proxy's own machine.
  expect(await tryOnce('http://localhost:9/hook')).toMatchObject({
    outcome: expect.stringContaining('the proxy’s own machine') as string,
  });
  expect(proxy.seen).toEqual([]);
  // A name that only the proxy knows is the proxy's to resolve.
  const unknown = () => Promise.reject(new Error('ENOTFOUND'));
  await tryOnce('http://only-there.invalid/hook', { resolve: unknown });
  expect(proxy.seen).toEqual(['POST http://only-there.invalid/hook']);
});
