import { expect, test } from 'vitest';
import {
  columnCorrectionsSchema,
  correctedDataset,
  fittingRoles,
  withCorrection,
} from '../../src/preload/contract/column-corrections';
import type { ColumnDescriptor, DatasetDescriptor } from '../../src/preload/contract/descriptor';

const COLUMN: Omit<ColumnDescriptor, 'name' | 'label'> = {
  ...{ sqlType: 'VARCHAR', type: 'text', role: 'text', unit: null, decimals: null },
  ...{ grouped: true, nullable: false, privacy: 'open', palette: null, labels: null, order: null },
};

function column(name: string, given: Partial<ColumnDescriptor> = {}): ColumnDescriptor {
  return { ...COLUMN, name, label: name, ...given };
}

const NUMBER = { sqlType: 'INTEGER', type: 'integer', role: 'measure' } as const;
const TABLE: DatasetDescriptor = {
  ...{ key: 'file-1', kind: 'file', title: 't', noun: { one: 'row', many: 'rows' }, rows: 3 },
  columns: [
    column('name', { role: 'title', privacy: 'identifies' }),
    column('code'),
    column('zip', NUMBER),
    column('__proto__', NUMBER),
    column('kind_1', { role: 'category' }),
    column('kind_2', { role: 'category' }),
  ],
  groups: [{ kind: 'slots', id: 'kind', label: 'Kind', columns: ['kind_1', 'kind_2'] }],
  row: { key: null, title: 'name', image: null },
  searched: ['name'],
  facts: [],
  can: [],
};

function seen(columns: unknown, order?: string[], isUnique = true) {
  const read = columnCorrectionsSchema.parse({
    columns,
    ...(order === undefined ? {} : { order }),
  });
  return correctedDataset(TABLE, read, () => isUnique);
}

const find = (of: DatasetDescriptor, name: string) => of.columns.find((each) => each.name === name);

test('name, unit and colours are the person’s; what they do not say stays', () => {
  const of = seen([
    { name: '__proto__', label: 'Weight', unit: 'kg' },
    { name: 'kind_1', palette: [['__proto__', '#ff0000']] },
    { name: 'gone', label: 'x' },
  ]);
  expect(find(of, '__proto__')).toEqual(
    column('__proto__', { ...NUMBER, label: 'Weight', unit: 'kg' }),
  );
  expect(Object.entries(find(of, 'kind_1')?.palette ?? {})).toEqual([['__proto__', '#ff0000']]);
  expect(find(of, 'zip')).toEqual(find(TABLE, 'zip'));
});

test('a title, key or image is one column: the old one is text, the row is named by the new one', () => {
  const of = seen([{ name: 'code', role: 'title' }]);
  expect(of.row).toEqual({ key: null, title: 'code', image: null });
  expect(of.searched).toEqual(['code', 'name']);
  expect(find(of, 'name')?.role).toBe('text');
  expect(find(of, 'code')?.privacy).toBe('identifies');
  const two = withCorrection(withCorrection({ columns: [] }, { name: 'code', role: 'title' }), {
    name: 'kind_1',
    role: 'title',
    label: 'K',
  });
  expect(two.columns).toEqual([{ name: 'kind_1', role: 'title', label: 'K' }]);
});

test('a key needs values of their own; a role that the type cannot have is passed over', () => {
  expect(seen([{ name: 'zip', role: 'key' }]).row.key).toBe('zip');
  expect(seen([{ name: 'zip', role: 'key' }], undefined, false).row.key).toBeNull();
  expect(find(seen([{ name: 'name', role: 'measure' }]), 'name')?.role).toBe('title');
  expect(fittingRoles(column('d', { type: 'date', role: 'time' }))).not.toContain('measure');
  const fixed = correctedDataset(
    { ...TABLE, can: ['provenance'] },
    { columns: [{ name: 'zip', role: 'key' }] },
    () => true,
  );
  expect(fixed.row.key).toBeNull();
});

test('numbers that are a category have no thousands', () => {
  expect(find(seen([{ name: 'zip', role: 'category' }]), 'zip')?.grouped).toBe(false);
});

test('an order holds columns and groups; what it does not name follows', () => {
  const of = seen([], ['kind', 'zip']);
  expect(of.columns.map(({ name }) => name)).toEqual([
    ...['kind_1', 'kind_2', 'zip', 'name', 'code', '__proto__'],
  ]);
});

test('nothing corrected is nothing remembered', () => {
  const one = withCorrection({ columns: [] }, { name: 'zip', label: 'Postcode' });
  expect(withCorrection(one, { name: 'zip' })).toEqual({ columns: [] });
  expect(correctedDataset(TABLE, { columns: [] }, () => true)).toBe(TABLE);
});
