import type { Card } from './cards';

/** The dashboard a first launch shows. */
export const DEFAULT_CARDS: readonly Card[] = [
  {
    id: 'size',
    kind: 'scatter',
    title: 'Height and weight',
    x: 'height_m',
    y: 'weight_kg',
    color: 'type_1',
    log: true,
    width: 7,
  },
  { id: 'types', kind: 'types', title: 'Types', width: 5 },
  { id: 'bmi', kind: 'histogram', title: 'BMI', column: 'bmi', bins: 30, width: 4 },
  {
    id: 'experience',
    kind: 'histogram',
    title: 'Base experience',
    column: 'base_experience',
    bins: 30,
    width: 4,
  },
  {
    id: 'total',
    kind: 'histogram',
    title: 'Stat total',
    column: 'stat_total',
    bins: 30,
    width: 4,
  },
  { id: 'pairs', kind: 'type-pairs', title: 'Type pairs', width: 5 },
  { id: 'box', kind: 'box', title: 'Speed by type', column: 'speed', width: 4 },
  { id: 'games', kind: 'games', title: 'Games', width: 3 },
];
