import { BrowserWindow, nativeTheme, screen } from 'electron';
import { START_URL } from './app-url';
import { MINIMUM, placeWindow, readWindowState, writeWindowState } from './window-state';

export interface WindowOptions {
  preload: string;
  /** Where size and position are kept. */
  stateFile: string;
  logError(what: string, error: unknown): void;
}

/** The page's own background colours, so that nothing flashes before its style sheet is there. */
const GROUND = { dark: '#141517', light: '#ffffff' } as const;

/** Opens the app's one window where it was last time, and shows it once it has been drawn. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const kept = readWindowState(options.stateFile);
  const window = new BrowserWindow({
    ...placeWindow(kept?.bounds ?? null, workAreas()),
    minWidth: MINIMUM.width,
    minHeight: MINIMUM.height,
    show: false,
    title: 'Pokédex Explorer',
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (kept?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepState(window, options);
  window.loadURL(START_URL).catch((error: unknown) => options.logError('the page', error));
  return window;
}

function workAreas() {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id);
  return [main, ...others].map((display) => display.workArea);
}

function keepState(window: BrowserWindow, options: WindowOptions): void {
  window.on('close', () => {
    const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeWindowState(options.stateFile, state);
    } catch (error) {
      options.logError('keeping the window state', error);
    }
  });
}
