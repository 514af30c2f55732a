import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import { viewSchema } from '../../src/main/shaping/format-1-view';
import { readPokemonView } from '../../src/main/shaping/read-view';

function problem(content: unknown): AppError {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  try {
    readPokemonView(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`taken for a view: ${text.slice(0, 100)}`);
}

test('the smallest view file shows everything', () => {
  expect(viewSchema.parse({ pokeview: 1 })).toEqual({ pokeview: 1, filters: [], sort: [] });
});

test('a view file comes back with every part it had', () => {
  const view = {
    pokeview: 1,
    title: 'Heavy ones',
    filters: [
      { kind: 'range', column: 'weight_kg', min: 100, max: 1e3 },
      { kind: 'one-of', column: 'type_2', values: ['fire', 3, true, null] },
      { kind: 'types', values: ['fire'], match: 'all' },
      { kind: 'games', values: ['red'], match: 'any' },
      { kind: 'game-sets', games: ['red', 'blue'], sets: [['red'], []] },
      { kind: 'type-pairs', pairs: [{ type_1: 'fire', type_2: null }] },
      {
        kind: 'lasso',
        x: 'hp',
        y: 'bmi',
        log: true,
        points: [
          [1, 2],
          [3, 4],
          [5, 6.5],
        ],
      },
      { kind: 'search', text: 'é' },
    ],
    columns: ['name', 'weight_kg'],
    sort: [{ column: 'weight_kg', direction: 'desc' }],
    cards: [{ kind: 'anything', nested: [1, null] }],
  };
  expect(viewSchema.parse(view)).toEqual(view);
});

test('what a view file may leave out has its default', () => {
  const filters = [
    { kind: 'types', values: ['fire'] },
    { kind: 'games', values: ['red'] },
    { kind: 'range', column: 'hp' },
  ];
  const view = viewSchema.parse({ pokeview: 1, filters, sort: [{ column: 'hp' }] });
  expect(view.filters).toMatchObject([{ match: 'any' }, { match: 'any' }, { column: 'hp' }]);
  expect(view.sort).toEqual([{ column: 'hp', direction: 'asc' }]);
  expect(view.columns).toBeUndefined();
});

test('a byte order mark, as some editors write it, does no harm', () => {
  expect(readPokemonView('\ufeff{"pokeview": 1}').pokeview).toBe(2);
});

test('a view of a newer app is told as such, whatever else is in it', () => {
  expect(problem({ pokeview: 3, filters: 'something new' })).toMatchObject({
    code: 'bad-view',
    message: 'The view file has format 3; this version of the app reads up to 2.',
    hint: expect.stringMatching(/Update the app/) as string,
  });
});

describe('a file that is not a view is told in one sentence with the place', () => {
  const NO_VIEW = /^This is not a view file: it has no number “pokeview”\.$/;
  test.each<[string, unknown, RegExp]>([
    ['nothing', '', /^The view file is not JSON\.$/],
    ['half a file', '{"pokeview": 1, "filt', /^The view file is not JSON\.$/],
    ['brackets without end', '['.repeat(100_000), /^The view file is not JSON\.$/],
    ['something binary', 'PAR1\u0000\u0001', /^The view file is not JSON\.$/],
    ['a list', [], NO_VIEW],
    ['nothing at all', null, NO_VIEW],
    ['a number', 1, NO_VIEW],
    ['another kind of file', { name: 'pokedex', version: '1.0.0' }, NO_VIEW],
    ['a format as text', { pokeview: '1' }, NO_VIEW],
    ['a format that never was', { pokeview: 0 }, NO_VIEW],
    ['a broken format', { pokeview: 1.5 }, NO_VIEW],
    ['a part nobody knows', { pokeview: 1, colums: [] }, /wrong: “colums” has no meaning there\.$/],
    [
      'a part by a dangerous name',
      '{"pokeview":1,"__proto__":{"a":1}}',
      /wrong: “__proto__” has no meaning there\.$/,
    ],
    [
      'a column that is none',
      { columns: ['id', 'nme'] },
      /at columns\.1: no column is named “nme”\.$/,
    ],
    ['a column twice', { columns: ['id', 'id'] }, /at columns: a column is named twice\.$/],
    ['no column', { columns: [] }, /at columns: it is empty\.$/],
    [
      'a filter of no kind',
      { filters: [{ kind: 'regex' }] },
      /at filters\.0\.kind: it should be range, one-of, .* or search\.$/,
    ],
    [
      'a filter without its column',
      { filters: [{ kind: 'range', min: 1 }] },
      /at filters\.0\.column: a column is missing\.$/,
    ],
    [
      'a range of names',
      { filters: [{ kind: 'range', column: 'name', min: 1 }] },
      /at filters\.0\.column: the column “name” holds no numbers\.$/,
    ],
    [
      'a lasso beyond a logarithmic axis',
      {
        filters: [
          {
            kind: 'lasso',
            x: 'hp',
            y: 'bmi',
            log: true,
            points: [
              [0, 1],
              [1, 2],
              [2, 1],
            ],
          },
        ],
      },
      /at filters\.0\.points: a corner on logarithmic axes is at or below 0\.$/,
    ],
    [
      'a combination of games it does not name',
      { filters: [{ kind: 'game-sets', games: ['red'], sets: [['blue']] }] },
      /at filters\.0\.sets: /,
    ],
    [
      'a number as text',
      { filters: [{ kind: 'range', column: 'hp', min: '3' }] },
      /at filters\.0\.min: it should be a number, not a text\.$/,
    ],
    [
      'a number without end',
      '{"pokeview":1,"filters":[{"kind":"range","column":"hp","min":1e999}]}',
      /at filters\.0\.min: /,
    ],
    [
      'a misspelt part of a filter',
      { filters: [{ kind: 'range', column: 'hp', mni: 3 }] },
      /at filters\.0: “mni” has no meaning there\.$/,
    ],
    [
      'a lasso of two corners',
      {
        filters: [
          {
            kind: 'lasso',
            x: 'hp',
            y: 'bmi',
            points: [
              [1, 2],
              [3, 4],
            ],
          },
        ],
      },
      /at filters\.0\.points: there are fewer than 3 entries\.$/,
    ],
    [
      'a corner of one number',
      { filters: [{ kind: 'lasso', x: 'hp', y: 'bmi', points: [[1, 2], [3], [4, 5]] }] },
      /at filters\.0\.points\.1: /,
    ],
    [
      'a choice of nothing',
      { filters: [{ kind: 'one-of', column: 'hp', values: [] }] },
      /at filters\.0\.values: /,
    ],
    [
      'a choice of objects',
      { filters: [{ kind: 'one-of', column: 'hp', values: [{}] }] },
      /at filters\.0\.values\.0: /,
    ],
    [
      'a sort that is neither up nor down',
      { sort: [{ column: 'hp', direction: 'up' }] },
      /at sort\.0\.direction: it should be asc or desc\.$/,
    ],
    [
      'SQL for a column',
      { sort: [{ column: 'hp; DROP TABLE pokemon' }] },
      /at sort\.0\.column: no column/,
    ],
    [
      'too many filters',
      { filters: Array(101).fill({ kind: 'range', column: 'hp' }) },
      /at filters: /,
    ],
    [
      'too many values',
      { filters: [{ kind: 'one-of', column: 'hp', values: Array(10_001).fill(1) }] },
      /at filters\.0\.values: there are more than 10,000 entries\.$/,
    ],
    [
      'too many values together',
      {
        filters: Array(100).fill({
          kind: 'type-pairs',
          pairs: Array(400).fill({ type_1: 'fire', type_2: null }),
        }),
      },
      /at filters: together they have more than 20,000 values or corners\.$/,
    ],
    [
      'more than any view has',
      { title: 'x'.repeat(5_000_000) },
      /^The view file is larger than 5 MB, which no view is\.$/,
    ],
    [
      'many names without a meaning',
      Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, 1])),
      /“k0”, “k1”, “k2”, “k3”, “k4” and 995 more have no meaning there\.$/,
    ],
    [
      'a column of a long name',
      { columns: ['x'.repeat(1_000_000)] },
      /no column is named “x{60}…”\.$/,
    ],
    [
      'a title longer than a line',
      { title: 'x'.repeat(201) },
      /at title: there are more than 200 characters\.$/,
    ],
    [
      'filters that are not a list',
      { filters: 'all' },
      /at filters: it should be a list, not a text\.$/,
    ],
  ])('%s', (_, content, message) => {
    const whole =
      typeof content === 'object' &&
      content !== null &&
      !Array.isArray(content) &&
      !('name' in content)
        ? { pokeview: 1, ...content }
        : content;
    const error = problem(whole);
    expect(error).toMatchObject({
      code: 'bad-view',
      message: expect.stringMatching(message) as string,
    });
    expect(error.hint).toMatch(/\.$/);
    expect(error.message.length).toBeLessThan(200);
    expect(error.message).not.toMatch(/\n|undefined|\[object|Invalid|Expected|Too |Unrecog/);
  });
});
