import { expect, test } from 'vitest';
import { LoadedCode } from '../../src/renderer/components/loaded-code';

const Part = () => null;

test('code that comes while nobody looks is there for whoever looks next', async () => {
  let loads = 0;
  const code = new LoadedCode(async () => {
    loads += 1;
    return Part;
  });
  // The side bar was drawn and taken down again before its code had come.
  const stop = code.watch(() => {});
  code.ask();
  stop();
  await expect.poll(() => code.now().Part).toBe(Part);
  code.ask();
  expect(loads).toBe(1);
});

test('all that show it are told; what failed is tried again', async () => {
  let works = false;
  let told = 0;
  const code = new LoadedCode(async () => {
    if (!works) throw new Error('offline');
    return Part;
  });
  code.watch(() => (told += 1));
  code.watch(() => (told += 1));
  code.ask();
  code.ask();
  await expect.poll(() => code.now().error).not.toBeNull();
  expect(told).toBe(2);
  works = true;
  code.ask();
  expect(code.now()).toEqual({ Part: null, error: null });
  await expect.poll(() => code.now().Part).toBe(Part);
});
