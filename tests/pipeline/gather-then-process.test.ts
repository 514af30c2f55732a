import { expect, test } from 'vitest';
import { processLanding } from '../../src/main/workers/process-landing';
import { pokemonDocument } from '../helpers/documents';
import { gatherInto, observe, serve } from '../helpers/gather-into';
import type { ServedDocument } from '../helpers/pokeapi-server';
import { pick, seededRandom } from '../helpers/seeded-random';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Numbers as JSON texts: limits, fractions, other ways to write a whole one, no number at all. */
const NUMBERS = [
  ...['0', '-1', '2147483647', '-2147483648', '2147483648', '-2147483649', '357913942'],
  ...['1.0', '1e2', '-0.0', '0.5', '1e300', '1e-300', '9007199254740993', '2.147483647e9'],
  ...['123456789012345678901234567890', 'null', '"7"', 'true'],
];
const TEXTS = [
  ...['""', '"\\u0000"', '"a\\u0000b"', '"é"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\\\\\""'],
  ...['"null"', `"${'x'.repeat(5000)}"`, '"\\u202e"', '"%s{}$1"', `"'"`, '"\\/"', '":"'],
  ...['null', '1', '"red"', '"hp"'],
];
const STATS = ['hp', 'attack', 'defense', 'special-attack', 'special-defense', 'speed'];

/** A document that is odd in three of its fields at most. */
function oddDocument(id: number, random: () => number): ServedDocument {
  const number = () => (random() < 0.5 ? '5' : pick(random, NUMBERS));
  const text = () => (random() < 0.6 ? '"red"' : pick(random, TEXTS));
  const several = (one: () => string) =>
    `[${Array.from({ length: Math.floor(random() * 8) }, one).join(',')}]`;
  const stat = () => (random() < 0.7 ? JSON.stringify(pick(random, STATS)) : text());
  const ability = () => (random() < 0.2 ? 'null' : `{"name":${text()}}`);
  const odd: Record<string, () => string> = {
    id: () => pick(random, [`${id}`, `${id}.0`, `${id}e0`]),
    name: text,
    base_experience: number,
    height: number,
    weight: number,
    order: number,
    is_default: () => pick(random, ['true', 'false', 'null']),
    types: () => several(() => `{"slot":${number()},"type":{"name":${text()}}}`),
    stats: () => several(() => `{"base_stat":${number()},"stat":{"name":${stat()}}}`),
    abilities: () => several(() => `{"slot":${number()},"ability":${ability()}}`),
    game_indices: () => several(() => `{"version":{"name":${text()}}}`),
    species: () => `{"name":${text()}}`,
    sprites: () => pick(random, [`{"front_default":${text()}}`, '{}', 'null']),
  };
  const fields = Object.keys(odd);
  const chosen = new Set([1, 2, 3].map(() => pick(random, fields)));
  const sound = pokemonDocument({ id });
  const members = fields.map((field) => {
    const value = chosen.has(field) ? odd[field]?.() : JSON.stringify(sound[field]);
    return `"${field}":${value}`;
  });
  return { id, name: `odd-${id}`, body: Buffer.from(`{${members.join(',')}}`) };
}

test.each([1, 9])('what gather lets in, process can read: seed %i', async (seed) => {
  const data = await temporaryFolder();
  const random = seededRandom(seed);
  const documents = Array.from({ length: 250 }, (_, index) => oddDocument(index + 1, random));
  const server = await serve(documents);
  const first = await gatherInto(data, server, { retryPolicy: { retries: 0 } });
  const refused = new Set(first.failed.map(({ id }) => id));
  server.documents = documents.filter(({ id }) => !refused.has(id));
  // Otherwise the documents were too odd, or not odd enough.
  expect(server.documents.length).toBeGreaterThan(75);
  expect(refused.size).toBeGreaterThan(25);

  observe(server);
  expect(await gatherInto(data, server)).toMatchObject({ fetched: 0, failed: [] });
  const processed = await processLanding(
    { data, games: 'all', keepVersions: 30 },
    { report: () => {}, signal: new AbortController().signal },
  );
  expect(processed).toMatchObject({ in_scope: server.documents.length, version: 1 });
});
