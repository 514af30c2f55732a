import { createHash } from 'node:crypto';
import { counted, humanCount } from '../../preload/contract/counts';
import type {
  ColumnDescriptor,
  ColumnGroup,
  DatasetDescriptor,
  Role,
} from '../../preload/contract/descriptor';
import { columnWords } from './column-words';
import type { OpenedScan } from './opened-scan';
import type { Profile, ProfiledColumn } from './profile';
import { isNumberType, namesSomething, privacyOf, rolesOf } from './roles';
import { valueTypeOf } from './value-types';

type Described = Pick<OpenedScan, 'name' | 'format' | 'files' | 'notes'>;

const MOST_SEARCHED = 5;

/** An opened file, described: what the screen needs to draw it. Names, never paths. */
export function describeOpened(opened: Described, profile: Profile): DatasetDescriptor {
  const roles = rolesOf(profile.columns, profile.rows);
  const columns = profile.columns.map((column, index) => columnOf(column, roles[index] ?? 'text'));
  const named = (role: Role) => columns.find((column) => column.role === role)?.name ?? null;
  return {
    key: `file-${stateOf(opened)}`,
    kind: opened.format === 'delta' ? 'delta' : 'file',
    title: opened.name,
    noun: { one: 'row', many: 'rows' },
    rows: profile.rows,
    columns,
    groups: slotsOf(columns),
    row: { key: named('key'), title: named('title'), image: named('image') },
    searched: searchedOf(columns),
    facts: factsOf(opened),
    can: [],
  };
}

function columnOf(column: ProfiledColumn, role: Role): ColumnDescriptor {
  const { name, type: sqlType, nulls } = column;
  const type = valueTypeOf(sqlType);
  return {
    name,
    sqlType,
    type,
    role,
    ...columnWords(name, isNumberType(type)),
    decimals: type === 'decimal' ? Number(/,(\d+)\)$/.exec(sqlType)?.[1] ?? 0) : null,
    grouped: role !== 'key' && role !== 'time' && !namesSomething(name),
    nullable: nulls > 0,
    privacy: privacyOf(name, role),
    palette: null,
    labels: null,
    order: null,
  };
}

/** Names one state of the files: another where one of them changes. */
function stateOf({ name, files }: Described): string {
  const state = files.map(({ path, size, mtimeMs, parts }) => [path, size, mtimeMs, parts]);
  return createHash('sha256')
    .update(JSON.stringify([name, state]))
    .digest('hex')
    .slice(0, 12);
}

/** Categories that are numbered alike (`type_1`, `type_2`) share a vocabulary. */
function slotsOf(columns: readonly ColumnDescriptor[]): ColumnGroup[] {
  const found = new Map<string, string[]>();
  for (const { name, role } of columns) {
    const stem = role === 'category' ? /^(.*\D)[_ ]?\d{1,2}$/.exec(name)?.[1] : undefined;
    if (stem === undefined) continue;
    const id = stem.replace(/[_ ]+$/, '');
    found.set(id, [...(found.get(id) ?? []), name]);
  }
  return [...found]
    .filter(([, names]) => names.length > 1)
    .map(([id, names]) => ({
      kind: 'slots',
      id,
      label: columnWords(id, false).label,
      columns: names,
    }));
}

/** What a person knows a row by comes first. */
function searchedOf(columns: readonly ColumnDescriptor[]): string[] {
  const order: readonly Role[] = ['title', 'key', 'category', 'text', 'members'];
  return order
    .flatMap((role) =>
      columns.filter((column) => column.role === role && column.sqlType !== 'JSON'),
    )
    .filter(({ type }) => type === 'text' || type === 'list' || type === 'integer')
    .map(({ name }) => name)
    .slice(0, MOST_SEARCHED);
}

const FORMATS = {
  parquet: 'Parquet',
  csv: 'CSV',
  json: 'JSON',
  arrow: 'Arrow',
  delta: 'Delta table',
};

function factsOf({ format, files, notes }: Described): DatasetDescriptor['facts'] {
  let bytes = 0;
  let newest = 0;
  for (const { size, mtimeMs } of files) {
    bytes += size;
    newest = Math.max(newest, mtimeMs);
  }
  return [
    { label: 'Format', value: FORMATS[format] },
    { label: 'Size', value: `${humanCount(bytes)} bytes in ${counted(files.length, 'file')}` },
    ...(newest === 0 ? [] : [{ label: 'Changed', value: new Date(newest).toISOString() }]),
    ...(notes.length === 0 ? [] : [{ label: 'To know', value: counted(notes.length, 'note') }]),
  ];
}
