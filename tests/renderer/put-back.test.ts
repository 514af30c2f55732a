import { expect, test } from 'vitest';
import { putBack } from '../../src/renderer/undo/put-back';

interface Thing {
  id: string;
  bins: number;
}
const of = (...names: string[]): Thing[] => names.map((id) => ({ id, bins: 30 }));
const ids = (things: readonly Thing[]) => things.map(({ id }) => id).join('');
const keyOf = ({ id }: Thing) => id;

test('what was taken away stands in its old place again, in whatever order it is brought back', () => {
  const [all, withoutB, withoutBD] = [of(...'abcde'), of(...'acde'), of(...'ace')];
  expect(ids(putBack(all, withoutB, withoutB, keyOf))).toBe('abcde');
  // B first, D after it.
  const b = putBack(all, withoutB, withoutBD, keyOf);
  expect(ids(b)).toBe('abce');
  expect(ids(putBack(withoutB, withoutBD, b, keyOf))).toBe('abcde');
  // D first, B after it.
  const d = putBack(withoutB, withoutBD, withoutBD, keyOf);
  expect(ids(d)).toBe('acde');
  expect(ids(putBack(all, withoutB, d, keyOf))).toBe('abcde');
});

test('what came after the change stays, what the change brought is gone', () => {
  const now = [...of(...'xyz'), { id: 'new', bins: 5 }];
  expect(ids(putBack(of(...'axb'), of(...'xyz'), now, keyOf))).toBe('axbnew');
});

test('what the change altered is as it was, unless it was altered again', () => {
  const [before, after] = [of('a', 'b'), [{ id: 'a', bins: 5 }, ...of('b')]];
  expect(putBack(before, after, after, keyOf)).toEqual(before);
  const since = [...after, ...of('c')];
  expect(putBack(before, after, since, keyOf)).toEqual(of('a', 'b', 'c'));
  const again = [{ id: 'a', bins: 7 }, ...of('b')];
  expect(putBack(before, after, again, keyOf)).toEqual(again);
});

test('what the change moved stands in its old order, whatever came and went since', () => {
  const [before, after] = [of(...'abcd'), of(...'bcad')];
  expect(ids(putBack(before, after, of(...'bca'), keyOf))).toBe('abc');
  expect(ids(putBack(before, after, of(...'bxcad'), keyOf))).toBe('axbcd');
  expect(ids(putBack(before, after, of(...'dbca'), keyOf))).toBe('abcd');
});
