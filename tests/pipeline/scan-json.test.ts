import { describe, expect, test } from 'vitest';
import { Database, TextList } from '../../src/main/base/duckdb';
import { scanJson } from '../../src/main/pipeline/scan-json';
import { pokemonDocument } from '../helpers/documents';
import { pick, seededRandom } from '../helpers/seeded-random';

const scan = (text: string) => scanJson(Buffer.from(text));

describe('depth', () => {
  test.each([
    ['', 0],
    ['1', 0],
    ['"[[["', 0],
    ['{}', 1],
    ['[[], [[]], {}]', 3],
    ['{"a":{"b":[1]}}', 3],
    ['{"a\\"[[[":"\\\\"}', 1],
    ['["\\\\", [], "\\\\\\"[["]', 2],
    [']]]][', 0],
    ['[ "never closed [[[', 1],
  ])('of %s is %i', (text, depth) => {
    expect(scan(text).depth).toBe(depth);
  });
});

/** What a lax JSON parser might let through, put in for a sound piece of text. */
const DAMAGE = [
  ',',
  ',]',
  ',}',
  ', \n }',
  ',,',
  'NaN',
  'nan',
  'NAN',
  '-NaN',
  'Infinity',
  '-Infinity',
  'inf',
  '+inf',
  'INF',
  'nul',
  'Null',
  'nULL',
  'True',
  'undefined',
  '01',
  '+1',
  '.5',
  '1.',
  '1e',
  '0x1F',
  '--1',
  '// comment\n',
  '/* comment */',
  "'a'",
  '\\x41',
  '\\u00g0',
  '\t',
  '\n',
  '\0',
  '\u00a0',
  '\ufeff',
  '"',
  '\\',
  ':',
  '{',
  '}',
  '[',
  ']',
  '{}',
  '',
];

function damaged(sound: string, random: () => number): string {
  let text = sound;
  for (let times = 1 + Math.floor(random() * 2); times > 0; times -= 1) {
    const at = Math.floor(random() * (text.length + 1));
    const cut = Math.floor(random() * 4);
    text = text.slice(0, at) + pick(random, DAMAGE) + text.slice(at + cut);
  }
  return text;
}

/** The same with damage only where a value, a comma or an end stands: there lax parsers differ. */
function laxlyWritten(sound: string, random: () => number): string {
  const spots = [...sound.matchAll(/-?\d+|true|false|null|[\]},]/g)];
  const spot = pick(random, spots);
  const end = spot.index + (random() < 0.5 ? spot[0].length : 0);
  return sound.slice(0, spot.index) + pick(random, DAMAGE) + sound.slice(end);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Which of the texts DuckDB's parser takes. */
async function taken(texts: readonly string[]): Promise<boolean[]> {
  const database = await Database.open();
  try {
    const rows = await database.rows<{ ok: boolean }>(
      `SELECT TRY(json_extract(t, ['$.id', '$.stats'])) IS NOT NULL AS ok
       FROM (SELECT unnest($texts) AS t, generate_subscripts($texts, 1) AS place) ORDER BY place`,
      { texts: new TextList(texts) },
    );
    return rows.map((row) => row.ok);
  } finally {
    database.close();
  }
}

describe('what is no JSON never lands', () => {
  const sounds = [1, 2, 3].map((id) =>
    JSON.stringify(pokemonDocument({ id, held: [null, true, -1.5e-7, [], {}, 'NaN, ]'] })),
  );

  test.each([11, 12, 13, 14])('seed %i', async (seed) => {
    const random = seededRandom(seed);
    const texts = Array.from({ length: 3000 }, (_, index) =>
      (index % 2 === 0 ? damaged : laxlyWritten)(pick(random, sounds), random),
    );
    const accepted = await taken(texts);
    let laxly = 0;
    for (const [index, text] of texts.entries()) {
      if (accepted[index] !== true || isJson(text)) continue;
      laxly += 1;
      expect(scan(text).doubtful, text).toBe(true);
    }
    // Otherwise the damage was not of the kind this test is for.
    expect(laxly).toBeGreaterThan(20);
  });
});

test('PokéAPI’s own documents are not doubted, so they are parsed once', () => {
  const names = ['Iron Niño', 'Ⅰ, ]', 'NaN', ',}', 'Infinity'];
  for (const name of names) {
    const text = JSON.stringify(
      pokemonDocument({ id: 1, name, flags: [null, true, false] }),
      null,
      2,
    );
    expect(scan(text)).toEqual({ depth: 4, doubtful: false });
  }
});
