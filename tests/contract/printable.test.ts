import { describe, expect, test } from 'vitest';
import {
  inertJson,
  printable,
  printableLines,
  shortened,
  toldText,
} from '../../src/preload/contract/printable';

/** Each kind of sign that steers a terminal or turns the text around it (Unicode, UAX #9). */
const STEERING: [name: string, sign: string][] = [
  ['escape', '\u001b'],
  ['bell', '\u0007'],
  ['carriage return', '\r'],
  ['line feed', '\n'],
  ['delete', '\u007f'],
  ['a control sequence in one sign', '\u009b'],
  ['Arabic letter mark', '\u061c'],
  ['right-to-left mark', '\u200f'],
  ['line separator', '\u2028'],
  ['left-to-right embedding', '\u202a'],
  ['right-to-left override', '\u202e'],
  ['right-to-left isolate', '\u2067'],
  ['end of isolate', '\u2069'],
  ['byte order mark', '\ufeff'],
  ['half a character', '\ud83d'],
];

describe.each(STEERING)('%s', (_, sign) => {
  const name = `fla${sign}bébé`;

  test('is a sign of its own for a person', () => {
    expect(printable(name)).toBe('fla�bébé');
  });

  test('is an escape in JSON, which says the same', () => {
    const json = inertJson(JSON.stringify({ name }));
    expect(json).toContain(`fla\\`);
    expect(json).not.toContain(sign);
    expect(JSON.parse(json)).toEqual({ name });
  });
});

test('lines of a text stay, whatever ends them', () => {
  expect(printableLines('a\u001b\r\nb\n\u202ec')).toBe('a�\nb\n�c');
});

test('a cut leaves whole characters and says that it is one', () => {
  expect(shortened('mew', 3)).toBe('mew');
  expect(shortened('mewtwo', 4)).toBe('mew…');
  // 😀 is two units: half of it is not a character.
  expect(shortened('ab😀cd', 4)).toBe('ab…');
  expect(shortened('ab😀cd', 5)).toBe('ab😀…');
});

test('a sentence with a name of 7 MB is one that a person can read', () => {
  const told = toldText(`It is called ${'😀\u202e'.repeat(2_000_000)}.`);
  expect(told.length).toBeLessThanOrEqual(2_000);
  expect(told.startsWith('It is called 😀�😀�')).toBe(true);
  expect(told.endsWith('…')).toBe(true);
  expect(told).not.toMatch(/\u202e|\p{Surrogate}/u);
});
