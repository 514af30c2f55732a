import { describe, expect, test } from 'vitest';
import { readRule } from '../../src/preload/contract/alerts';
import { AppError } from '../../src/preload/contract/errors';
import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';

const DATASET = pokemonDataset({ version: 1, rows: 649 });

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const RULE = { alert: 1, title: 'Left', on: { change: ['delete'] }, channels: [] };

function read(rule: unknown) {
  return readRule(JSON.stringify(rule), DATASET);
}

function refusal(rule: unknown): string {
  try {
    read(rule);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('bad-alert');
    return (error as AppError).message;
  }
  return 'accepted';
}

describe('a rule file', () => {
  test('is taken with every key the format has', () => {
    const rule = {
      alert: 1,
      title: 'Heavy ones',
      on: {
        change: ['insert', 'update', 'delete'],
        columns: ['weight', 'bmi'],
        pokemon: ['pikachu', 25, 'Mr. Mime'],
        by_at_least: 2.5,
        crosses: 100,
        filters: [{ kind: 'range', column: 'hp', min: 50 }],
      },
      channels: [
        { kind: 'desktop' },
        { kind: 'webhook', url: 'http://127.0.0.1:9/hook', secret: SECRET },
      ],
    };
    expect(read(rule)).toEqual(rule);
    expect(read({ ...RULE, on: { stale_for: '7d' } }).on).toEqual({ stale_for: '7d' });
  });

  test.each([
    ['at the top', { ...RULE, colour: 'red' }, 'The rule is wrong: “colour” has no meaning there.'],
    [
      'in what it waits for',
      { ...RULE, on: { change: ['delete'], column: ['weight'] } },
      'The rule is wrong at on: “column” has no meaning there.',
    ],
    [
      'in a filter',
      { ...RULE, on: { filters: [{ kind: 'range', column: 'hp', minimum: 1 }] } },
      'The rule is wrong at on.filters.0: “minimum” has no meaning there.',
    ],
    [
      'in a channel',
      { ...RULE, channels: [{ kind: 'desktop', sound: true }] },
      'The rule is wrong at channels.0: “sound” has no meaning there.',
    ],
  ])('with an unknown key %s is refused by that key’s name', (_, rule, sentence) => {
    expect(refusal(rule)).toBe(sentence);
  });

  test.each([
    [{ ...RULE, alert: 2 }, 'The rule is wrong at alert: it should be 1.'],
    [
      { ...RULE, on: { columns: ['wieght'] } },
      'The rule is wrong at on.columns.0: no column is named “wieght”.',
    ],
    [
      { ...RULE, on: { columns: ['games'], by_at_least: 1 } },
      'The rule is wrong at on.columns.0: “by_at_least” needs numbers, and “games” holds none.',
    ],
    [
      { ...RULE, on: { change: ['delete'], crosses: 1 } },
      'The rule is wrong at on: “crosses” is about values that change, and “change” leaves “update” out.',
    ],
    [
      { ...RULE, on: { stale_for: '7d', change: ['delete'] } },
      'The rule is wrong at on: “stale_for” stands alone, without “change”.',
    ],
    [
      { ...RULE, on: { stale_for: 'a week' } },
      'The rule is wrong at on.stale_for: it is not a time like 12h or 7d.',
    ],
    [
      { ...RULE, channels: [{ kind: 'webhook', url: 'file:///etc/passwd', secret: SECRET }] },
      'The rule is wrong at channels.0.url: it is not an address that begins with https:// or http://.',
    ],
    [
      { ...RULE, channels: [{ kind: 'webhook', url: 'https://example.org/' }] },
      'The rule is wrong at channels.0.secret: a text is missing.',
    ],
    [
      { ...RULE, on: { filters: [{ kind: 'range', column: 'games', min: 1 }] } },
      'The rule is wrong at on.filters.0: the column “games” holds no numbers.',
    ],
  ])('that cannot be meant is refused in one sentence: %j', (rule, sentence) => {
    expect(refusal(rule)).toBe(sentence);
  });

  test('that is no JSON says so', () => {
    expect(() => readRule('{"alert": 1,', DATASET)).toThrow('The rule is wrong: it is not JSON.');
  });
});
