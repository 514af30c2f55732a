import { describe, expect, test } from 'vitest';
import {
  csvText,
  jsonText,
  spreadsheetCsv,
  tabsText,
  uniqueNames,
} from '../../src/preload/contract/table-text';
import { isNumberShape, type Shape } from '../../src/preload/contract/value-text';
import { chartFor, leftOut, resultOption } from '../../src/renderer/components/sql/result-chart';
import { shownText } from '../../src/renderer/words/values';
import { LIGHT } from '../../src/renderer/charts/chart-theme';

const SHAPES: Record<string, Shape> = {
  VARCHAR: { kind: 'text' },
  DATE: { kind: 'text' },
  BIGINT: { kind: 'integer' },
  INTEGER: { kind: 'integer' },
  DOUBLE: { kind: 'float' },
  'DECIMAL(18,3)': { kind: 'decimal' },
  'VARCHAR[]': { kind: 'list', of: { kind: 'text' } },
};

const columns = (...pairs: [name: string, type: string][]) =>
  pairs.map(([name, type]) => ({ name, type, shape: SHAPES[type] ?? { kind: 'text' } }));

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
    expect(csvText(RESULT)).toBe(
      'name,n,list\n' +
        '"Mr-mime, ""the"" mime",1,"[red, blue]"\n' +
        '"two\nlines",,[]\n' +
        '"",9007199254740993,\n',
    );
  });

  test('as JSON keeps types, and both of two columns of one name', () => {
    const twice = { columns: columns(['n', 'BIGINT'], ['n', 'BIGINT']), rows: [[1, 2]] };
    expect(JSON.parse(jsonText(twice))).toEqual([{ n: 1, n_1: 2 }]);
    expect(JSON.parse(jsonText(RESULT))).toEqual([
      { name: 'Mr-mime, "the" mime', n: 1, list: ['red', 'blue'] },
      { name: 'two\nlines', n: null, list: [] },
      { name: '', n: '9007199254740993', list: null },
    ]);
    expect(JSON.parse(jsonText({ ...RESULT, rows: [] }))).toEqual([]);
    expect(uniqueNames(['a', 'a', 'a_1'])).toEqual(['a', 'a_2', 'a_1']);
  });

  test('pasted into a spreadsheet stays one cell each, whatever the cells hold', () => {
    expect(tabsText(RESULT).split('\r\n')).toEqual([
      'name\tn\tlist',
      '"Mr-mime, ""the"" mime"\t1\t[red, blue]',
      '"two\nlines"\t\t[]',
      '\t9007199254740993\t',
    ]);
  });
});

describe('formulas in text', () => {
  const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', "'=1", 'a=1', ' =1'];
  const table = {
    columns: columns(['=cmd', 'VARCHAR'], ['n', 'BIGINT'], ['x', 'DOUBLE'], ['d', 'DECIMAL(18,3)']),
    rows: texts.map((text) => [text, -1, -1.5, '-1.100']),
  };

  test('are shown, not run, in what goes to a spreadsheet; numbers are left alone', () => {
    const lines = tabsText(table).split('\r\n');
    expect(lines.map((line) => line.split('\t').slice(-3).join(' '))).toEqual([
      'n x d',
      ...texts.map(() => '-1 -1.5 -1.100'),
    ]);
    expect(spreadsheetCsv(table, 'comma')).toBe(
      '\uFEFF' +
        [
          "'=cmd;n;x;d",
          "'=1+1;-1;-1,5;-1,100",
          "'+1;-1;-1,5;-1,100",
          "'-1;-1;-1,5;-1,100",
          "'@SUM(A1);-1;-1,5;-1,100",
          "'\t=1;-1;-1,5;-1,100",
          `"'\r=1";-1;-1,5;-1,100`,
          "'＝1;-1;-1,5;-1,100",
          "'=1;-1;-1,5;-1,100",
          'a=1;-1;-1,5;-1,100',
          ' =1;-1;-1,5;-1,100',
          '',
        ].join('\r\n'),
    );
  });

  test('stay exactly what they are in plain CSV', () => {
    expect(csvText(table)).toContain('\n=1+1,-1,-1.5,-1.100\n+1,-1,');
    expect(spreadsheetCsv(RESULT, 'point')).toMatch(/^\uFEFFname,n,list\r\n"Mr-mime, ""the/);
  });
});

test('a cell of millions of characters or entries is shown as far as anyone reads', () => {
  const text: Shape = { kind: 'text' };
  const list: Shape = { kind: 'list', of: { kind: 'integer' } };
  expect(shownText(null, text)).toBe('–');
  expect(shownText(['red', 'blue'], { kind: 'list', of: text })).toBe('[red, blue]');
  expect(shownText('x'.repeat(1000), text)).toBe('x'.repeat(1000));
  expect(shownText('x'.repeat(20_000_000), text)).toBe(`${'x'.repeat(1000)}…`);
  expect(
    shownText(
      Array.from({ length: 5_000_000 }, () => 1),
      list,
    ),
  ).toMatch(/^\[1, 1, 1.{990,1000}…$/);
  expect(csvText({ columns: RESULT.columns, rows: [['x'.repeat(5000), 1, null]] })).toHaveLength(
    5016,
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

  test('lists of numbers are not numbers', () => {
    const list: Shape = { kind: 'list', of: { kind: 'integer' } };
    const kinds = ['integer', 'float', 'decimal', 'text', 'boolean'] as const;
    expect(kinds.map((kind) => isNumberShape({ kind }))).toEqual([true, true, true, false, false]);
    expect(isNumberShape(list)).toBe(false);
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

  test('rows that a picture leaves out are counted beside it', () => {
    const result = {
      columns: columns(['t', 'VARCHAR'], ['v', 'DOUBLE'], ['w', 'DOUBLE']),
      rows: [
        ['x', 'NaN', 1],
        ['y', 'Infinity', 2],
        ['z', -5, null],
        ['null', null, 3],
      ],
    };
    expect(leftOut(result, { kind: 'bar', x: 0, y: 1 })).toBe(
      '3 rows have no finite number to draw.',
    );
    expect(leftOut(result, { kind: 'line', x: 0, y: 2 })).toBe(
      '1 row has no finite number to draw.',
    );
    expect(leftOut(result, { kind: 'scatter', x: 1, y: 2 })).toBe(
      '4 rows have no finite number to draw.',
    );
    const many = { ...result, rows: Array.from({ length: 2001 }, () => ['a', 1, 1]) };
    expect(leftOut(many, { kind: 'bar', x: 0, y: 1 })).toBe('The first 2,000 rows are drawn.');
  });

  test('a tooltip says what the row holds, also what no picture can show', () => {
    const result = {
      columns: columns(['t', 'VARCHAR'], ['b', 'BIGINT'], ['x', 'DOUBLE']),
      rows: [
        ['a', '9007199254740993', 'NaN'],
        ['b', 2, 1],
      ],
    };
    const said = (y: number, dataIndex: number) => {
      const option = resultOption(result, { kind: 'bar', x: 0, y }, LIGHT);
      return (option['tooltip'] as { formatter(at: unknown): string }).formatter([{ dataIndex }]);
    };
    expect(said(1, 0)).toBe('t: a\nb: 9007199254740993');
    expect(said(2, 0)).toBe('t: a\nx: NaN');
    expect(said(2, 1)).toBe('t: b\nx: 1.0');
  });
});
