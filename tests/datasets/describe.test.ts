import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { wrongInCard } from '../../src/preload/contract/cards';
import { Database } from '../../src/main/base/duckdb';
import { columnWords } from '../../src/main/datasets/column-words';
import { describeOpened } from '../../src/main/datasets/describe';
import { firstView } from '../../src/main/datasets/first-view';
import { openDataset } from '../../src/main/datasets/open';
import { profileRows } from '../../src/main/datasets/profile';
import { temporaryFolder } from '../helpers/temporary-folder';

async function described(content: string, name = 'data.csv') {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  const opened = await openDataset(path);
  onTestFinished(() => opened.close());
  const database = await Database.open();
  try {
    const profile = await profileRows(database, opened.from, opened.columns);
    const dataset = describeOpened(opened, profile);
    return { dataset, view: firstView(dataset, profile) };
  } finally {
    database.close();
  }
}

const ORDERS = [
  'order_id,customerName,country,weight_kg,Price (EUR),paid,ordered_at,customer_id,zip,note,photo',
  ...Array.from({ length: 120 }, (_, index) =>
    [
      ...[index + 1, `Person ${index}`, ['DE', 'AT', 'CH'][index % 3], index / 4, `${index}.50`],
      ...[index % 2 === 0, `2024-01-${String((index % 28) + 1).padStart(2, '0')}`, index % 70],
      ...[10_000 + index, 'long text '.repeat(12) + index, `https://example.org/${index}.png`],
    ].join(','),
  ),
].join('\n');

test('roles, labels, units and privacy follow from types, names and figures', async () => {
  const { dataset } = await described(ORDERS);
  const shown = dataset.columns.map(({ name, role, label, unit, privacy }) => [
    ...[name, role, label, unit, privacy],
  ]);
  expect(shown).toEqual([
    ['order_id', 'key', 'Order id', null, 'identifies'],
    ['customerName', 'title', 'Customer name', null, 'identifies'],
    ['country', 'category', 'Country', null, 'open'],
    ['weight_kg', 'measure', 'Weight', 'kg', 'open'],
    ['Price (EUR)', 'measure', 'Price', 'EUR', 'open'],
    ['paid', 'flag', 'Paid', null, 'open'],
    ['ordered_at', 'time', 'Ordered at', null, 'open'],
    ['customer_id', 'text', 'Customer id', null, 'identifies'],
    ['zip', 'text', 'Zip', null, 'quasi'],
    ['note', 'text', 'Note', null, 'open'],
    ['photo', 'image', 'Photo', null, 'identifies'],
  ]);
  expect(dataset).toMatchObject({
    kind: 'file',
    title: 'data.csv',
    rows: 120,
    row: { key: 'order_id', title: 'customerName', image: 'photo' },
  });
  expect(dataset.searched.slice(0, 3)).toEqual(['customerName', 'order_id', 'country']);
});

test('the first view: time, measures, categories; no colour by a key, no bars by a name', async () => {
  const { dataset, view } = await described(ORDERS);
  expect(view.cards?.map((card) => [card.kind, card.title])).toEqual([
    ['group', 'Weight by Ordered at'],
    ['density', 'Weight and Price'],
    ['categories', 'Country'],
    ['categories', 'Paid'],
    ['histogram', 'Weight'],
    ['histogram', 'Price'],
  ]);
  expect(view.cards?.[1]).toMatchObject({ color: 'country' });
  for (const card of view.cards ?? []) expect(wrongInCard(card, dataset)).toBeNull();
  expect(view.columns?.slice(0, 3)).toEqual(['photo', 'order_id', 'customerName']);
});

test('a table of names alone has a table and no cards; a key with duplicates is none', async () => {
  const { dataset, view } = await described('id,name\n1,a\n1,b\n2,c\n');
  expect(view.cards).toEqual([]);
  expect(dataset.row).toEqual({ key: null, title: 'name', image: null });
});

