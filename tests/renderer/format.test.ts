import { expect, test } from 'vitest';
import { formatDate } from '../../src/renderer/words/dates';
import { formatNumber, oneDecimal } from '../../src/renderer/words/numbers';
import { seededRandom } from '../helpers/seeded-random';

test('numbers read as Intl writes them, and nothing is minus nothing', () => {
  const random = seededRandom(7);
  const values = [0, 1, 999, 1000, 1234.5, 999.95, 0.05, 0.25, 1e6, 123456789.987, 1e15];
  for (let index = 0; index < 2_000; index += 1) {
    values.push((random() - 0.5) * 10 ** Math.floor(random() * 9));
  }
  for (const value of values) {
    for (const digits of [0, 1, 2]) {
      const theirs = value.toLocaleString('en-US', { maximumFractionDigits: digits });
      expect(formatNumber(value, digits)).toBe(theirs.replace(/^-(?=[0.]+$)/, ''));
    }
    const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    expect(oneDecimal(value)).toBe(value.toLocaleString('en-US', one).replace(/^-(?=[0.]+$)/, ''));
  }
  expect([formatNumber(null), formatNumber(NaN), oneDecimal(Infinity)]).toEqual(['–', '–', '–']);
});

test('a date is its day in UTC', () => {
  expect(formatDate('2026-08-08T00:00:00.000Z')).toBe('8 Aug 2026');
  expect(formatDate('2025-12-31T23:59:59.999Z')).toBe('31 Dec 2025');
  expect(formatDate('no date')).toBe('–');
});
