import type { LookupAddress } from 'node:dns';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Outbox } from '../../src/main/webhooks/outbox';
import { isPublicAddress } from '../../src/main/webhooks/public-address';
import { temporaryFolder } from '../helpers/temporary-folder';
import { startReceiver } from './webhook-receiver';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

const NOT_PUBLIC = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd00:ec2::254',
  'fec0::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'no address',
  '',
];
const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.167.1.1',
  '2606:4700::1111',
  '2a00:1450:4001:800::200e',
  '64:ff9b::808:808',
];

it.each(NOT_PUBLIC)('%s is no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(PUBLIC)('%s is a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

/** One try to `url` where the host names resolve as told. */
async function tryOnce(url: string, addresses: readonly string[]) {
  const asked: string[] = [];
  const outbox = new Outbox(join(await temporaryFolder(), 'deliveries'), {
    limits: { connectMs: 500, totalMs: 500 },
    resolve: async (host) => {
      asked.push(host);
      return addresses.map((address): LookupAddress => ({
        address,
        family: address.includes(':') ? 6 : 4,
      }));
    },
  });
  const channel = { kind: 'webhook' as const, url, secret: SECRET };
  await outbox.enqueue({ id: 'msg_1', channel, body: {} });
  await outbox.deliverDue();
  return { asked, attempt: (await outbox.list())[0]?.attempts[0] };
}

describe('a host name', () => {
  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['8.8.8.8', '127.0.0.1']],
    [['169.254.169.254']],
  ])('that leads to %j is not asked, in words', async (addresses) => {
    const receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    const { asked, attempt } = await tryOnce(`http://hooks.example:${port}/`, addresses);
    expect(attempt?.status).toBeNull();
    expect(attempt?.outcome).toBe(
      `was not asked: its host name leads to ${addresses.at(-1)}, which is not a public address; type a private address itself if you mean it`,
    );
    expect(asked).toEqual(['hooks.example']);
    expect(receiver.received).toEqual([]);
  });

  it('is resolved once a try: what was checked is what is connected to', async () => {
    const receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    const { asked, attempt } = await tryOnce(`http://localhost:${port}/`, ['127.0.0.1']);
    expect(attempt?.status).toBe(204);
    expect(asked).toEqual(['localhost']);
    expect(receiver.received[0]?.headers.host).toBe(`localhost:${port}`);
  });

  it('of this computer leads nowhere else', async () => {
    const { attempt } = await tryOnce('http://localhost:9/', ['192.168.1.1']);
    expect(attempt?.outcome).toMatch(/^was not asked: its host name leads to 192\.168\.1\.1/);
  });
});

it('a private address that a person typed is asked', async () => {
  for (const host of ['127.0.0.1', '::1']) {
    const receiver = await startReceiver(host);
    const { asked, attempt } = await tryOnce(receiver.url, []);
    expect(attempt?.status).toBe(204);
    expect(asked).toEqual([]);
  }
});
