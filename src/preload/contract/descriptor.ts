/**
 * What can be explored, described: a dataset's columns, its noun, which columns name a row. Made in
 * main, sent to the page whole; everything on the screen is drawn from it.
 */

/** Names one state of some data: `published@12`, `changes@12`, `file-3f2a`, `query-7`. */
export type DatasetKey = string;

/** The key column's value as text, or `#41236` for a position where there is no key. */
export type RowId = string;

export type Scalar = string | number | boolean | null;

export interface DatasetDescriptor {
  readonly key: DatasetKey;
  /** `version` and `comparison` are the published data as they were, one version or two. */
  readonly kind: 'published' | 'changes' | 'version' | 'comparison' | 'file' | 'delta' | 'query';
  readonly title: string;
  /** What a row is: “1 Pokémon”, “649 rows”. */
  readonly noun: { readonly one: string; readonly many: string };
  readonly rows: number;
  readonly columns: readonly ColumnDescriptor[];
  readonly groups: readonly ColumnGroup[];
  /** Which columns identify, name and picture a row; null where none does. */
  readonly row: {
    readonly key: string | null;
    readonly title: string | null;
    readonly image: string | null;
  };
  /** What the search box looks through, the column a person knows first first. */
  readonly searched: readonly string[];
  /** Where the data come from and how old they are, for the header and About. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly can: readonly ('refresh' | 'provenance' | 'versions' | 'erase')[];
  /** Which versions are seen; absent for what has none. */
  readonly versions?: {
    readonly now: VersionSeen;
    /** What it is compared with: its answers come for `side: 'before'`. */
    readonly before?: VersionSeen;
  };
}

export interface VersionSeen {
  readonly version: number;
  /** When it was published, ISO 8601; null where its maker did not say. */
  readonly published_at: string | null;
  readonly rows: number;
}

export type ValueType =
  | 'integer'
  | 'double'
  | 'decimal'
  | 'text'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'binary'
  | 'list'
  | 'struct'
  | 'map';

/** How a column is looked at: guessed from type, name and profile; a person can correct it. */
export const ROLES = [
  'key',
  'title',
  'image',
  'measure',
  'category',
  'time',
  'members',
  'flag',
  'text',
  'nested',
] as const;

export type Role = (typeof ROLES)[number];

export interface ColumnDescriptor {
  /** A path where nested: `address.city`. */
  readonly name: string;
  /** DuckDB's name of the type. */
  readonly sqlType: string;
  readonly type: ValueType;
  readonly role: Role;
  readonly label: string;
  readonly unit: string | null;
  /** Decimals that are shown; null for as many as a value has. */
  readonly decimals: number | null;
  /** Whether thousands are set apart: not for numbers that name something, like a year. */
  readonly grouped: boolean;
  /** False where every row has a value. */
  readonly nullable: boolean;
  /** `identifies`: what could name the subject. `quasi`: what might, together with others. */
  readonly privacy: 'identifies' | 'quasi' | 'open';
  /** Colours of values that have one, `#RRGGBB`; null for the house's own scale. */
  readonly palette: Readonly<Record<string, string>> | null;
  /** What values are called where people read them; a value without an entry is shown as it is. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** Values are written for machines: `solar-power`, without a label, reads “Solar Power”. */
  readonly slugs?: boolean;
  /** The order in which values stand where it is neither their number nor the alphabet's. */
  readonly order: readonly string[] | null;
}

/**
 * Columns that belong together. `slots` share a vocabulary (a first and a second type); `profile`
 * are measures on one scale (six base stats).
 */
export interface ColumnGroup {
  readonly kind: 'slots' | 'profile';
  readonly id: string;
  readonly label: string;
  readonly columns: readonly string[];
}

/** A figure that says whether it is exact, wherever it is shown. */
export interface Measured {
  readonly value: number;
  /** Where a number would bend it, an infinity or more digits than a double keeps; `value` is then near it. */
  readonly text?: string;
  readonly exact: boolean;
}

export interface ColumnProfile {
  readonly nulls: number;
  readonly distinct: Measured;
  readonly extent: readonly [Scalar, Scalar] | null;
  readonly median: Measured | null;
  readonly top: readonly { readonly value: Scalar; readonly n: number }[];
}

type Described = Pick<DatasetDescriptor, 'columns'>;

const maps = new WeakMap<readonly ColumnDescriptor[], Map<string, ColumnDescriptor>>();

/** The column of that name; undefined where the dataset has none. */
export function columnOf({ columns }: Described, name: string): ColumnDescriptor | undefined {
  const known = maps.get(columns) ?? new Map(columns.map((column) => [column.name, column]));
  maps.set(columns, known);
  return known.get(name);
}

/** Whether a column holds numbers: it can be averaged and summed. */
export function isNumberColumn(column: Pick<ColumnDescriptor, 'type'> | undefined): boolean {
  return column?.type === 'integer' || column?.type === 'double' || column?.type === 'decimal';
}

/** Whether a column holds moments: it has an axis of time. */
export function isTimeColumn(column: Pick<ColumnDescriptor, 'type'> | undefined): boolean {
  return column?.type === 'date' || column?.type === 'timestamp';
}

/**
 * Whether a column is looked at along an axis, by bins and ranges. Numbers that are a category, like
 * that of a month, have an order too, but are told apart one by one.
 */
export function isBinnedColumn(
  column: Pick<ColumnDescriptor, 'type' | 'role'> | undefined,
): boolean {
  return isOrderedColumn(column) && column?.role !== 'category';
}

/** Whether a column can be measured along and binned. */
export function isOrderedColumn(column: Pick<ColumnDescriptor, 'type'> | undefined): boolean {
  return isNumberColumn(column) || isTimeColumn(column);
}

/** Where a row without a key stands in its table, from 1; null for one with a key. */
export function placeOfId(id: RowId): number | null {
  // The engine counts from 0.
  return id.startsWith('#') ? Number(id.slice(1)) + 1 : null;
}
