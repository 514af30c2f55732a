import { useComputedColorScheme } from '@mantine/core';
import { type ChartTheme, DARK, LIGHT } from '../charts/chart-theme';

/** The chart colours of the scheme on the screen. */
export function useChartTheme(): ChartTheme {
  return useComputedColorScheme('light') === 'dark' ? DARK : LIGHT;
}
