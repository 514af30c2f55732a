/**
 * Queues messages and delivers them at once, saying which are queued, until it is killed:
 * `delivering-program.ts FOLDER URL FIRST`.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { Outbox } from '../../src/main/webhooks/outbox';

const [folder = '', url = '', first = '0'] = process.argv.slice(2);
const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const outbox = new Outbox(folder);

async function queue(): Promise<void> {
  for (let number = Number(first); ; number += 1) {
    const id = `msg_${number}`;
    await outbox.enqueue({ id, channel: { kind: 'webhook', url, secret }, body: { number } });
    process.stdout.write(`${id}\n`);
    // Delivering keeps up with it about.
    await wait(20);
  }
}

async function deliver(): Promise<void> {
  for (;;) await outbox.deliverDue();
}

await Promise.all([queue(), deliver()]);
