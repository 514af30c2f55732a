import { expect, test } from 'vitest';
import { documentLines, lineOf } from '../../src/renderer/row/document-lines';

const DOCUMENT = {
  id: 25,
  types: [{ slot: 1, type: { name: 'electric' } }],
  'a/b~c': { empty: [], none: {} },
  weight: 60,
};

test('a pointer leads to the line on which its value is shown', () => {
  const lines = documentLines(DOCUMENT);
  const at = (pointer: string) => lines[(lineOf(DOCUMENT, pointer) ?? 0) - 1]?.trim();
  expect(at('')).toBe('{');
  expect(at('/id')).toBe('"id": 25,');
  expect(at('/types')).toBe('"types": [');
  expect(at('/types/0/type/name')).toBe('"name": "electric"');
  expect(at('/a~1b~0c/none')).toBe('"none": {}');
  expect(at('/weight')).toBe('"weight": 60');
  expect(lineOf(DOCUMENT, '/types/1')).toBeNull();
  expect(lineOf(DOCUMENT, '/weight/kg')).toBeNull();
});
