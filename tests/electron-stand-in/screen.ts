import type { Rectangle } from 'electron';

/** One full HD display with a taskbar, unless POKEDEX_STAND_IN_DISPLAYS names others. */
const WORK_AREAS: Rectangle[] = JSON.parse(
  process.env['POKEDEX_STAND_IN_DISPLAYS'] ?? '[{"x":0,"y":0,"width":1920,"height":1040}]',
);

const displays = WORK_AREAS.map((workArea, id) => ({ id, workArea, bounds: workArea }));

export const screen = {
  getAllDisplays: () => displays,
  getPrimaryDisplay: () => displays[0],
};
