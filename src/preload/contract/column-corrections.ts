import { z } from 'zod';
import { type ColumnDescriptor, type DatasetDescriptor, type Role, ROLES } from './descriptor';
import { columnName } from './filters';

/** What a person has corrected of one column; the rest is as the app sees it. */
export const columnCorrectionSchema = z.strictObject({
  name: columnName,
  role: z.enum(ROLES).exactOptional(),
  label: z.string().trim().min(1).max(200).exactOptional(),
  /** Null for none. */
  unit: z.string().trim().min(1).max(40).nullable().exactOptional(),
  /** Values and their colours. */
  palette: z
    .array(z.tuple([z.string().max(1000), z.string().regex(/^#[0-9a-f]{6}$/i)]))
    .min(1)
    .max(200)
    .exactOptional(),
});

export type ColumnCorrection = z.infer<typeof columnCorrectionSchema>;

/** What a person has corrected of a table's columns; remembered for that table. */
export const columnCorrectionsSchema = z.strictObject({
  columns: z
    .array(columnCorrectionSchema)
    .max(2500)
    .refine((given) => new Set(given.map(({ name }) => name)).size === given.length, {
      error: 'a column is named twice',
    })
    .default([]),
  /** Columns and groups from top to bottom; what is not named follows as the table has it. */
  order: z.array(columnName).max(2500).exactOptional(),
});

export type ColumnCorrections = z.infer<typeof columnCorrectionsSchema>;

export const NOTHING_CORRECTED: ColumnCorrections = { columns: [] };

export function isCorrected({ columns, order }: ColumnCorrections): boolean {
  return columns.length > 0 || order !== undefined;
}

/** Roles of which a table has one column at most. */
const SINGLE: readonly Role[] = ['key', 'title', 'image'];

/** The roles that values of a type can be looked at in; the one it has is always among them. */
export function fittingRoles({ type, role, sqlType }: ColumnDescriptor): readonly Role[] {
  const fitting = sqlType === 'JSON' ? (['nested', 'text'] as const) : OF_TYPE[type];
  return fitting.includes(role) ? fitting : [role, ...fitting];
}

const OF_TYPE: Readonly<Record<ColumnDescriptor['type'], readonly Role[]>> = {
  integer: ['measure', 'category', 'time', 'key', 'text'],
  double: ['measure', 'category', 'text'],
  decimal: ['measure', 'category', 'text'],
  text: ['category', 'text', 'title', 'key', 'image'],
  boolean: ['flag'],
  date: ['time', 'category', 'text'],
  timestamp: ['time', 'text'],
  time: ['text', 'category'],
  binary: ['text'],
  list: ['members', 'nested'],
  struct: ['nested'],
  map: ['nested'],
};

/**
 * A dataset as a person has corrected it. What does not fit it (any more) is passed over: a column
 * that is gone, a role that its type cannot have, a key whose values repeat.
 * @param isUnique whether every row has a value of its own there
 */
export function correctedDataset(
  dataset: DatasetDescriptor,
  corrections: ColumnCorrections,
  isUnique: (column: string) => boolean,
): DatasetDescriptor {
  if (!isCorrected(corrections)) return dataset;
  const given = new Map(corrections.columns.map((each) => [each.name, each]));
  const roles = rolesOf(dataset, given, isUnique);
  const columns = dataset.columns.map((column, at) =>
    correctedColumn(column, roles[at] ?? column.role, given.get(column.name)),
  );
  const named = (role: Role) => columns.find((column) => column.role === role)?.name ?? null;
  const row = { key: named('key'), title: named('title'), image: named('image') };
  const isTitled = row.title !== null && row.title !== dataset.row.title;
  return {
    ...dataset,
    columns: inOrder(columns, dataset, corrections.order),
    row,
    searched: isTitled ? [...new Set([row.title ?? '', ...dataset.searched])] : dataset.searched,
  };
}

/** A role that only one column may have passes to the corrected one; the other is text from then on. */
function rolesOf(
  { columns, can }: DatasetDescriptor,
  given: ReadonlyMap<string, ColumnCorrection>,
  isUnique: (column: string) => boolean,
): Role[] {
  // Where a row came from is known by the dataset's own key.
  const isKeyFixed = can.includes('provenance');
  const taken = new Set<Role>();
  const corrected = columns.map((column) => {
    const role = given.get(column.name)?.role;
    if (role === undefined || role === column.role) return null;
    if (!fittingRoles(column).includes(role) || taken.has(role)) return null;
    if (isKeyFixed && (role === 'key' || column.role === 'key')) return null;
    if (role === 'key' && !isUnique(column.name)) return null;
    if (SINGLE.includes(role)) taken.add(role);
    return role;
  });
  return columns.map(({ role }, at) => corrected[at] ?? (taken.has(role) ? 'text' : role));
}

function correctedColumn(
  column: ColumnDescriptor,
  role: Role,
  given: ColumnCorrection | undefined,
): ColumnDescriptor {
  const { label, unit, palette } = given ?? {};
  return {
    ...column,
    role,
    label: label ?? column.label,
    unit: unit === undefined ? column.unit : unit,
    // Numbers that are measured have thousands; those that name something do not.
    grouped: role === column.role ? column.grouped : role === 'measure',
    privacy:
      role !== column.role && (role === 'key' || role === 'title') ? 'identifies' : column.privacy,
    palette: palette === undefined ? column.palette : Object.fromEntries(palette),
  };
}

/** A group stands for its columns. */
function inOrder(
  columns: readonly ColumnDescriptor[],
  { groups }: DatasetDescriptor,
  order: readonly string[] | undefined,
): readonly ColumnDescriptor[] {
  if (order === undefined) return columns;
  const members = new Map(groups.map(({ id, columns: names }) => [id, names]));
  const names = order.flatMap((name) => members.get(name) ?? [name]);
  const places = new Map(names.map((name, place) => [name, place]));
  const placeOf = ({ name }: ColumnDescriptor) => places.get(name) ?? places.size;
  return [...columns].sort((one, other) => placeOf(one) - placeOf(other));
}

/** The corrections with those of one column in place of what it had; none of them for nothing. */
export function withCorrection(
  corrections: ColumnCorrections,
  correction: ColumnCorrection,
): ColumnCorrections {
  const { name, role, ...rest } = correction;
  const others = corrections.columns.filter((each) => each.name !== name);
  const isEmpty = role === undefined && Object.keys(rest).length === 0;
  // The newest title, key or image is the one that is meant.
  const freed = others.map((each) =>
    role !== undefined && SINGLE.includes(role) && each.role === role ? withoutRole(each) : each,
  );
  const kept = freed.filter((each) => Object.keys(each).length > 1);
  return { ...corrections, columns: isEmpty ? kept : [...kept, correction] };
}

function withoutRole(correction: ColumnCorrection): ColumnCorrection {
  const rest = { ...correction };
  delete rest.role;
  return rest;
}
