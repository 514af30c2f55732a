import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Outbox } from '../../src/main/webhooks/outbox';
import { rounds, seedOf } from '../helpers/rounds';
import { seededRandom } from '../helpers/seeded-random';
import { temporaryFolder } from '../helpers/temporary-folder';
import { TestClock } from '../updates/test-clock';
import { startReceiver } from './webhook-receiver';

const PROGRAM = join(import.meta.dirname, 'delivering-program.ts');
const KILLS = rounds(3, 200);
const SEED = seedOf(7);
const DAY = 24 * 3_600_000;

it(
  `${KILLS} programs killed while they queue and deliver lose no message (seed ${SEED})`,
  { timeout: KILLS * 20_000 },
  async () => {
    const random = seededRandom(SEED);
    const receiver = await startReceiver();
    const folder = join(await temporaryFolder(), 'deliveries');
    const queued: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const first = String((kill + 1) * 10_000);
      const child = spawn(process.execPath, [
        '--import',
        'tsx',
        PROGRAM,
        folder,
        receiver.url,
        first,
      ]);
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
      await once(child.stdout, 'data');
      await wait(random() * 400);
      child.kill('SIGKILL');
      await once(child, 'close');
      queued.push(...output.split('\n').slice(0, -1));
    }
    expect(queued.length).toBeGreaterThan(KILLS);

    const clock = new TestClock(Date.now() + DAY);
    const outbox = new Outbox(folder, { clock });
    while ((await outbox.nextDue()) !== null) {
      await outbox.deliverDue();
      await clock.sleep(DAY, new AbortController().signal);
    }
    const received = receiver.received.map((each) => each.headers['webhook-id']);
    expect(queued.filter((id) => !received.includes(id))).toEqual([]);
    // Only what was under way at a kill is sent again.
    expect(received.length - new Set(received).size).toBeLessThanOrEqual(KILLS);
    const states = new Set((await outbox.list()).map(({ state }) => state));
    expect([...states]).toEqual(['delivered']);
  },
);
