import { expect, it } from 'vitest';
import { createReloadLimit } from '../../src/main/shell/reload-limit';

it('stops reloading a page that dies at once each time, and forgives after a minute', () => {
  const mayReload = createReloadLimit();
  expect([0, 1000, 2000].map(mayReload)).toEqual([true, true, true]);
  expect(mayReload(3000)).toBe(false);
  // The first of the three, at 0, is a minute old; the two others still count.
  expect(mayReload(60_000)).toBe(true);
  expect(mayReload(60_500)).toBe(false);
});
