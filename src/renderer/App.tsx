import { useMantineColorScheme } from '@mantine/core';
import {
  type ComponentType,
  createElement,
  lazy,
  Suspense,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { useColumnSheet } from './components/columns/column-sheet-store';
import { ConnectionBanner } from './components/ConnectionBanner';
import { UnreadBadge } from './components/alerts/UnreadBadge';
import { useAlertDraft } from './components/alerts/alert-draft';
import { DetailPanel } from './components/detail/DetailPanel';
import { useProtectedExport } from './components/export/protected-export-store';
import { ErrorBoundary } from './components/ErrorBoundary';
import { ErrorNote } from './components/ErrorNote';
import { ExploreScreen } from './components/explore/ExploreScreen';
import { Header } from './components/Header';
import {
  BellIcon,
  ChangesIcon,
  CompareIcon,
  ExploreIcon,
  PrivacyIcon,
  SettingsIcon,
  SqlIcon,
} from './components/icons';
import { Later } from './components/Later';
import { loadCode } from './components/load-code';
import { Overlays } from './components/palette/Overlays';
import { COMMANDS, type Screen, SCREENS } from '../preload/contract/commands';
import { useOrigin } from './components/origin/origin-store';
import { useOpening } from './components/open/opening-store';
import { AppError } from '../preload/contract/errors';
import { loadedPart } from './components/loaded-part';
import { askMain, useApp } from './state/app-store';
import { useDescribed } from './state/described';

/** Every other screen is loaded when it is first shown. */
const LOADED: Record<Exclude<Screen, 'explore'>, () => Promise<ComponentType>> = {
  compare: async () => (await loadCode(() => import('./components/compare/CompareScreen'))).default,
  sql: async () => (await loadCode(() => import('./components/sql/SqlScreen'))).default,
  changes: async () => (await loadCode(() => import('./components/changes/ChangesScreen'))).default,
  alerts: async () => (await loadCode(() => import('./components/alerts/AlertsScreen'))).default,
  privacy: async () => (await loadCode(() => import('./components/privacy/PrivacyScreen'))).default,
  settings: async () =>
    (await loadCode(() => import('./components/settings/SettingsScreen'))).default,
};

const CsvSheet = loadedPart(async () => (await import('./components/open/CsvSheet')).default);

const ColumnSheet = loadedPart(
  async () => (await import('./components/columns/ColumnSheet')).default,
);

const OriginPopover = loadedPart(
  async () => (await import('./components/origin/OriginPopover')).default,
);

const AlertForm = loadedPart(async () => (await import('./components/alerts/AlertForm')).default);

const ProtectedExportDialog = loadedPart(
  async () => (await import('./components/export/ProtectedExportDialog')).default,
);

const DropZone = loadedPart(async () => (await import('./components/open/DropZone')).default);

const PublishedOnly = lazy(() => loadCode(() => import('./components/open/PublishedOnly')));

const ChangedBanner = loadedPart(
  async () => (await import('./components/open/ChangedBanner')).default,
);

const VersionBanner = loadedPart(
  async () => (await import('./components/travel/VersionBanner')).default,
);

const views = new Map<Screen, ComponentType>([['explore', ExploreScreen]]);
const failed = new Set<Screen>();

function viewOf(screen: Screen): ComponentType {
  const known = views.get(screen);
  if (known !== undefined || screen === 'explore') return known ?? ExploreScreen;
  const view = lazy(async () => {
    try {
      return { default: await LOADED[screen]() };
    } catch (error) {
      failed.add(screen);
      throw error;
    }
  });
  views.set(screen, view);
  return view;
}

/** React never loads again what failed once; what is forgotten here is loaded when next shown. */
function forgetFailed(): void {
  for (const screen of failed) views.delete(screen);
  failed.clear();
}

const ICONS: Record<Screen, ComponentType> = {
  explore: ExploreIcon,
  compare: CompareIcon,
  sql: SqlIcon,
  changes: ChangesIcon,
  alerts: BellIcon,
  privacy: PrivacyIcon,
  settings: SettingsIcon,
};

/** Why there is nothing to show: the app did not start, or it could not make its first data. */
function useWhatIsInTheWay(): AppError | null {
  const startError = useApp((state) => state.startError);
  const failure = useApp(({ dataset, refresh, screen }) =>
    dataset === null && refresh.state === 'failed' && screen !== 'settings' ? refresh.error : null,
  );
  return useMemo(
    () => startError ?? (failure === null ? null : AppError.fromShape(failure)),
    [startError, failure],
  );
}

/** Looks the view up when it is drawn, so that one that failed is loaded by "Try again". */
function ShownScreen({ screen }: { screen: Screen }) {
  return createElement(viewOf(screen));
}

/**
 * The frame: rail, header, one screen at a time, and what floats above them. Asks the store for
 * single values: a refresh tells ten times a second how far it is, which is not the charts' affair.
 */
export function App() {
  const screen = useApp((state) => state.screen);
  const show = useApp((state) => state.show);
  const theme = useApp((state) => state.settings.theme);
  const problem = useWhatIsInTheWay();
  const shown = useDescribed((state) => state.opened?.described.key ?? 'published');
  const sheet = useOpening((state) => state.sheet);
  const isTold = useOrigin((state) => state.asked !== null);
  const isCorrecting = useColumnSheet((state) => state.columns !== null);
  const hasVersions = useDescribed(
    ({ opened }) => opened === null || opened.described.versions !== undefined,
  );
  const isDrafting = useAlertDraft((state) => state.draft !== null);
  const isProtecting = useProtectedExport((state) => state.opened);
  const isOfPublished = screen === 'changes' && !hasVersions;
  const isEarlier = useDescribed(({ opened }) => opened?.described.versions !== undefined);
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const wanted = theme === 'system' ? 'auto' : theme;
  useEffect(() => {
    if (colorScheme !== wanted) setColorScheme(wanted);
  }, [colorScheme, wanted, setColorScheme]);
  // A shortcut may leave a screen from within; the focus that went with it goes to the next one.
  const main = useRef<HTMLElement>(null);
  const shownBefore = useRef(screen);
  useEffect(() => {
    if (shownBefore.current !== screen && document.activeElement === document.body) {
      main.current?.focus({ preventScroll: true });
    }
    shownBefore.current = screen;
  }, [screen]);
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
              {name === 'alerts' && <UnreadBadge />}
              <span>{COMMANDS[`go.${name}`].title}</span>
            </button>
          );
        })}
      </nav>
      <Header />
      <div className="banners">
        <ConnectionBanner />
        <ChangedBanner />
        {isEarlier && <VersionBanner />}
      </div>
      <main ref={main} id="main" className="main" tabIndex={-1}>
        {problem === null ? (
          <ErrorBoundary
            key={`${screen} ${shown}`}
            message="This screen could not be shown."
            onReset={forgetFailed}
          >
            <Suspense fallback={<p className="loading">Loading…</p>}>
              {isOfPublished ? <PublishedOnly /> : <ShownScreen screen={screen} />}
            </Suspense>
          </ErrorBoundary>
        ) : (
          <ErrorNote error={problem} onRetry={() => void askMain()} />
        )}
      </main>
      <Later>
        <DetailPanel />
        <Overlays />
        {sheet && <CsvSheet />}
        {isCorrecting && <ColumnSheet />}
        {isDrafting && <AlertForm />}
        {isProtecting && <ProtectedExportDialog />}
        <DropZone />
        {isTold && <OriginPopover />}
      </Later>
    </div>
  );
}
