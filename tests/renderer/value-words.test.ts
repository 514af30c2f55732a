import { afterEach, expect, test } from 'vitest';
import type { Cell } from '../../src/preload/contract/value-text';
import {
  decimalText,
  DEFAULT_LOCALE,
  formatNumber,
  setLocale,
} from '../../src/renderer/words/numbers';
import {
  cellText,
  figureText,
  figureWithUnit,
  textWithUnit,
  type Valued,
} from '../../src/renderer/words/values';

afterEach(() => setLocale(DEFAULT_LOCALE));

function column(sqlType: string, parts: Partial<Valued> = {}): Valued {
  const type = sqlType.startsWith('DECIMAL')
    ? 'decimal'
    : sqlType.endsWith('INT') || sqlType === 'INTEGER'
      ? 'integer'
      : sqlType === 'DOUBLE' || sqlType === 'FLOAT'
        ? 'double'
        : 'text';
  return {
    sqlType,
    type,
    unit: null,
    decimals: null,
    grouped: true,
    nullable: true,
    labels: null,
    ...parts,
  };
}

test.each<[string, Valued, Cell, string]>([
  ['null', column('DOUBLE'), null, '–'],
  ['what is not a number', column('DOUBLE'), 'NaN', 'NaN'],
  ['an infinity', column('DOUBLE'), '-Infinity', '-Infinity'],
  [
    'an infinity in a column of one decimal',
    column('DOUBLE', { decimals: 1 }),
    'Infinity',
    'Infinity',
  ],
  ['a double without decimals', column('DOUBLE'), 1234, '1,234.0'],
  ['a double with many', column('DOUBLE'), 0.30000000000000004, '0.30000000000000004'],
  ['a double beyond plain digits', column('DOUBLE'), 1e21, '1e+21'],
  ['an integer beyond 2^53', column('BIGINT'), '9007199254740993', '9,007,199,254,740,993'],
  ['a year', column('INTEGER', { grouped: false }), 2026, '2026'],
  ['a DECIMAL with its zeros', column('DECIMAL(9,2)', { decimals: 2 }), '1234.50', '1,234.50'],
  [
    'a DECIMAL longer than a double',
    column('DECIMAL(38,2)', { decimals: 2 }),
    '123456789012345678901.10',
    '123,456,789,012,345,678,901.10',
  ],
  ['a decimal that one place would hide', column('DOUBLE', { decimals: 1 }), 0.04, '0.04'],
  ['an empty text', column('VARCHAR'), '', ''],
  ['a text that a label names', column('VARCHAR', { labels: { de: 'Germany' } }), 'de', 'Germany'],
  ['a text named as objects are', column('VARCHAR', { labels: {} }), 'constructor', 'constructor'],
  ['a slug in a column of slugs', column('VARCHAR', { slugs: true }), 'solar-power', 'Solar Power'],
  ['a slug in a stranger’s column', column('VARCHAR'), 'solar-power', 'solar-power'],
  ['an empty list beside null', column('VARCHAR[]'), [], '[]'],
  ['a list', column('VARCHAR[]'), ['a', null, 'b, c'], 'a, NULL, b, c'],
  ['a list of numbers', column('DOUBLE[]'), [1, 'NaN', null], '[1.0, NaN, NULL]'],
  [
    'a struct',
    column('STRUCT("the city" VARCHAR, n INTEGER)'),
    ['Köln', 3],
    "{'the city': Köln, 'n': 3}",
  ],
  ['a map', column('MAP(VARCHAR, DECIMAL(4,1))'), [['a', '1.5']], '{a=1.5}'],
])('%s reads as it is', (_, of, cell, text) => {
  expect(cellText(of, cell)).toBe(text);
});

test('a very long cell is cut, and says so', () => {
  const text = cellText(column('VARCHAR'), 'x'.repeat(5000));
  expect(text).toBe(`${'x'.repeat(1000)}…`);
  const list = cellText(
    column('VARCHAR[]'),
    Array.from({ length: 100_000 }, () => 'ab'),
  );
  expect(list.length).toBeLessThan(1010);
  expect(list.endsWith('…')).toBe(true);
});

test('a unit stands behind a value, not behind none, and a body mass index has none', () => {
  const weight = column('DOUBLE', { decimals: 1, unit: 'kg' });
  expect(textWithUnit(weight, 6.9)).toBe('6.9 kg');
  expect(textWithUnit(weight, null)).toBe('–');
  expect(textWithUnit({ ...weight, unit: 'kg/m²' }, 14.08)).toBe('14.1');
  expect(textWithUnit({ ...weight, unit: 'km/h' }, 50)).toBe('50.0 km/h');
});

test('a figure of a column without decimals of its own has six digits', () => {
  expect(figureText(column('DOUBLE'), 10 / 3)).toBe('3.33333');
  expect(figureText(column('DOUBLE'), 123456.789)).toBe('123,457');
  expect(figureText(column('INTEGER'), 62.5)).toBe('62.5');
  expect(figureText(column('BIGINT'), 1.8014e18)).toBe('1.8014e+18');
  expect(figureText(column('BIGINT'), -3e18)).toBe('-3e+18');
  expect(figureText(column('BIGINT'), 999_999_999_999)).toBe('999,999,999,999');
  expect(figureWithUnit({ ...column('DOUBLE'), unit: 'EUR' }, 36.757867829)).toBe('36.7579 EUR');
});

test('another language has its own marks', () => {
  setLocale('de-DE');
  expect(formatNumber(1234.5)).toBe('1.234,5');
  expect(decimalText('9007199254740993', { least: 0, most: 0 })).toBe('9.007.199.254.740.993');
  expect(cellText(column('DOUBLE'), 1.5)).toBe('1,5');
});
