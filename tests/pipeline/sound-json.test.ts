import { isUtf8 } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { Database, TextList } from '../../src/main/base/duckdb';
import { parseSoundJson } from '../../src/main/pipeline/sound-json';
import { pokemonDocument } from '../helpers/documents';
import { pick, seededRandom } from '../helpers/seeded-random';

function reads(text: string): boolean {
  try {
    parseSoundJson(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

test.each([
  '',
  '{"a":1,}',
  '[1,]',
  '{"a" 1}',
  '[1 2]',
  '{"a":1]',
  '{} {}',
  '"\t"',
  '"\\x41"',
  '"\\udc00"',
  '"\\ud800x"',
  '"\\ud800\\ud800"',
  '"\\ud800\\\\udc00"',
  '{"\\uDBFF":1}',
  '{"a":"\\ud800","a":1}',
  'tru',
  '1.',
])('%s is refused', (text) => {
  expect(reads(text)).toBe(false);
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
  '\\ud83d',
  '\\ude00',
  '\\\\ud83d',
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

describe('reads what JSON.parse and DuckDB both take, and nothing else', () => {
  const held = [null, true, -1.5e-7, [], {}, 'NaN, ]', 'é\u{1f600}\\ "/', 1e21, -0.0, 0.5];
  const sounds = [1, 2, 3].map((id) => JSON.stringify(pokemonDocument({ id, held })));
  const spaced = sounds.map((text) => JSON.stringify(JSON.parse(text), null, 1));

  test.each([11, 12, 13, 14])('seed %i', async (seed) => {
    const random = seededRandom(seed);
    const texts = Array.from({ length: 3000 }, (_, index) =>
      (index % 2 === 0 ? damaged : laxlyWritten)(pick(random, [...sounds, ...spaced]), random),
    ).filter((text) => isUtf8(Buffer.from(text)));
    const accepted = await taken(texts);
    const counts = { sound: 0, lax: 0 };
    for (const [index, text] of texts.entries()) {
      const json = isJson(text);
      expect(reads(text), text).toBe(json && accepted[index] === true);
      if (json) counts.sound += 1;
      else if (accepted[index] === true) counts.lax += 1;
    }
    // Otherwise the damage was not of the kind this test is for.
    expect(counts.sound).toBeGreaterThan(100);
    expect(counts.lax).toBeGreaterThan(20);
  });

  test.each([
    '"\\ud83d\\ude00"',
    '"\\ud83d\\ude00\\uD83D\\uDE00"',
    '"\\\\ud800"',
    '"\\\\\\\\ud800 \\u0041"',
    '"\\u0000"',
    '-0',
    '1E+2',
    '[0.5,1e-7]',
    '123456789012345678901234567890',
  ])('%s', async (text) => {
    expect([reads(text), isJson(text), (await taken([text]))[0]]).toEqual([true, true, true]);
  });
});
