import {
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorSchemeManager,
  Menu,
  ModalHeader,
  Portal,
} from '@mantine/core';

/** The element that menus and windows are put into. */
export const POPUPS = 'popups';

/** One accent, neutral greys, 4-px steps, the system's own font. */
export const theme = createTheme({
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  primaryColor: 'blue',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Within a landmark: what floats is reached by screen readers like the rest of the page.
    Portal: Portal.extend({ defaultProps: { target: `#${POPUPS}` } }),
    // A window's own head is not the page's banner.
    ModalHeader: ModalHeader.extend({ defaultProps: { role: 'none' } }),
    Menu: Menu.extend({
      defaultProps: {
        // The placeholder is not a menu item, so a menu must not hold it (WAI-ARIA 1.2, “menu”).
        withInitialFocusPlaceholder: false,
        // A menu that fades away still takes a click, meant for what opened in its place.
        transitionProps: { transition: 'fade', duration: 150, exitDuration: 0 },
      },
    }),
  },
});

/**
 * Kept only for a page's first moment, before the settings have come. Tabs do not follow each
 * other's: two that are told of a change at different moments would set each other back for ever.
 */
export const keptColorScheme: MantineColorSchemeManager = {
  ...localStorageColorSchemeManager(),
  subscribe: () => {},
  unsubscribe: () => {},
};
