import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { Outbox, type OutboxOptions } from '../../src/main/webhooks/outbox';
import { temporaryFolder } from '../helpers/temporary-folder';
import { TestClock } from '../updates/test-clock';
import { startReceiver } from './webhook-receiver';

const NOW = Date.parse('2026-08-08T12:00:00Z');
const OLD = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const NEW = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

async function newOutbox(options: OutboxOptions = {}) {
  const folder = join(await temporaryFolder(), 'deliveries');
  const clock = new TestClock(NOW);
  const all = { clock, random: () => 0, ...options };
  return { folder, clock, outbox: new Outbox(folder, all), again: () => new Outbox(folder, all) };
}

function messageTo(url: string, id = 'msg_1', secret = OLD) {
  return {
    id,
    channel: { kind: 'webhook' as const, url, secret },
    body: {
      type: 'alert.firing',
      timestamp: '2026-08-08T12:00:00Z',
      data: { title: 'Poké “left”' },
    },
  };
}

const pass = (clock: TestClock, ms: number) => clock.sleep(ms, new AbortController().signal);

describe('a webhook', () => {
  it('is one that the library of Standard Webhooks verifies, under one id and a new time each try', async () => {
    const receiver = await startReceiver();
    // The library holds the time against that of the system.
    const clock = new TestClock(Date.now() - 10_000);
    const { outbox } = await newOutbox({ clock });
    receiver.answers = [500];
    await outbox.enqueue(messageTo(receiver.url));
    await outbox.deliverDue();
    await pass(clock, 10_000);
    await outbox.deliverDue();

    expect(receiver.received).toHaveLength(2);
    const headers = receiver.received.map((each) => each.headers as Record<string, string>);
    for (const [index, { method, body }] of receiver.received.entries()) {
      expect(method).toBe('POST');
      expect(new Webhook(OLD).verify(body, headers[index] ?? {})).toEqual(messageTo('').body);
      expect(headers[index]?.['content-type']).toBe('application/json');
    }
    expect(headers.map((each) => each['webhook-id'])).toEqual(['msg_1', 'msg_1']);
    const times = headers.map((each) => Number(each['webhook-timestamp']));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(10);
    expect(headers[0]?.['webhook-signature']).not.toBe(headers[1]?.['webhook-signature']);
    expect(await outbox.nextDue()).toBeNull();
  });

  it('is signed with two secrets while they change, and one of them is enough', async () => {
    const receiver = await startReceiver();
    const { outbox } = await newOutbox({ clock: new TestClock(Date.now()) });
    await outbox.enqueue(messageTo(receiver.url, 'msg_1', `${NEW} ${OLD}`));
    await outbox.deliverDue();
    const { body = '', headers = {} } = receiver.received[0] ?? {};
    for (const secret of [OLD, NEW]) {
      new Webhook(secret).verify(body, headers as Record<string, string>);
    }
    const stranger = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
    expect(() => new Webhook(stranger).verify(body, headers as Record<string, string>)).toThrow(
      'No matching signature',
    );
    expect(receiver.received[0]?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  });

  it('that waited while its secret was changed is signed with the new one too', async () => {
    const receiver = await startReceiver();
    const { outbox } = await newOutbox({ clock: new TestClock(Date.now()) });
    await outbox.enqueue(messageTo(receiver.url, 'early', OLD));
    await outbox.enqueue(messageTo(receiver.url, 'late', NEW));
    await outbox.deliverDue();
    expect(receiver.received.map((each) => each.headers['webhook-id'])).toEqual(['early', 'late']);
    for (const { body, headers } of receiver.received) {
      new Webhook(NEW).verify(body, headers as Record<string, string>);
    }
  });
});

describe('retries', () => {
  it('come after the waits that the specification suggests, then it is failed and kept for replay', async () => {
    const receiver = await startReceiver();
    const { outbox, clock } = await newOutbox();
    receiver.answers = Array.from({ length: 10 }, () => 400);
    await outbox.enqueue(messageTo(receiver.url));
    const waits: number[] = [];
    for (;;) {
      await outbox.deliverDue();
      const next = await outbox.nextDue();
      if (next === null) break;
      waits.push(next - clock.now());
      await pass(clock, next - clock.now());
    }
    const hours = [2, 5, 10, 14, 20, 24].map((hour) => hour * HOUR);
    expect(waits).toEqual([5 * SECOND, 5 * MINUTE, 30 * MINUTE, ...hours]);
    expect(await outbox.list()).toMatchObject([
      { id: 'msg_1', state: 'failed', next: null, attempts: { length: 10 } },
    ]);
    expect((await outbox.list())[0]?.attempts[9]).toEqual({
      at: new Date(NOW + 75 * HOUR + 35 * MINUTE + 5 * SECOND).toISOString(),
      status: 400,
      outcome: 'answered 400',
    });

    await outbox.replay('msg_1');
    await outbox.deliverDue();
    expect(receiver.received).toHaveLength(11);
    expect(new Set(receiver.received.map((each) => each.headers['webhook-id'])).size).toBe(1);
    expect((await outbox.list())[0]?.state).toBe('delivered');
  });

  it.each([
    ['seconds', '7200', 2 * HOUR],
    ['a date', new Date(Date.now() + 3 * HOUR).toUTCString(), 3 * HOUR],
  ])('wait as long as Retry-After says in %s', async (_unit, header, wait) => {
    const receiver = await startReceiver();
    const { outbox } = await newOutbox();
    receiver.answers = [(response) => response.writeHead(429, { 'retry-after': header }).end()];
    await outbox.enqueue(messageTo(receiver.url));
    await outbox.enqueue(messageTo(receiver.url, 'msg_2'));
    await outbox.deliverDue();
    // The endpoint is left alone, not only with this message.
    expect(receiver.received).toHaveLength(1);
    const next = (await outbox.nextDue()) ?? 0;
    expect(Math.abs(next - NOW - wait)).toBeLessThan(20_000);
  });

  it.each([301, 302, 303, 307, 308])(
    'come after a redirect (%i), which is not followed',
    async (status) => {
      const [receiver, other] = [await startReceiver(), await startReceiver()];
      const { outbox } = await newOutbox();
      receiver.answers = [(response) => response.writeHead(status, { location: other.url }).end()];
      await outbox.enqueue(messageTo(receiver.url));
      await outbox.deliverDue();
      expect(other.received).toEqual([]);
      expect((await outbox.list())[0]).toMatchObject({
        state: 'waiting',
        attempts: [{ status, outcome: `answered ${status}` }],
      });
    },
  );

  it('come after silence, a connection that breaks and one that is refused', async () => {
    const receiver = await startReceiver();
    const { outbox, clock } = await newOutbox({ limits: { connectMs: 300, totalMs: 300 } });
    receiver.answers = [() => {}, (response) => response.destroy()];
    await outbox.enqueue(messageTo(receiver.url));
    await outbox.enqueue(messageTo('http://127.0.0.1:1/', 'msg_2'));
    await outbox.deliverDue();
    await pass(clock, 5 * SECOND);
    await outbox.deliverDue();
    const [second, first] = await outbox.list();
    expect(first?.attempts.map((each) => [each.status, each.outcome])).toEqual([
      [null, 'did not answer within 0.3 s'],
      [null, 'closed the connection too early'],
    ]);
    expect(second?.attempts[0]?.outcome).toBe('refused the connection');
  });

  it('do not wait for a body that never ends: the status decides', async () => {
    const receiver = await startReceiver();
    const { outbox } = await newOutbox({ limits: { connectMs: 300, totalMs: 300 } });
    receiver.answers = [
      (response) => response.writeHead(200).write('…'),
      (response) => {
        response.writeHead(500);
        const more = () => response.write('x'.repeat(1_000_000), more);
        more();
      },
    ];
    await outbox.enqueue(messageTo(receiver.url));
    await outbox.enqueue(messageTo(receiver.url, 'msg_2'));
    await outbox.deliverDue();
    expect((await outbox.list()).map(({ state }) => state)).toEqual(['waiting', 'delivered']);
  });

  it('are due again at once where the endpoint answers again', async () => {
    const receiver = await startReceiver();
    const { outbox, clock } = await newOutbox();
    await outbox.enqueue(messageTo(receiver.url));
    for (const wait of [5 * SECOND, 5 * MINUTE, 30 * MINUTE]) {
      receiver.answers = [503];
      await outbox.deliverDue();
      await pass(clock, wait);
    }
    receiver.answers = [503];
    await outbox.deliverDue();
    expect((await outbox.nextDue()) ?? 0).toBe(clock.now() + 2 * HOUR);
    await pass(clock, 6 * MINUTE);
    await outbox.enqueue(messageTo(receiver.url, 'msg_2'));
    await outbox.deliverDue();
    await outbox.deliverDue();
    expect((await outbox.list()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('are neither lost nor a storm where the clock is set back or forward', async () => {
    const receiver = await startReceiver();
    const { outbox, clock } = await newOutbox();
    receiver.answers = [400, 400, 400];
    await outbox.enqueue(messageTo(receiver.url));
    await outbox.deliverDue();
    await pass(clock, -30 * 24 * HOUR);
    await outbox.deliverDue();
    expect(receiver.received).toHaveLength(2);
    await outbox.deliverDue();
    expect(receiver.received).toHaveLength(2);
    await pass(clock, 60 * 24 * HOUR);
    await outbox.deliverDue();
    await outbox.deliverDue();
    expect(receiver.received).toHaveLength(3);
  });
});

describe('an endpoint', () => {
  it('that answers 410 is off until a person switches it on, and loses nothing', async () => {
    const receiver = await startReceiver();
    const { outbox, clock } = await newOutbox();
    receiver.answers = [410];
    await outbox.enqueue(messageTo(receiver.url));
    await outbox.enqueue(messageTo(receiver.url, 'msg_2'));
    await outbox.deliverDue();
    await pass(clock, 24 * HOUR);
    await outbox.enqueue(messageTo(receiver.url, 'msg_3'));
    await outbox.deliverDue();
    expect(receiver.received).toHaveLength(1);
    expect(await outbox.nextDue()).toBeNull();
    expect((await outbox.list()).map(({ state, next }) => [state, next])).toEqual(
      Array.from({ length: 3 }, () => ['endpoint-off', null]),
    );
    await expect(outbox.replay('msg_1')).rejects.toThrow('The endpoint of this delivery is off.');

    await outbox.switchOn('msg_1');
    await outbox.deliverDue();
    expect(receiver.received.map((each) => each.headers['webhook-id'])).toEqual([
      'msg_1',
      'msg_1',
      'msg_2',
      'msg_3',
    ]);
  });

  it('that is slow delays no other, and is sent one message at a time, in order', async () => {
    const [slow, quick] = [await startReceiver(), await startReceiver()];
    const { outbox } = await newOutbox();
    let answerSlow = () => {};
    slow.answers = [(response) => (answerSlow = () => response.writeHead(204).end())];
    for (let index = 0; index < 5; index += 1) {
      await outbox.enqueue(messageTo(slow.url, `slow_${index}`));
      await outbox.enqueue(messageTo(quick.url, `quick_${index}`));
    }
    const round = outbox.deliverDue();
    await expect.poll(() => quick.received.length).toBe(5);
    expect(slow.received).toHaveLength(1);
    answerSlow();
    await round;
    expect(slow.received.map((each) => each.headers['webhook-id'])).toEqual(
      Array.from({ length: 5 }, (_, index) => `slow_${index}`),
    );
    expect(slow.mostOpen).toBe(1);
  });

  it('is sent to by one of several processes at a time, each message once', async () => {
    const receiver = await startReceiver();
    const { outbox, again } = await newOutbox();
    for (let index = 0; index < 12; index += 1) {
      await outbox.enqueue(messageTo(receiver.url, `msg_${index}`));
    }
    const others = [outbox, again(), again()];
    await Promise.all(others.map((each) => each.deliverDue()));
    while ((await outbox.nextDue()) !== null) await outbox.deliverDue();
    const ids = receiver.received.map((each) => each.headers['webhook-id']);
    expect(ids).toEqual(Array.from({ length: 12 }, (_, index) => `msg_${index}`));
    expect(receiver.mostOpen).toBe(1);
  });
});

describe('what is on disk', () => {
  it('is one message an id, however often it is queued', async () => {
    const receiver = await startReceiver();
    const { outbox, again } = await newOutbox();
    await Promise.all(
      [outbox, again(), again()].map((each) => each.enqueue(messageTo(receiver.url))),
    );
    await outbox.deliverDue();
    await again().enqueue(messageTo(receiver.url));
    await outbox.deliverDue();
    expect(receiver.received).toHaveLength(1);
  });

  it('can be read by its owner alone, and only the file of secrets holds any', async () => {
    const receiver = await startReceiver();
    const { outbox, folder } = await newOutbox();
    receiver.answers = [(response) => response.writeHead(400).end(`no: ${OLD}`)];
    await outbox.enqueue(messageTo(`${receiver.url}?token=t0ken`, 'msg_1', `${OLD} ${NEW}`));
    await outbox.deliverDue();
    await outbox.enqueue(messageTo(receiver.url, 'msg_2', NEW));
    await outbox.deliverDue();
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((each) => each.isFile())) {
      const path = join(file.parentPath, file.name);
      if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
      const text = await readFile(path, 'utf8');
      if (file.name !== 'endpoints.json') expect(text).not.toMatch(/whsec_/);
    }
    const log = JSON.stringify(await outbox.list());
    expect(log).not.toMatch(/whsec_|t0ken|left/);
  });

  it('says that a try was under way when its program was killed, and tries again', async () => {
    const receiver = await startReceiver();
    const { outbox, again, clock } = await newOutbox();
    receiver.answers = [() => {}];
    await outbox.enqueue(messageTo(receiver.url));
    const stop = new AbortController();
    const round = outbox.deliverDue(stop.signal);
    await expect.poll(() => receiver.received.length).toBe(1);
    // Another process leaves it alone for as long as a try may take.
    await again().deliverDue();
    expect(receiver.received).toHaveLength(1);
    await pass(clock, 31 * SECOND);
    await again().deliverDue();
    expect(receiver.received).toHaveLength(2);
    expect((await again().list())[0]?.attempts.map(({ outcome }) => outcome)).toEqual([
      'ended with the program',
      'answered 204',
    ]);
    stop.abort();
    await round;
  });

  it('counts no try where the program is closed in the middle of one', async () => {
    const receiver = await startReceiver();
    const { outbox, clock } = await newOutbox();
    receiver.answers = [() => {}];
    await outbox.enqueue(messageTo(receiver.url));
    const stop = new AbortController();
    const round = outbox.deliverDue(stop.signal);
    await expect.poll(() => receiver.received.length).toBe(1);
    stop.abort();
    await round;
    expect(await outbox.nextDue()).toBe(clock.now());
    await outbox.deliverDue();
    expect((await outbox.list())[0]).toMatchObject({ state: 'delivered' });
  });
});

describe('what cannot be sent', () => {
  it.each([
    ['whsec_c2hvcnQ='],
    [OLD.slice('whsec_'.length)],
    [`whsec_${Buffer.alloc(65).toString('base64')}`],
    ['whsec_not-base64-at-all-but-long-enough-to-be-one'],
    [`${OLD} `],
  ])('a secret such as %s is refused in one sentence that does not hold it', async (secret) => {
    const { outbox } = await newOutbox();
    const refused = outbox.enqueue(messageTo('https://example.org/', 'msg_1', secret));
    await expect(refused).rejects.toThrow(
      /^The webhook’s secret cannot be used: it is not whsec_ and then 24 to 64 random bytes in base64\.$/,
    );
  });

  it.each([
    'ftp://example.org/',
    'file:///etc/passwd',
    'example.org/hook',
    'https://ash:pika@example.org/',
  ])('an address such as %s is refused', async (url) => {
    const { outbox } = await newOutbox();
    await expect(outbox.enqueue(messageTo(url))).rejects.toThrow(
      /^The webhook’s address cannot be used: it /,
    );
  });

  it('an IP address in disguise is refused', async () => {
    const { outbox } = await newOutbox();
    for (const host of ['2130706433', '0x7f.1', '0177.0.0.1', '127.1']) {
      await expect(outbox.enqueue(messageTo(`http://${host}/`))).rejects.toThrow(
        'it spells the IP address 127.0.0.1 in another way.',
      );
    }
  });

  it('a body of 20 kB is refused', async () => {
    const { outbox } = await newOutbox();
    const message = { ...messageTo('https://example.org/'), body: { text: 'x'.repeat(20_000) } };
    await expect(outbox.enqueue(message)).rejects.toThrow('smaller than 20 kB');
  });
});

describe('what a message was queued for is gone', () => {
  it('and what waits of it is ended, which the log says, until somebody takes it back', async () => {
    const receiver = await startReceiver();
    const { outbox, clock, again } = await newOutbox();
    receiver.answers = [500];
    await outbox.enqueue({ ...messageTo(receiver.url, 'left-1'), rule: 'left' });
    await outbox.deliverDue();
    await outbox.enqueue({ ...messageTo(receiver.url, 'other-1'), rule: 'other' });
    expect(await outbox.waitingByRule()).toEqual(new Map(Object.entries({ left: 1, other: 1 })));
    expect(await outbox.endOf('left', 'its alert was removed')).toEqual(['left-1']);
    await pass(clock, 10 * SECOND);
    await again().deliverDue();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      ...['left-1', 'other-1'],
    ]);
    const ended = () => outbox.list().then((all) => all.find(({ id }) => id === 'left-1'));
    expect(await ended()).toMatchObject({
      state: 'ended',
      ended: 'its alert was removed',
      next: null,
    });
    await outbox.revive(['left-1', 'other-1']);
    await outbox.deliverDue();
    expect(await ended()).toMatchObject({ state: 'delivered', ended: null });
    expect(receiver.received).toHaveLength(3);
  });

  it('during a try, which ends as it may: without success it is not tried again', async () => {
    const receiver = await startReceiver();
    const { outbox, again } = await newOutbox();
    const other = again();
    for (const [answer, state] of [
      [500, 'ended'],
      [410, 'ended'],
      [204, 'delivered'],
    ] as const) {
      const id = `msg_${answer}`;
      receiver.answers = [
        (response) =>
          void other
            .endOf(id, 'its alert was removed')
            .then(() => response.writeHead(answer).end()),
      ];
      const path = `${receiver.url}-${answer}`;
      await outbox.enqueue({ ...messageTo(path, id), rule: id });
      await outbox.deliverDue();
      const found = (await outbox.list()).find((each) => each.id === id);
      expect(found).toMatchObject({ state, attempts: [{ status: answer }] });
    }
  });
});
