import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { arrive, awaitAll, takePart } from '../../src/renderer/state/one-moment';

afterEach(() => {
  vi.useRealTimers();
});

function part(name: string, isShowing = () => true): void {
  onTestFinished(takePart(name, isShowing));
}

test('a version is shown once all that show the data have it', async () => {
  part('cards');
  part('rows');
  part('nobody', () => false);
  const shown: string[] = [];
  expect(awaitAll(2, () => shown.push('header'))).toBe(true);
  // Answers of the version before are told as ever.
  expect(arrive('cards', 1)).toBeNull();
  void arrive('rows', 2)?.then(() => shown.push('rows'));
  await Promise.resolve();
  expect(shown).toEqual([]);
  await arrive('cards', 2)?.then(() => shown.push('cards'));
  expect(shown).toEqual(['header', 'rows', 'cards']);
  expect(arrive('rows', 2)).toBeNull();
});

test('where nobody shows the data, or one leaves, nobody is waited for', () => {
  let shown = 0;
  expect(awaitAll(2, () => (shown += 1))).toBe(false);
  const leave = takePart('rows', () => true);
  expect(awaitAll(2, () => (shown += 1))).toBe(true);
  expect(shown).toBe(0);
  leave();
  expect(shown).toBe(1);
});

test('one that does not come is not waited for any longer, nor is a version that was overtaken', () => {
  vi.useFakeTimers();
  part('rows');
  const shown: number[] = [];
  awaitAll(2, () => shown.push(2));
  awaitAll(3, () => shown.push(3));
  expect(shown).toEqual([2]);
  vi.advanceTimersByTime(3_000);
  expect(shown).toEqual([2, 3]);
});