test('odd names, 300 characters, lists, nested values and no rows make a view all the same', async () => {
  const wide = await described(`"${'n'.repeat(300)}","q""x",__proto__\n1,2,3\n4,5,6\n`);
  expect(wide.view.cards?.every(({ title }) => title.length <= 80)).toBe(true);
  expect(wide.dataset.columns[2]).toMatchObject({ name: '__proto__', role: 'measure' });
  const nested = await described('[{"tags":["a"],"at":{"x":1},"m":1},{"tags":[],"m":2}]', 'x.json');
  expect(nested.dataset.columns.map(({ role }) => role)).toEqual(['members', 'nested', 'measure']);
  expect((await described('a,b\n')).view.cards).toEqual([]);
});

test('capitals part words: orderId is a key, customerID no measure', async () => {
  const { dataset } = await described('orderId,customerID,n\n1,5,2\n2,5,2\n3,6,1\n');
  expect(dataset.columns.map(({ role }) => role)).toEqual(['key', 'text', 'measure']);
});

const TRIPS = [
  'VendorID,userid,paid_amount,year,model_year,years_owned,month,hour,survived,Unnamed: 0,postal code,stop',
  ...Array.from({ length: 60 }, (_, index) =>
    [
      ...[(index % 2) + 1, 500 + (index % 45), index * 3, 2019 + (index % 6), `${1990 + index}.0`],
      ...[index % 9, (index % 12) + 1, index % 24, index % 2, index, 10_115 + index, index % 5],
    ].join(','),
  ),
].join('\n');

test('years, ids, postcodes and parts of dates are told apart, never summed or averaged', async () => {
  const { dataset, view } = await described(TRIPS);
  expect(dataset.columns.map(({ name, role, grouped }) => [name, role, grouped])).toEqual([
    ['VendorID', 'category', false],
    ['userid', 'text', false],
    ['paid_amount', 'measure', true],
    ['year', 'time', false],
    ['model_year', 'time', false],
    ['years_owned', 'measure', true],
    ['month', 'category', true],
    ['hour', 'category', true],
    ['survived', 'category', true],
    ['Unnamed: 0', 'key', false],
    ['postal code', 'text', false],
    ['stop', 'measure', true],
  ]);
  const measures = ['paid_amount', 'years_owned', 'stop'];
  expect(view.tiles?.map(({ column }) => column)).toEqual(measures);
  expect(view.cards?.map((card) => [card.kind, card.title])).toEqual([
    ['group', 'Paid amount by Year'],
    ['density', 'Paid amount and Years owned'],
    ['categories', 'Vendor ID'],
    ['categories', 'Month'],
    ['categories', 'Hour'],
    ['histogram', 'Paid amount'],
    ['histogram', 'Years owned'],
    ['histogram', 'Stop'],
  ]);
  expect(view.cards?.[1]).toMatchObject({ color: 'VendorID' });
});

test('a column named id whose values repeat is neither key, bars nor colour', async () => {
  const { dataset, view } = await described(`id,m\n${'1,2\n2,4\n'.repeat(20)}`);
  expect(dataset.columns.map(({ role }) => role)).toEqual(['text', 'measure']);
  expect(view.cards?.map(({ kind }) => kind)).toEqual(['histogram']);
});

test('numbered categories share a vocabulary', async () => {
  const rows = Array.from({ length: 20 }, (_, index) => `${'ab'[index % 2]},${'bc'[index % 2]},x`);
  const { dataset } = await described(['type_1,type_2,kind_1', ...rows].join('\n'));
  expect(dataset.groups).toEqual([
    { kind: 'slots', id: 'type', label: 'Type', columns: ['type_1', 'type_2'] },
  ]);
});

test('the key names one state: another content, another key', async () => {
  const first = await described('a\n1\n');
  const second = await described('a\n2\n');
  expect(first.dataset.key).toMatch(/^file-[0-9a-f]{12}$/);
  expect(second.dataset.key).not.toBe(first.dataset.key);
});

test.each([
  ['HTTPStatus', false, 'HTTPStatus', null],
  ['height_m', true, 'Height', 'm'],
  ['height_m', false, 'Height m', null],
  ['m', true, 'M', null],
  ['Speed [km/h]', true, 'Speed', 'km/h'],
  ['😀', false, '😀', null],
  ['price_constructor', true, 'Price constructor', null],
])('%s', (name, isNumber, label, unit) => {
  const words = columnWords(name, isNumber);
  expect(words.unit).toBe(unit);
  expect(words.label.toLowerCase()).toBe(label.toLowerCase());
});
