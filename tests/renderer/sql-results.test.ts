import { describe, expect, test } from 'vitest';
import {
  chartFor,
  isNumberType,
  resultOption,
} from '../../src/renderer/components/sql/result-chart';
import {
  shownText,
  toCsv,
  toJson,
  toTabs,
  uniqueNames,
} from '../../src/renderer/components/sql/result-text';
import { LIGHT } from '../../src/renderer/charts/chart-theme';

const columns = (...pairs: [name: string, type: string][]) =>
  pairs.map(([name, type]) => ({ name, type }));

const RESULT = {
  columns: columns(['name', 'VARCHAR'], ['n', 'BIGINT'], ['list', 'VARCHAR[]']),
  rows: [
    ['Mr-mime, "the" mime', 1, ['red', 'blue']],
    ['two\nlines', null, []],
    ['', '9007199254740993', null],
  ],
};

describe('a result taken along', () => {
  test('as CSV keeps quotes, line breaks, lists, and null apart from empty', () => {
    expect(toCsv(RESULT)).toBe(
      'name,n,list\r\n' +
        '"Mr-mime, ""the"" mime",1,"[""red"",""blue""]"\r\n' +
        '"two\nlines",,[]\r\n' +
        '"",9007199254740993,\r\n',
    );
  });

  test('as JSON keeps types, and both of two columns of one name', () => {
    const twice = { columns: columns(['n', 'BIGINT'], ['n', 'BIGINT']), rows: [[1, 2]] };
    expect(JSON.parse(toJson(twice))).toEqual([{ n: 1, n_2: 2 }]);
    expect(JSON.parse(toJson(RESULT))).toEqual([
      { name: 'Mr-mime, "the" mime', n: 1, list: ['red', 'blue'] },
      { name: 'two\nlines', n: null, list: [] },
      { name: '', n: '9007199254740993', list: null },
    ]);
    expect(uniqueNames(['a', 'a', 'a_2'])).toEqual(['a', 'a_3', 'a_2']);
  });

  test('pasted into a spreadsheet has one line a row, whatever the cells hold', () => {
    expect(toTabs(RESULT).split('\n')).toEqual([
      'name\tn\tlist',
      'Mr-mime, "the" mime\t1\t["red","blue"]',
      'two lines\t\t[]',
      '\t9007199254740993\t',
    ]);
  });
});

test('a cell of millions of characters or entries is shown as far as anyone reads', () => {
  expect(shownText(null)).toBe('–');
  expect(shownText(['red', 'blue'])).toBe('["red","blue"]');
  expect(shownText('x'.repeat(1000))).toBe('x'.repeat(1000));
  expect(shownText('x'.repeat(20_000_000))).toBe(`${'x'.repeat(1000)}…`);
  expect(shownText(Array.from({ length: 5_000_000 }, () => 1))).toMatch(/^\[1,1,1.{990,1000}…$/);
  expect(toCsv({ columns: RESULT.columns, rows: [['x'.repeat(5000), 1, null]] })).toHaveLength(
    5018,
  );
});

describe('the chart a result suggests', () => {
  test.each([
    ['bars a text', columns(['t', 'VARCHAR'], ['n', 'BIGINT']), { kind: 'bar', x: 0, y: 1 }],
    ['a number first', columns(['n', 'DOUBLE'], ['t', 'VARCHAR']), { kind: 'bar', x: 1, y: 0 }],
    [
      'dots for two numbers',
      columns(['a', 'INTEGER'], ['b', 'DECIMAL(18,3)']),
      { kind: 'scatter', x: 0, y: 1 },
    ],
    ['a line over time', columns(['n', 'BIGINT'], ['d', 'DATE']), { kind: 'line', x: 1, y: 0 }],
    ['none without a number', columns(['t', 'VARCHAR']), null],
    ['none for one number', columns(['n', 'BIGINT']), null],
    ['none for nothing', [], null],
  ])('%s', (_name, given, expected) => {
    expect(chartFor(given)).toEqual(expected);
  });

  test('lists of numbers and intervals are no numbers', () => {
    expect(
      ['INTEGER[]', 'INTERVAL', 'VARCHAR', 'HUGEINT', 'UTINYINT', 'FLOAT'].map(isNumberType),
    ).toEqual([false, false, false, true, true, true]);
  });

  test('a scatter leaves out rows without both numbers; bars keep their place', () => {
    const result = {
      columns: columns(['a', 'INTEGER'], ['b', 'INTEGER']),
      rows: [
        [1, 2],
        [null, 3],
        [4, '5'],
      ],
    };
    const data = (kind: 'scatter' | 'bar') => {
      const series: unknown = resultOption(result, { kind, x: 0, y: 1 }, LIGHT)['series'];
      return JSON.parse(JSON.stringify(series))[0].data as unknown;
    };
    expect(data('scatter')).toEqual([
      [1, 2],
      [4, 5],
    ]);
    expect(data('bar')).toEqual([2, 3, 5]);
  });
});
