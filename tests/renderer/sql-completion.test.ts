import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import type { ColumnDescriptor } from '../../src/preload/contract/descriptor';
import {
  columnsOf,
  schemaOf,
  sqlIdentifier,
} from '../../src/renderer/components/sql/sql-completion';

const column = (name: string): ColumnDescriptor => ({
  ...{
    name,
    sqlType: 'BIGINT',
    type: 'integer',
    role: 'measure',
    label: name,
    short: null,
    labels: null,
    order: null,
  },
  ...{ unit: null, decimals: null, palette: null, privacy: 'open', grouped: true, nullable: false },
});
const TABLES = [
  { name: 'pokemon', columns: [column('hp'), column('order')] },
  { name: 'cities', columns: [column('size'), column('Zip code')] },
  { name: '__proto__', columns: [column('odd')] },
];

function completed(text: string): { label: string; apply?: unknown }[] {
  const state = EditorState.create({ doc: text });
  const context = new CompletionContext(state, text.length, true);
  return (columnsOf(TABLES)(context)?.options ?? []).map(({ label, apply }) =>
    apply === undefined ? { label } : { label, apply },
  );
}
const labels = (text: string) => completed(text).map(({ label }) => label);

test('columns of the tables that the query names, in whatever case', () => {
  expect(completed('FROM Cities SELECT z')).toEqual([
    { label: 'size' },
    { label: 'Zip code', apply: '"Zip code"' },
  ]);
  expect(labels('FROM pokemon JOIN cities ON h')).toEqual(['hp', 'order', 'size', 'Zip code']);
});

test('of all where it names none yet; after a point the table’s own are the editor’s affair', () => {
  expect(labels('SELECT s')).toHaveLength(5);
  expect(labels('FROM cities_2 SELECT s')).toHaveLength(5);
  expect(labels('FROM cities SELECT cities.s')).toEqual([]);
});

test('every table is there, whatever it is called', () => {
  expect(Object.keys(schemaOf(TABLES))).toEqual(['pokemon', 'cities', '__proto__']);
});

test.each([
  ['hp', 'hp'],
  ['Total', 'Total'],
  ['order', '"order"'],
  ['Zip code', '"Zip code"'],
  ['a "q"', '"a ""q"""'],
  ['größe', '"größe"'],
  ['2024', '"2024"'],
  ['', '""'],
])('%s is written as %s', (name, written) => {
  expect(sqlIdentifier(name)).toBe(written);
});
