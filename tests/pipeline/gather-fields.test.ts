import { describe, expect, test } from 'vitest';
import { pokemonDocument } from '../helpers/documents';
import {
  askedIds,
  asLanded,
  gatherInto,
  landedFiles,
  observe,
  serve,
} from '../helpers/gather-into';
import type { ServedDocument } from '../helpers/pokeapi-server';
import { temporaryFolder } from '../helpers/temporary-folder';

type Document = Record<string, unknown>;

/** What later steps read of a document, as DESIGN §4 and PokéAPI's documentation give it. */
const REQUIRED = [
  'id',
  'name',
  'base_experience',
  'height',
  'weight',
  'order',
  'is_default',
  'types',
  'types.0.slot',
  'types.0.type',
  'types.0.type.name',
  'stats',
  'stats.0.base_stat',
  'stats.0.stat',
  'stats.0.stat.name',
  'abilities',
  'abilities.0.slot',
  'abilities.0.ability.name',
  'game_indices',
  'game_indices.0.version',
  'game_indices.0.version.name',
  'species',
  'species.name',
  'sprites',
];

/** A wrong type for each: what a person might meet where an API changes. */
const RETYPED: [field: string, value: unknown][] = [
  ['name', 7],
  ['name', ''],
  ['name', ['bulbasaur']],
  ['base_experience', '64'],
  ['base_experience', 64.5],
  ['height', '7'],
  ['height', true],
  ['height', 2 ** 31],
  ['weight', '69'],
  ['weight', [69]],
  ['weight', -(2 ** 31) - 1],
  ['weight', 1e300],
  ['order', {}],
  ['is_default', 'true'],
  ['is_default', 1],
  ['types', {}],
  ['types', 'grass'],
  ['types.0', 'grass'],
  ['types.0.slot', '1'],
  ['types.0.type', 'grass'],
  ['types.0.type.name', 12],
  ['stats', { hp: 45 }],
  ['stats.0', null],
  ['stats.0.base_stat', '45'],
  // Six times this no longer fits the 32 bits of stat_total.
  ['stats.0.base_stat', 357_913_942],
  ['stats.0.base_stat', -357_913_942],
  ['stats.0.stat.name', null],
  ['abilities', 'overgrow'],
  ['abilities.0.ability', 'overgrow'],
  ['game_indices', 3],
  ['game_indices.0.version', 'red'],
  ['game_indices.0.version.name', { en: 'red' }],
  ['species', 'bulbasaur'],
  ['species.name', 1],
  ['sprites', 'https://example.test/1.png'],
  ['sprites', []],
  ['sprites.front_default', 1],
  ['sprites.front_default', ['https://example.test/1.png']],
];

const NULL_ALLOWED = [
  'base_experience',
  'height',
  'weight',
  'order',
  'stats.0.base_stat',
  'abilities.0.ability',
  'sprites.front_default',
];

const NULL_REFUSED = [
  'name',
  'is_default',
  'types',
  'types.0.slot',
  'types.0.type',
  'types.0.type.name',
  'stats',
  'stats.0.stat',
  'abilities',
  'abilities.0.slot',
  'abilities.0.ability.name',
  'game_indices',
  'game_indices.0.version',
  'species',
  'species.name',
  'sprites',
];

/** A sound document in which `change` was done to the thing that holds the field. */
function changed(
  id: number,
  field: string,
  change: (holder: object, key: string) => void,
): Document {
  const document = pokemonDocument({ id });
  const path = field.split('.');
  const key = path.pop() ?? '';
  let holder: object = document;
  for (const step of path) {
    const inner: unknown = Reflect.get(holder, step);
    if (typeof inner !== 'object' || inner === null) throw new Error(`no ${field} to change`);
    holder = inner;
  }
  change(holder, key);
  return document;
}

const without = (id: number, field: string) =>
  changed(id, field, (holder, key) => Reflect.deleteProperty(holder, key));
const withValue = (id: number, field: string, value: unknown) =>
  changed(id, field, (holder, key) => Reflect.set(holder, key, value));

function asServed(documents: Document[]): ServedDocument[] {
  return documents.map((document, index) => ({
    id: index + 1,
    name: `case-${index + 1}`,
    body: Buffer.from(JSON.stringify(document)),
  }));
}

/** Reasons in the order of the documents; a document that landed has none. */
async function reasonsFor(documents: ServedDocument[]): Promise<(string | undefined)[]> {
  const data = await temporaryFolder();
  const server = await serve(documents);
  const paths = observe(server);
  const report = await gatherInto(data, server);
  // A sound text that is not the document is not asked for again.
  expect(paths).toHaveLength(documents.length + 1);
  expect(askedIds(paths)).toHaveLength(documents.length);
  const byId = new Map(report.failed.map(({ id, reason }) => [id, reason]));
  const sound = documents.filter(({ id }) => !byId.has(id));
  expect(await landedFiles(data)).toEqual(asLanded(sound));
  return documents.map(({ id }) => byId.get(id));
}

