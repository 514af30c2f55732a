import { useMantineColorScheme } from '@mantine/core';
import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react';
import { ConnectionBanner } from './components/ConnectionBanner';
import { DetailPanel } from './components/detail/DetailPanel';
import { ErrorBoundary } from './components/ErrorBoundary';
import { ErrorNote } from './components/ErrorNote';
import { ExploreScreen } from './components/explore/ExploreScreen';
import { Header } from './components/Header';
import { ChangesIcon, CompareIcon, ExploreIcon, SettingsIcon, SqlIcon } from './components/icons';
import { Later } from './components/Later';
import { Overlays } from './components/palette/Overlays';
import { AppError } from '../preload/contract/errors';
import { type AppState, askMain, type Screen, SCREENS, useApp } from './state/app-store';
import { useExplore } from './state/explore-store';

/** Every other screen is loaded when it is first shown. */
const CompareScreen = lazy(async () => ({
  default: (await import('./components/compare/CompareScreen')).CompareScreen,
}));
const ChangesScreen = lazy(async () => ({
  default: (await import('./components/changes/ChangesScreen')).ChangesScreen,
}));
const SettingsScreen = lazy(async () => ({
  default: (await import('./components/settings/SettingsScreen')).SettingsScreen,
}));
const SqlScreen = lazy(() => import('./components/sql/SqlScreen'));

const NAMES: Record<Screen, string> = {
  explore: 'Explore',
  compare: 'Compare',
  sql: 'SQL',
  changes: 'Changes',
  settings: 'Settings',
};

const ICONS: Record<Screen, ComponentType> = {
  explore: ExploreIcon,
  compare: CompareIcon,
  sql: SqlIcon,
  changes: ChangesIcon,
  settings: SettingsIcon,
};

const VIEWS: Record<Screen, ComponentType> = {
  explore: ExploreScreen,
  compare: CompareScreen,
  sql: SqlScreen,
  changes: ChangesScreen,
  settings: SettingsScreen,
};

/** Why there is nothing to show: the app did not start, or it could not make its first data. */
function whatIsInTheWay({ startError, dataset, refresh, screen }: AppState): AppError | null {
  if (startError !== null) return startError;
  if (dataset !== null || refresh.state !== 'failed' || screen === 'settings') return null;
  return AppError.fromShape(refresh.error);
}

/** The frame: rail, header, one screen at a time, and what floats above them. */
export function App() {
  const app = useApp();
  const { screen, show, settings } = app;
  const problem = whatIsInTheWay(app);
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  useEffect(() => {
    setColorScheme(settings.theme === 'system' ? 'auto' : settings.theme);
  }, [settings.theme, setColorScheme]);
  // What was opened belongs to the screen it was opened on.
  useEffect(() => useExplore.getState().open(null), [screen]);
  // A shortcut may leave a screen from within; the focus that went with it goes to the next one.
  const main = useRef<HTMLElement>(null);
  const shownBefore = useRef(screen);
  useEffect(() => {
    if (shownBefore.current !== screen && document.activeElement === document.body) {
      main.current?.focus({ preventScroll: true });
    }
    shownBefore.current = screen;
  }, [screen]);
  const View = VIEWS[screen];
  return (
    <div className="app">
      <a className="skip" href="#main">
        Skip to the data
      </a>
      <nav className="rail" aria-label="Screens">
        {SCREENS.map((name) => {
          const Icon = ICONS[name];
          return (
            <button
              key={name}
              type="button"
              className="rail-button"
              aria-current={screen === name ? 'page' : undefined}
              onClick={() => show(name)}
            >
              <Icon />
              <span>{NAMES[name]}</span>
            </button>
          );
        })}
      </nav>
      <Header />
      <ConnectionBanner />
      <main ref={main} id="main" className="main" tabIndex={-1}>
        {problem === null ? (
          <ErrorBoundary key={screen} message="This screen could not be shown.">
            <Suspense fallback={<p className="loading">Loading…</p>}>
              <View />
            </Suspense>
          </ErrorBoundary>
        ) : (
          <ErrorNote error={problem} onRetry={() => void askMain()} />
        )}
      </main>
      <Later>
        <DetailPanel />
        <Overlays />
      </Later>
    </div>
  );
}
