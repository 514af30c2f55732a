import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** What paint-probe.mjs notes; times in ms since the page began. */
export interface Probe {
  /** One entry a selection: its number, and when the pointer event came that made it. */
  selected: { turn: number; at: number }[];
  /** Frames that show a selection's answers, and when each was over. */
  painted: { turn: number; at: number }[];
  /** Tasks of the main thread over 50 ms. */
  tasks: { at: number; ms: number }[];
  /** When a chart in sight was last drawn. */
  lastCanvasPaint: number;
  /** Charts in sight by when the first frame that shows them was over; 0 until then. */
  charts: Record<string, number>;
}

const LONGEST_WAIT_MS = 60_000;

export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript({ path: join(import.meta.dirname, 'paint-probe.mjs') });
}

/** Ms from the page's start to the frames with its first chart and with all that are in sight. */
export async function chartsPainted(page: Page): Promise<{ first: number; all: number }> {
  await until(page, ({ painted }) => painted.length > 0);
  const inSight = await page.evaluate<number>('chartsInSight()');
  const { charts } = await until(page, ({ charts }) => {
    const times = Object.values(charts);
    return times.length > 0 && times.length >= inSight && times.every((time) => time > 0);
  });
  const times = Object.values(charts);
  return { first: Math.min(...times), all: Math.max(...times) };
}

/** Ms from the page's start to the frame that shows the first answers. */
export async function firstPaint(page: Page): Promise<number> {
  const { painted } = await until(page, (probe) => probe.painted.length > 0);
  return painted[0]?.at ?? NaN;
}

/** Resolves once the newest selection is painted. */
export async function lastPainted(page: Page): Promise<void> {
  await until(page, ({ selected, painted }) => {
    return (painted.at(-1)?.turn ?? 0) >= (selected.at(-1)?.turn ?? Infinity);
  });
}

/** Not waitForFunction, which the page's policy (no eval) refuses. */
async function until(page: Page, wanted: (probe: Probe) => boolean): Promise<Probe> {
  for (let waited = 0; waited < LONGEST_WAIT_MS; waited += 100) {
    const probe = await readProbe(page);
    if (wanted(probe)) return probe;
    await page.waitForTimeout(100);
  }
  throw new Error('the page never showed what was selected');
}

export async function restartProbe(page: Page): Promise<void> {
  await page.evaluate(
    'paintProbe.selected = []; paintProbe.painted = []; paintProbe.tasks = []; 0',
  );
}

export function readProbe(page: Page): Promise<Probe> {
  return page.evaluate<Probe>('paintProbe');
}

/** Moves to painted frame in a page that answers each one by a change of one text. */
export async function emptyPageMoves(
  page: Page,
  moves: number,
  everyMs: number,
): Promise<number[]> {
  await page.setContent('<p style="height:300px">0</p>');
  await page.evaluate(`
    times = [];
    addEventListener('pointermove', ({ timeStamp }) => {
      document.querySelector('p').textContent = timeStamp;
      requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - timeStamp), 0));
    });0`);
  for (let step = 0; step < moves; step += 1) {
    await page.mouse.move(10 + (step % 200), 50);
    await page.waitForTimeout(everyMs);
  }
  await page.waitForTimeout(200);
  return page.evaluate<number[]>('times');
}
