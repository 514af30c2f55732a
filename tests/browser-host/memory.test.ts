import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { waitUntil } from '../engine/processes';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';

const ONE = 1_000_000;

/** What a process holds and has held at most; null once it is gone. */
function memory(pid: number): { now: number; peak: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
    return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
  } catch {
    return null;
  }
}

/** Results of each kind that is large: long texts, many small values, nested ones. */
const LARGE = [
  `SELECT i, repeat('x', 5000) AS text FROM range(10000) t(i)`,
  `SELECT ${Array.from({ length: 150 }, (_, n) => `'v' || (i + ${n}) AS c${n}`).join(', ')} FROM range(10000) t(i)`,
  `SELECT list_transform(range(500), x -> x * i) AS list FROM range(7000) t(i)`,
];

test.skipIf(process.platform !== 'linux')(
  'large results pass through the app without staying in it, and a large file to save neither',
  { timeout: 180_000 },
  async () => {
    const app = await serveReadyApp(await snapshotData());
    await app.call('sql.run', { sql: 'SELECT 1' });
    const before = memory(app.pid);
    const enginesBefore = app.engines().map((pid) => memory(pid)?.now ?? 0);
    expect(enginesBefore.length).toBe(2);
    if (before === null) throw new Error('it has ended');
    for (const sql of [...LARGE, ...LARGE]) {
      const { rows, truncated } = await app.call('sql.run', { sql });
      expect([rows.length > 6_000, truncated]).toEqual([true, false]);
    }
    // 50 MB of text, of which no more than one answer is on its way at a time.
    const peak = (memory(app.pid)?.peak ?? 0) - before.peak;
    expect(peak / ONE).toBeLessThan(150);
    await app.call('file.save', { name: 'view.svg', kind: 'svg', content: 'x'.repeat(45 * ONE) });
    const grown = () => ((memory(app.pid)?.now ?? 0) - before.now) / ONE;
    await waitUntil(() => grown() < 100, 60_000);
    // What is left is there once, however often it is done: a second round adds next to nothing.
    const once = grown();
    for (const sql of LARGE) await app.call('sql.run', { sql });
    await app.call('file.save', { name: 'view.svg', kind: 'svg', content: 'x'.repeat(45 * ONE) });
    await waitUntil(() => grown() < once + 25, 60_000);
    // The engine that made them has given way to a small one, or will with the next question.
    await app.call('sql.run', { sql: 'SELECT 1' });
    await sleep(500);
    for (const pid of app.engines()) {
      expect((memory(pid)?.now ?? 0) / ONE).toBeLessThan(Math.max(...enginesBefore) / ONE + 100);
    }
  },
);
