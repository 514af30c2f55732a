import { printableLines, toldText } from '../preload/contract/printable';
import { createProtectedApp, type ProtectedApp } from './app/protected-app';
import { createDispatch } from './app/dispatcher';
import { dataPaths } from './base/data-folder';
import { BrowserHost, type EntryLink } from './browser-host/browser-host';
import { LogFile } from './base/log-file';
import { startEngine } from './engine/start-engine';
import { completeErasing, runErase, runProcess, runRefresh } from './refresh';

export interface ServeOptions {
  data: string;
  /** 0 for any that is free. */
  port: number;
  /** Folder of the renderer's build. */
  renderer: string;
  /** Folder of the bundled snapshot. */
  snapshot: string;
  /** Files, folders and tables that the page shows first. */
  open?: readonly string[];
}

export interface Served {
  /** A new link into the app, valid once and for a short time; it replaces the one before. */
  link(): EntryLink;
  /** Ends the refresh, the engines and the server. */
  close(): Promise<void>;
}

/** The whole app in a browser: composes the app's service with the browser host. */
export async function serve(options: ServeOptions): Promise<Served> {
  const log = new LogFile(dataPaths(options.data).log);
  const logError = (what: string, error: unknown) => {
    tellTerminal(what, error);
    log.failed(what, error);
  };
  let app: ProtectedApp | null = null;
  const browser = new BrowserHost({
    port: options.port,
    folders: {
      renderer: options.renderer,
      get sprites() {
        return dataPaths(app?.data ?? options.data).sprites;
      },
      uploads: dataPaths(options.data).uploads,
    },
    logError,
  });
  await browser.listen();
  const opened = await createProtectedApp(
    { data: options.data, snapshot: options.snapshot, host: browser.host, logError, log },
    { startEngine, runRefresh, runProcess, runErase, completeErasing },
  ).catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  app = opened;
  browser.answerWith(createDispatch(opened.handlers, logError));
  log.started('pokedex serve');
  try {
    await opened.openPaths(options.open ?? []);
  } catch (error) {
    await opened.close();
    await browser.close();
    throw error;
  }
  // The page is served meanwhile; what it waits for comes as an event.
  opened.start().catch((error: unknown) => logError('start', error));
  return {
    link: () => browser.link(),
    async close() {
      await opened.close();
      await browser.close();
      log.stopped();
    },
  };
}

function tellTerminal(what: string, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  const stack = process.env['POKEDEX_DEBUG'] && error instanceof Error ? error.stack : undefined;
  const lines = [
    toldText(`${what}: ${text}`),
    ...(stack === undefined ? [] : [printableLines(stack)]),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}
