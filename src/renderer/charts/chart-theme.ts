/** The few colours charts use besides the types'; one accent, one ghost, neutral ink. */
export interface ChartTheme {
  dark: boolean;
  ink: string;
  muted: string;
  line: string;
  surface: string;
  accent: string;
  /** The unfiltered whole behind a selection. */
  ghost: string;
}

export const LIGHT: ChartTheme = {
  dark: false,
  ink: '#1f2328',
  muted: '#5b626b',
  line: '#e4e6ea',
  surface: '#ffffff',
  accent: '#2f6fde',
  ghost: '#dfe3ea',
};

export const DARK: ChartTheme = {
  dark: true,
  ink: '#e8eaed',
  muted: '#a4abb5',
  line: '#34383f',
  surface: '#1d1f23',
  accent: '#6ea0ff',
  ghost: '#3a3f48',
};
