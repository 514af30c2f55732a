import { expect, test } from 'vitest';
import { columnOf } from '../../src/preload/contract/descriptor';
import type { Cell } from '../../src/preload/contract/value-text';
import { cellText } from '../../src/renderer/words/values';
import { linesToText, rowsToText } from '../../src/renderer/components/table/table-text';
import { POKEMON } from '../helpers/described-pokemon';
import { rowsAs } from '../helpers/rows-as';

function column(name: string) {
  const found = columnOf(POKEMON, name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

/** One row’s text, as the table copies it. */
function copied(cells: Readonly<Record<string, Cell>>): string {
  const names = Object.keys(cells);
  return rowsToText(names.map(column), rowsAs(names, Object.values(cells)));
}

test('a pasted table has units in its header, whole numbers, and empty cells for nothing', () => {
  const text = copied({
    name: 'Bulbasaur',
    weight_kg: 6.9,
    bmi: 14.081632653061224,
    type_2: null,
    is_default: true,
    abilities: ['overgrow', 'chlorophyll'],
  });
  expect(text).toBe(
    'Name\tWeight (kg)\tBMI (kg/m²)\tSecond type\tDefault form\tAbilities\r\n' +
      'Bulbasaur\t6.9\t14.081632653061224\t\ttrue\t[overgrow, chlorophyll]',
  );
});

test.each([
  ['a tab', 'a\tb', '"a\tb"'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['a quote', 'the "one"', '"the ""one"""'],
  ['a formula', '=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['a formula that adds', '+1+1', `'+1+1`],
  ['a formula that takes away', '-1', `'-1`],
  ['a function call of old', '@SUM(A1)', `'@SUM(A1)`],
])('a name with %s stays one cell of text in a spreadsheet', (_, name, cell) => {
  expect(copied({ name })).toBe(`Name\r\n${cell}`);
});

test('what a card shows is copied by the same rule', () => {
  const lines = [
    ['=cmd', -1, 0.5, ['red', 'blue']],
    [null, 2, 1, []],
  ];
  expect(linesToText(['x', 'n', 'y', 'set'], lines)).toBe(
    "x\tn\ty\tset\r\n'=cmd\t-1\t0.5\t[red, blue]\r\n\t2\t1.0\t[]",
  );
});

test('a negative number is pasted as a number', () => {
  expect(copied({ order: -1 })).toBe('Order\r\n-1');
});

test.each<[string, Cell, string]>([
  ['height_m', 0.7, '0.7'],
  ['height_m', 2, '2.0'],
  ['weight_kg', 999.9, '999.9'],
  ['weight_kg', 1234.56, '1,234.6'],
  ['bmi', 14.081632653061224, '14.1'],
  ['bmi', null, '–'],
  ['bmi', 'NaN', 'NaN'],
  ['bmi', '-Infinity', '-Infinity'],
  ['base_experience', 1351, '1,351'],
  ['id', 10001, '10001'],
  ['type_2', null, '–'],
  ['games', [], '–'],
  ['games', ['red', 'lets-go-eevee'], "Red, Let's Go, Eevee!"],
  ['abilities', ['solar-power'], 'Solar Power'],
  ['name', 'Mr-mime', 'Mr-mime'],
  ['is_default', false, 'no'],
])('a cell of %s holding %j reads %s', (name, value, text) => {
  expect(cellText(column(name), value)).toBe(text);
});
