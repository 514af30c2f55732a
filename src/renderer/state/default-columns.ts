import { type ColumnName, STATS } from '../../preload/contract/dataset';

/** What the table shows until a person chooses: who, what, how big, how strong. */
export const DEFAULT_COLUMNS: readonly ColumnName[] = [
  'sprite_front_default',
  'id',
  'name',
  'type_1',
  'type_2',
  'height_m',
  'weight_kg',
  'bmi',
  'base_experience',
  'stat_total',
  ...STATS,
  'abilities',
  'games',
];