describe('a field that later steps need', () => {
  test('is named where it is missing', async () => {
    const documents = REQUIRED.map((field, index) => without(index + 1, field));
    const expected = REQUIRED.map((field) => `has no field ${field}`);
    expect(await reasonsFor(asServed(documents))).toEqual(expected);
  });

  test('is named where it has another type', async () => {
    const documents = RETYPED.map(([field, value], index) => withValue(index + 1, field, value));
    const reasons = await reasonsFor(asServed(documents));
    for (const [index, [field, value]] of RETYPED.entries()) {
      expect.soft(reasons[index], JSON.stringify(value)).toMatch(wrongIn(field));
    }
  });

  test('is named where it is null and must not be', async () => {
    const documents = NULL_REFUSED.map((field, index) => withValue(index + 1, field, null));
    const reasons = await reasonsFor(asServed(documents));
    for (const [index, field] of NULL_REFUSED.entries()) {
      expect.soft(reasons[index]).toMatch(wrongIn(field));
    }
  });

  test('may be null where PokéAPI has nulls', async () => {
    const documents = NULL_ALLOWED.map((field, index) => withValue(index + 1, field, null));
    expect(await reasonsFor(asServed(documents))).toEqual(NULL_ALLOWED.map(() => undefined));
  });

  test('may be as odd as in PokéAPI’s own documents', async () => {
    const odd: Document[] = [
      without(1, 'sprites.front_default'),
      withValue(2, 'game_indices', []),
      withValue(3, 'order', -1),
      withValue(4, 'weight', 0),
      withValue(5, 'abilities', []),
      withValue(6, 'weight', 2 ** 31 - 1),
      withValue(7, 'stats.0.base_stat', 357_913_941),
      withValue(8, 'unknown_field', { deep: [[[null]]] }),
    ];
    expect(await reasonsFor(asServed(odd))).toEqual(odd.map(() => undefined));
  });
});

function wrongIn(field: string): RegExp {
  return new RegExp(`^has a wrong value in field ${field.replaceAll('.', '\\.')}: `);
}

describe('the number', () => {
  test.each([
    ['"1"', /wrong value in field id/],
    ['1.5', /wrong value in field id/],
    ['null', /wrong value in field id/],
    ['0', /wrong value in field id/],
    ['-1', /wrong value in field id/],
    ['4294967297', /wrong value in field id/],
    ['1e999', /wrong value in field id/],
    ['2', /is another document: asked for id 1, got id 2/],
    ['[1]', /wrong value in field id/],
  ])('%s is refused', async (text, reason) => {
    const body = JSON.stringify(pokemonDocument({ id: 1 })).replace('"id":1', `"id":${text}`);
    const [given] = await reasonsFor([{ id: 1, name: 'one', body: Buffer.from(body) }]);
    expect(given).toMatch(reason);
  });
});

describe('a field given twice, which parsers read in two ways', () => {
  const sound = JSON.stringify(pokemonDocument({ id: 1 }));

  test.each([
    ['types', sound.replace('"type":{', '"type":null,"type":{')],
    ['types', sound.replace('"slot":1', '"slot":2,"slot":1')],
    ['stats', sound.replace('"base_stat":40', '"base_stat":1,"base_stat":40')],
    ['species', sound.replace('"species":{', '"species":{"na\\u006de":"x",')],
    ['sprites', sound.replace('"sprites":{', '"sprites":{"front_default":null,')],
  ])('in %s is refused', async (field, text) => {
    const reasons = await reasonsFor([{ id: 1, name: 'one', body: Buffer.from(text) }]);
    expect(reasons).toEqual([`names something twice in field ${field}`]);
  });

  test('is not suspected where texts look like keys', async () => {
    const odd = ['":', '\\":', 'a":b', '\\\\":{}', '{"a":1,"a":2}', '\u0022:', ':":":'];
    const documents = odd.map((name, index) => ({
      ...pokemonDocument({ id: index + 1, name }),
      species: { name, [name]: name, url: '' },
      types: [{ slot: 1, type: { name, [`${name}"`]: [{ [name]: {} }] } }],
    }));
    expect(await reasonsFor(asServed(documents))).toEqual(odd.map(() => undefined));
  });
});

describe('keys that mean something to JavaScript', () => {
  const sound = JSON.stringify(pokemonDocument({ id: 1 }));
  const at = (text: string) => [{ id: 1, name: 'one', body: Buffer.from(text) }];

  test('do no harm in a sound document, which lands as it is', async () => {
    const hostile = sound
      .replace('{', '{"__proto__":{"polluted":1,"id":9,"name":"x"},"constructor":{"prototype":1},')
      .replace('"species":{', '"species":{"__proto__":{"polluted":1},"toString":null,')
      .replace('"stats":[{', '"stats":[{"__proto__":{"polluted":1},"hasOwnProperty":1,');
    expect(await reasonsFor(at(hostile))).toEqual([undefined]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test.each([
    ['name', sound.replace('"name":"mon-1",', '"__proto__":{"name":"x"},')],
    ['id', sound.replace('"id":1,', '').replace(',"id":1', ',"__proto__":{"id":1}')],
    ['species.name', sound.replace(/"species":{[^}]*}/, '"species":{"__proto__":{"name":"x"}}')],
  ])('lend a document no %s it has not got', async (field, text) => {
    expect(await reasonsFor(at(text))).toEqual([`has no field ${field}`]);
    expect(Reflect.get({}, 'name')).toBeUndefined();
  });
});
