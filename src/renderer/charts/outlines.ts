import type { ChartTheme } from './chart-theme';
import type { Mark, TracePath } from './live-marks';

/** How the shapes of the version that is compared with are drawn: as outlines over the others. */
const LINE = 1.5;

export function outlineMark(theme: ChartTheme, trace: (path: TracePath) => void): Mark {
  return { color: theme.ink, opacity: 0.85, line: LINE, trace };
}
