import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { app, type BrowserWindow } from 'electron';
import { printableLines } from '../preload/contract/printable';
import { createProtectedApp } from './app/protected-app';
import { createDispatch } from './app/dispatcher';
import { dataPaths } from './base/data-folder';
import { LogFile } from './base/log-file';
import { startEngine } from './engine/start-engine';
import { completeErasing, runErase, runProcess, runRefresh } from './refresh';
import { AskedFiles } from './shell/asked-files';
import { pokemonDataset } from './shaping/pokemon-dataset';
import { registerAppScheme, setupAppProtocol } from './shell/app-protocol';
import { setupCalls } from './shell/calls';
import { commandLine } from './shell/command-line';
import { createOpenDropped } from './shell/dropped-files';
import { setupCrashRecovery } from './shell/crash-recovery';
import { createElectronHost } from './shell/electron-host';
import { forkEngineUtility } from './shell/engine-utility';
import { createEmit } from './shell/events';
import { dataFolder, windowStateFile } from './shell/folders';
import { setupMenu } from './shell/menu';
import { setupNavigation } from './shell/navigation';
import { setupPermissions } from './shell/permissions';
import { setupQuit } from './shell/quit';
import { setupSingleInstance } from './shell/single-instance';
import { TrayPlace } from './shell/tray';
import { openWindow } from './shell/window';

/** The desktop app: only composes. */
const BUILD = resolve(import.meta.dirname, '..');

let current: BrowserWindow | null = null;
const window = () => current;

const data = dataFolder();
const log = new LogFile(dataPaths(data).log);
const asked = new AskedFiles(commandLine().paths);

/** Nobody sees the standard error of a packaged app. */
function logError(what: string, error: unknown): void {
  console.error(printableLines(`${what} failed: ${inspect(error)}`));
  log.failed(what, error);
}

function showWindow(): void {
  if (current !== null && !current.isDestroyed()) return;
  const opened = openWindow({
    preload: join(BUILD, 'preload/index.cjs'),
    stateFile: windowStateFile(),
    logError,
  });
  current = opened;
  opened.on('closed', () => {
    if (current === opened) current = null;
  });
  setupCrashRecovery(opened, logError);
}

/** From the tray, where the window may be closed, minimised or behind others. */
function bringUp(): void {
  if (current === null || current.isDestroyed()) return showWindow();
  if (current.isMinimized()) current.restore();
  current.show();
  current.focus();
}

async function onReady(): Promise<void> {
  log.started(`Electron ${process.versions['electron']}`);
  const emit = createEmit(window);
  const published = pokemonDataset({ version: 0, rows: 0 }).title;
  const tray = new TrayPlace(join(BUILD, '../resources/icons/icon.png'), {
    open: bringUp,
    refresh: () => void dispatch('refresh.start', {}, new AbortController().signal),
    failed: (error) => logError('tray', error),
  });
  const host = createElectronHost(
    window,
    emit,
    (tables) => setupMenu(window, emit, { tables, published }),
    (schedule) => tray.show(schedule),
  );
  const service = await createProtectedApp(
    { data, snapshot: resolve(BUILD, '../resources/snapshot'), host, logError, log },
    {
      startEngine: (options) => startEngine({ ...options, spawn: forkEngineUtility }),
      runRefresh,
      runProcess,
      runErase,
      completeErasing,
    },
  );

  const dispatch = createDispatch(service.handlers, logError);

  setupPermissions();
  setupNavigation();
  setupAppProtocol({
    renderer: join(BUILD, 'renderer'),
    get sprites() {
      return dataPaths(service.data).sprites;
    },
  });
  setupCalls(dispatch, createOpenDropped(service, logError), window);
  setupQuit(
    () => service.close().finally(() => log.stopped()),
    () => tray.isThere,
  );
  app.on('activate', showWindow);

  showWindow();
  asked.openWith((paths) => {
    showWindow();
    void service.openAsked(paths);
  });
  await service.start();
}

process.on('uncaughtExceptionMonitor', (error) => log.failed('the app', error));
registerAppScheme();
app.enableSandbox();
/** A second start: of an app that goes on in the tray there may be no window. */
function openAgain(paths: readonly string[]): void {
  if (app.isReady()) showWindow();
  asked.ask(paths);
}
if (setupSingleInstance(window, openAgain)) {
  app
    .whenReady()
    .then(onReady)
    .catch((error: unknown) => {
      logError('starting', error);
      app.exit(1);
    });
} else {
  app.quit();
}
