import { describe, expect, test } from 'vitest';
import { jsonOutline, type Span } from '../../src/main/pipeline/json-outline';
import { seededRandom } from '../helpers/seeded-random';

const outline = (text: string) => jsonOutline(Buffer.from(text));

test.each([
  ['1', 0],
  ['"[[["', 0],
  [' {} ', 1],
  ['[[], [[]], {}]', 3],
  ['{"a":{"b":[1]}}', 3],
  ['{"a\\"[[[":"\\\\"}', 1],
  ['["\\\\", [], "\\\\\\"[["]', 2],
  [`${'['.repeat(60_000)}${']'.repeat(60_000)}`, 60_000],
  [`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, 1000],
  // Cut off, as a body may arrive.
  ['['.repeat(60_000), 60_000],
  ['[["[[', 2],
  ['[["\\', 2],
  ['', 0],
])('depth of %s is %i', (text, depth) => {
  expect(outline(text).depth).toBe(depth);
});

describe('members', () => {
  /** Each with its key and value as written. */
  function members(text: string): string[][] {
    const bytes = Buffer.from(text);
    const slice = ({ start, end }: Span) => bytes.toString('utf8', start, end).trim();
    return jsonOutline(bytes).members.map(({ key, value }) => [slice(key), slice(value)]);
  }

  test('are the outermost object’s own, in order, twice where written twice', () => {
    const text = '{ "a" : 1 ,"b":{"c":[2,{"d":3}]},\n"\\u0061":[ ] , "é": "x,}" }';
    expect(members(text)).toEqual([
      ['"a"', '1'],
      ['"b"', '{"c":[2,{"d":3}]}'],
      ['"\\u0061"', '[ ]'],
      ['"é"', '"x,}"'],
    ]);
    expect(members('[{"a":1}]')).toEqual([]);
    expect(members('["a", {"b":1}, "c"]')).toEqual([]);
    expect(members('{}')).toEqual([]);
    expect(members('"a:1"')).toEqual([]);
  });

  test('of any object are the texts JSON.parse makes its values of', () => {
    const random = seededRandom(5);
    const texts = ['', ':', ',', '"', '\\', '{"a":1,', ']}', 'é\u{1f600}', '\\"', '[', '":"'];
    const pickText = () => texts[Math.floor(random() * texts.length)] ?? '';
    const value = (depth: number): unknown => {
      const lot = random();
      if (depth === 0 || lot < 0.4) return lot < 0.2 ? pickText() : Math.round(random() * 1e6) / 8;
      const inner = Array.from({ length: Math.floor(random() * 4) }, () => value(depth - 1));
      if (lot < 0.7) return inner;
      return Object.fromEntries(inner.map((each, index) => [`${pickText()}${index}`, each]));
    };
    for (let round = 0; round < 500; round += 1) {
      const object = Object.fromEntries(
        Array.from({ length: 4 }, (_, index) => [`${pickText()}-${index}`, value(4)]),
      );
      for (const indent of [0, 2]) {
        const read = members(JSON.stringify(object, null, indent));
        const parsed = read.map((texts) => texts.map((text) => JSON.parse(text) as unknown));
        expect(parsed).toEqual(Object.entries(object));
      }
    }
  });
});
