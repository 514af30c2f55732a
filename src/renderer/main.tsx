import '@mantine/core/styles.css';
import './styles/app.css';
import './styles/print.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { InOwnWords } from './InOwnWords';
import { followUsualColumns } from './components/table/table-layout';
import { followTroubles } from './components/help/follow-troubles';
import { loadCode } from './components/load-code';
import { followShortcuts } from './components/palette/shortcuts';
import { followWorkspace } from './components/views/workspace';
import { followArrangement } from './undo/history';
import { askMain, followMain } from './state/app-store';
import { followFirstView } from './state/first-view';
import { followKey } from './state/follow-key';
import { closeWithItsScreen } from './state/opened-row';
import { followPrinting } from './state/printing';
import { followProtection } from './state/begin-again';
import { followFilters } from './session/kept-filters';
import { followPlaces } from './session/places';
import { keptColorScheme, POPUPS, theme } from './theme';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

followMain();
followFirstView();
followKey();
followUsualColumns();
void loadCode(() => import('./components/open/open-actions')).then(({ default: followAsked }) =>
  followAsked(),
);
followWorkspace();
followArrangement();
followShortcuts();
followPrinting();
followTroubles();
closeWithItsScreen();
followProtection();
followFilters();
followPlaces();
void askMain();
createRoot(root).render(
  <StrictMode>
    {/* The policy allows no style tags, so the theme's variables come from styles/app.css. */}
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={keptColorScheme}
      withCssVariables={false}
      withGlobalClasses={false}
      deduplicateCssVariables={false}
    >
      <InOwnWords />
      <div id={POPUPS} role="region" aria-label="Menus and windows" />
    </MantineProvider>
  </StrictMode>,
);
