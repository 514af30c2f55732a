import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { whenBusy } from '../helpers/busy-machine';
import { CLI } from '../helpers/run-cli';
import { publishedData } from './published-data';

const places = publishedData();

/** Runs a command and sees from outside what it and its engine hold at most, in MB. */
async function peakOf(
  ...args: string[]
): Promise<{ code: number | null; peak: number; ms: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, ...args, '--data', places.data], { stdio: 'ignore' });
  const pid = String(child.pid);
  let peak = 0;
  const look = setInterval(() => {
    const held = [pid, ...childrenOf(pid)].map(heldBy).reduce((sum, each) => sum + each, 0);
    peak = Math.max(peak, held / 1_000_000);
  }, 10);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(look);
  return { code, peak, ms: performance.now() - started };
}

function childrenOf(pid: string): string[] {
  return readProc(`${pid}/task/${pid}/children`).split(' ').filter(Boolean);
}

function heldBy(pid: string): number {
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(readProc(`${pid}/status`))?.[1] ?? 0) * 1024;
}

/** Empty once the process is gone. */
function readProc(path: string): string {
  try {
    return readFileSync(join('/proc', path), 'utf8').trim();
  } catch {
    return '';
  }
}

const KEY = 'k'.repeat(60_000);

describe.skipIf(process.platform !== 'linux')('small inputs that would grow large', () => {
  test.each([
    `SELECT {'${KEY}': i} FROM range(10000) t(i)`,
    `SELECT MAP {'a': row({'${KEY}': i}, 1)} FROM range(10000) t(i)`,
    `SELECT array_value({'${KEY}': i}) FROM range(10000) t(i)`,
    `SELECT i AS "${KEY}" FROM range(10000) t(i)`,
  ])('a query with keys of 60,000 characters in 10,000 rows: %.30s', async (sql) => {
    for (const format of ['json', 'csv']) {
      const { code, peak } = await peakOf('query', sql, '--format', format);
      expect(code).toBe(1);
      expect(peak).toBeGreaterThan(100);
      expect(peak).toBeLessThan(300);
    }
  });

  test('DuckDB’s own values have its own limit', async () => {
    const { code, peak } = await peakOf('query', `SELECT MAP {'${KEY}': i} FROM range(10000) t(i)`);
    expect(code).toBe(1);
    expect(peak).toBeLessThan(1_500);
  });

  test('a view file of 1.3 MB, which is as many values as a view may have', async () => {
    const view = join(places.folder, 'large.pokeview.json');
    const values = (from: number) =>
      Array.from({ length: 9_900 }, (_, n) => `${'n'.repeat(60)}${from + n}`);
    const oneOf = (from: number) => ({ kind: 'one-of', column: 'name', values: values(from) });
    const text = JSON.stringify({ pokeview: 1, filters: [oneOf(10_000), oneOf(20_000)] });
    expect(text.length).toBeGreaterThan(1_300_000);
    await writeFile(view, text);
    const out = join(places.folder, 'large.csv');
    const { code, peak, ms } = await peakOf('export', '--view', view, '--out', out);
    expect(code).toBe(0);
    expect(peak).toBeLessThan(300);
    expect(ms).toBeLessThan(whenBusy(30_000));
  });

  test('outlines of 19,000 corners', async () => {
    const view = join(places.folder, 'outlines.pokeview.json');
    const outline = (turn: number) =>
      Array.from({ length: 1_000 }, (_, n) => [Math.sin(n + turn) * 1_000, Math.cos(n) * 20]);
    const more = Array.from({ length: 18 }, (_, turn) => outline(turn));
    const lasso = { kind: 'lasso', x: 'weight_kg', y: 'height_m', points: outline(20), more };
    await writeFile(view, JSON.stringify({ pokeview: 1, filters: [lasso] }));
    const out = join(places.folder, 'outlines.csv');
    const { code, peak, ms } = await peakOf('export', '--view', view, '--out', out);
    expect(code).toBe(0);
    expect(peak).toBeLessThan(600);
    expect(ms).toBeLessThan(whenBusy(50_000));
  });
});
