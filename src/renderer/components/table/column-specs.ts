import {
  type ColumnName,
  COLUMN_NAMES,
  type ColumnType,
  datasetColumn,
} from '../../../preload/contract/dataset';

/** How a column stands in the table. */
export interface ColumnSpec {
  name: ColumnName;
  label: string;
  unit: string | null;
  kind: 'sprite' | 'number' | 'text' | 'type' | 'list' | 'yes-no';
  /** Pixels, until it is resized. */
  width: number;
}

export const NARROWEST = 56;
export const WIDEST = 640;

/** With room for the label, the unit and the place in an order of several columns. */
const WIDTHS: Partial<Record<ColumnName, number>> = {
  sprite_front_default: 80,
  id: 120,
  name: 168,
  base_experience: 176,
  type_1: 128,
  type_2: 144,
  games: 260,
  abilities: 240,
  species: 150,
  attack: 112,
  defense: 120,
  special_attack: 160,
  special_defense: 168,
  stat_total: 128,
  is_default: 152,
  bmi: 132,
  weight: 128,
  weight_kg: 128,
  height: 128,
  height_m: 124,
};

function specOf(name: ColumnName): ColumnSpec {
  const column = datasetColumn(name);
  return {
    name,
    label: column?.label ?? name,
    unit: column?.unit ?? null,
    kind: kindOf(name, column?.type ?? 'VARCHAR'),
    width: WIDTHS[name] ?? 104,
  };
}

function kindOf(name: ColumnName, type: ColumnType): ColumnSpec['kind'] {
  if (name === 'sprite_front_default') return 'sprite';
  if (name === 'type_1' || name === 'type_2') return 'type';
  if (type === 'INTEGER' || type === 'DOUBLE') return 'number';
  if (type === 'BOOLEAN') return 'yes-no';
  return type === 'VARCHAR[]' ? 'list' : 'text';
}

export const COLUMN_SPECS: ReadonlyMap<string, ColumnSpec> = new Map(
  COLUMN_NAMES.map((name) => [name, specOf(name)]),
);

/** The specs of names in their order; what is no column is left out. */
export function columnSpecs(names: readonly string[]): ColumnSpec[] {
  return names.flatMap((name) => COLUMN_SPECS.get(name) ?? []);
}
