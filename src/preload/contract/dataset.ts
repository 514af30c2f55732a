import type { Shape } from './value-text';

/** The columns of pokemon.parquet, in file order. One place for names, types, labels and units. */

export type ColumnType = 'INTEGER' | 'DOUBLE' | 'VARCHAR' | 'BOOLEAN' | 'VARCHAR[]';

export interface DatasetColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** False where every row has a value. */
  readonly nullable: boolean;
  /** True for what could name the subject: kept in tables/identities only. */
  readonly identity: boolean;
  readonly label: string;
  readonly unit?: string;
}

export const DATASET_COLUMNS = [
  { name: 'id', type: 'INTEGER', nullable: false, identity: true, label: 'Number' },
  { name: 'name', type: 'VARCHAR', nullable: false, identity: true, label: 'Name' },
  {
    name: 'base_experience',
    type: 'INTEGER',
    nullable: true,
    identity: false,
    label: 'Base experience',
  },
  { name: 'weight', type: 'INTEGER', nullable: true, identity: false, label: 'Weight', unit: 'hg' },
  { name: 'height', type: 'INTEGER', nullable: true, identity: false, label: 'Height', unit: 'dm' },
  { name: 'order', type: 'INTEGER', nullable: true, identity: true, label: 'Order' },
  { name: 'type_1', type: 'VARCHAR', nullable: false, identity: false, label: 'First type' },
  { name: 'type_2', type: 'VARCHAR', nullable: true, identity: false, label: 'Second type' },
  { name: 'bmi', type: 'DOUBLE', nullable: true, identity: false, label: 'BMI', unit: 'kg/m²' },
  {
    name: 'sprite_front_default',
    type: 'VARCHAR',
    nullable: true,
    identity: true,
    label: 'Sprite',
  },
  {
    name: 'weight_kg',
    type: 'DOUBLE',
    nullable: true,
    identity: false,
    label: 'Weight',
    unit: 'kg',
  },
  { name: 'height_m', type: 'DOUBLE', nullable: true, identity: false, label: 'Height', unit: 'm' },
  { name: 'games', type: 'VARCHAR[]', nullable: false, identity: false, label: 'Games' },
  { name: 'hp', type: 'INTEGER', nullable: true, identity: false, label: 'HP' },
  { name: 'attack', type: 'INTEGER', nullable: true, identity: false, label: 'Attack' },
  { name: 'defense', type: 'INTEGER', nullable: true, identity: false, label: 'Defense' },
  {
    name: 'special_attack',
    type: 'INTEGER',
    nullable: true,
    identity: false,
    label: 'Special attack',
  },
  {
    name: 'special_defense',
    type: 'INTEGER',
    nullable: true,
    identity: false,
    label: 'Special defense',
  },
  { name: 'speed', type: 'INTEGER', nullable: true, identity: false, label: 'Speed' },
  { name: 'stat_total', type: 'INTEGER', nullable: true, identity: false, label: 'Stat total' },
  { name: 'abilities', type: 'VARCHAR[]', nullable: false, identity: false, label: 'Abilities' },
  { name: 'species', type: 'VARCHAR', nullable: false, identity: true, label: 'Species' },
  {
    name: 'is_default',
    type: 'BOOLEAN',
    nullable: false,
    identity: false,
    label: 'Default form',
  },
] as const satisfies readonly DatasetColumn[];

/** What stands for a name in protected data that are locked; numbers of subjects are above REDACTED_FROM. */
export const REDACTED = 'Redacted';
export const REDACTED_FROM = 1_000_000;

export type ColumnName = (typeof DATASET_COLUMNS)[number]['name'];

export const COLUMN_NAMES: readonly ColumnName[] = DATASET_COLUMNS.map((column) => column.name);

export const STATS = [
  'hp',
  'attack',
  'defense',
  'special_attack',
  'special_defense',
  'speed',
] as const satisfies readonly ColumnName[];

/** What the texts of a column's values depend on; see valueText. */
export function shapeOfType(type: ColumnType): Shape {
  switch (type) {
    case 'INTEGER':
      return { kind: 'integer' };
    case 'DOUBLE':
      return { kind: 'float' };
    case 'BOOLEAN':
      return { kind: 'boolean' };
    case 'VARCHAR':
      return { kind: 'text' };
    case 'VARCHAR[]':
      return { kind: 'list', of: { kind: 'text' } };
    default: {
      const never: never = type;
      throw new Error(`unknown type ${String(never)}`);
    }
  }
}

/** A Pokémon is in scope when its game_indices name at least one of these. */
export const DEFAULT_GAMES = ['red', 'blue', 'leafgreen', 'white'] as const;

const byName: ReadonlyMap<string, DatasetColumn> = new Map(
  DATASET_COLUMNS.map((column) => [column.name, column]),
);

/** Whether a column can be measured along, binned and averaged. */
export function isNumberColumn(name: string): boolean {
  const type = byName.get(name)?.type;
  return type === 'INTEGER' || type === 'DOUBLE';
}

/** The column of that name; undefined where the dataset has none. */
export function datasetColumn(name: string): DatasetColumn | undefined {
  return byName.get(name);
}

/** The shape of a dataset column's values; text for what is not a column. */
export function columnShape(name: string): Shape {
  return shapeOfType(byName.get(name)?.type ?? 'VARCHAR');
}
