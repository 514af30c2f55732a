import { DATASET_COLUMNS } from './dataset';
import type { ColumnDescriptor, DatasetDescriptor, Role, ValueType } from './descriptor';
import type { NewView } from './view-format';

/** View `changes` in SQL, and what it looks like as a dataset of its own. */
export const CHANGES_VIEW = 'changes';

interface Told {
  sqlType: string;
  type: ValueType;
  role: Role;
  label: string;
  nullable?: true;
  named?: true;
  palette?: Readonly<Record<string, string>>;
  labels?: Readonly<Record<string, string>>;
  order?: readonly string[];
}

/** What a row can have gone through, in the order in which it is told. */
const KINDS = { insert: 'Added', update: 'Updated', delete: 'Deleted' };

const FIELDS = Object.fromEntries(DATASET_COLUMNS.map(labelOf));

/** Two columns may have one label and differ by their units. */
function labelOf(column: (typeof DATASET_COLUMNS)[number]): [string, string] {
  const isShared = DATASET_COLUMNS.filter(({ label }) => label === column.label).length > 1;
  return [
    column.name,
    isShared && 'unit' in column ? `${column.label} (${column.unit})` : column.label,
  ];
}

const COLUMNS: Readonly<Record<string, Told>> = {
  version: { sqlType: 'INTEGER', type: 'integer', role: 'category', label: 'Version' },
  timestamp: { sqlType: 'TIMESTAMP', type: 'timestamp', role: 'time', label: 'Published' },
  change: {
    ...{ sqlType: 'VARCHAR', type: 'text', role: 'category', label: 'Change' },
    palette: { insert: '#2E9E57', update: '#4C7BD9', delete: '#D0454C' },
    labels: KINDS,
    order: Object.keys(KINDS),
  },
  id: { sqlType: 'INTEGER', type: 'integer', role: 'text', label: 'Number', named: true },
  name: { sqlType: 'VARCHAR', type: 'text', role: 'title', label: 'Name', named: true },
  column: {
    ...{ sqlType: 'VARCHAR', type: 'text', role: 'category', label: 'Field', nullable: true },
    labels: FIELDS,
  },
  before: { sqlType: 'VARCHAR', type: 'text', role: 'text', label: 'Before', nullable: true },
  after: { sqlType: 'VARCHAR', type: 'text', role: 'text', label: 'After', nullable: true },
  delta: {
    sqlType: 'DOUBLE',
    type: 'double',
    role: 'measure',
    label: 'Difference',
    nullable: true,
  },
};

export const CHANGES_COLUMNS: readonly ColumnDescriptor[] = Object.entries(COLUMNS).map(
  ([name, { sqlType, type, role, label, ...told }]) => ({
    ...{ name, sqlType, type, role, label, unit: null, grouped: type === 'double' },
    decimals: type === 'integer' ? 0 : null,
    nullable: told.nullable ?? false,
    privacy: told.named === true ? 'identifies' : 'quasi',
    palette: told.palette ?? null,
    labels: told.labels ?? null,
    order: told.order ?? null,
  }),
);

/** `changes@N`: all that is told up to a version of the data. */
export function changesDataset(version: number, rows: number): DatasetDescriptor {
  return {
    key: `changes@${version}`,
    kind: 'changes',
    title: 'Changes',
    noun: { one: 'change', many: 'changes' },
    rows,
    columns: CHANGES_COLUMNS,
    groups: [],
    row: { key: null, title: 'name', image: null },
    searched: ['name', 'id', 'column', 'before', 'after'],
    facts: [
      { label: 'What it is', value: 'the change feed of the published data' },
      { label: 'Versions', value: `up to version ${version}` },
    ],
    can: [],
  };
}

export const CHANGES_FIRST_VIEW: NewView = {
  pokeview: 2,
  title: 'Changes',
  dataset: { kind: 'changes' },
  selections: [],
  columns: ['version', 'timestamp', 'change', 'name', 'column', 'before', 'after', 'delta'],
  sort: [],
  cards: [
    {
      ...{ id: 'versions', kind: 'group', title: 'Versions', width: 5, shape: 'bar' },
      ...{ x: 'version', color: 'change', aggregate: 'count' },
    },
    {
      id: 'when',
      kind: 'histogram',
      title: 'When published',
      column: 'timestamp',
      bins: 30,
      width: 4,
    },
    {
      id: 'kinds',
      kind: 'categories',
      title: 'Kinds of change',
      columns: ['change'],
      most: 20,
      width: 3,
    },
    { id: 'fields', kind: 'categories', title: 'Fields', columns: ['column'], most: 25, width: 4 },
    { id: 'delta', kind: 'histogram', title: 'By how much', column: 'delta', bins: 30, width: 4 },
    { id: 'grid', kind: 'pairs', title: 'Fields by version', x: 'version', y: 'column', width: 4 },
  ],
  tiles: [
    { column: 'delta', as: 'median', label: 'Median difference' },
    { column: 'delta', as: 'min', label: 'Smallest' },
    { column: 'delta', as: 'max', label: 'Largest' },
  ],
};
