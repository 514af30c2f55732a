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

const WIDTHS: Partial<Record<ColumnName, number>> = {
  sprite_front_default: 72,
  id: 88,
  name: 168,
  base_experience: 148,
  type_1: 112,
  type_2: 122,
  games: 260,
  abilities: 240,
  species: 150,
  special_attack: 132,
  special_defense: 142,
  stat_total: 108,
  is_default: 116,
  bmi: 112,
  weight_kg: 112,
  height_m: 108,
};

function specOf(name: ColumnName): ColumnSpec {
  const column = datasetColumn(name);
  return {
    name,
    label: column?.label ?? name,
    unit: column?.unit ?? null,
    kind: kindOf(name, column?.type ?? 'VARCHAR'),
    width: WIDTHS[name] ?? 96,
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
