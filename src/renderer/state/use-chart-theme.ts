import { useComputedColorScheme } from '@mantine/core';
import { type ChartTheme, DARK, LIGHT } from '../charts/chart-theme';
import { usePrinting } from './printing';

/** The chart colours of the scheme on the screen; paper is white. */
export function useChartTheme(): ChartTheme {
  const scheme = useComputedColorScheme('light');
  const printing = usePrinting();
  return scheme === 'dark' && !printing ? DARK : LIGHT;
}
