import { afterAll } from 'vitest';
import type { AtTestEnd } from './temporary-folder';

/**
 * Called in a `describe`: what it is given is done when the suite's tests are over, the last
 * first. Vitest never calls an `afterAll` that a `beforeAll` registers.
 */
export function atSuiteEnd(): AtTestEnd {
  const works: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const work of works.toReversed()) await work();
  });
  return (work) => void works.push(work);
}
