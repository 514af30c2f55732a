import { createTheme, Menu } from '@mantine/core';

/** One accent, neutral greys, 4-px steps, the system's own font. */
export const theme = createTheme({
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  primaryColor: 'blue',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The placeholder is no menu item, so a menu must not hold it (WAI-ARIA 1.2, “menu”).
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
  },
});
