import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { launchStandIn } from '../electron-stand-in/launch-stand-in';
import { newContext } from '../helpers/launch-chromium';
import { cases } from '../helpers/rounds';
import { enginesOf, serveApp } from '../helpers/served-app';
import { type AtTestEnd, temporaryFolder } from '../helpers/temporary-folder';
import { isAboutResource, pageTrouble } from './page-trouble';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = resolve(ROOT, process.env['POKEDEX_OUT'] ?? 'out', 'main/index.js');
const ELECTRON = join(ROOT, 'node_modules/electron/dist');
const VIEWPORT = { width: 1440, height: 900 };

export interface OpenedApp {
  page: Page;
  /** The data folder. */
  data: string;
  /** Numbers of the engine processes that run now. */
  engines(): Promise<number[]>;
  /** Runs `choose`, which makes the app save a file, and resolves with what was saved. */
  savedFile(choose: () => Promise<void>): Promise<Buffer>;
  /** Console errors, CSP violations, requests to other origins: all that went wrong so far. */
  trouble(): Promise<string[]>;
}

export interface Host {
  name: string;
  /** Starts the app on a data folder that is empty but for what `prepare` puts there. */
  open(atEnd: AtTestEnd, prepare?: Prepare): Promise<OpenedApp>;
}

type Prepare = (data: string) => Promise<void>;

/** For specs of what every host's page does alike. */
export const BROWSER_HOST: Host = {
  name: 'browser host',
  async open(atEnd, prepare) {
    const data = await temporaryFolder(atEnd);
    await prepare?.(data);
    const app = await serveApp(data, atEnd);
    const context = await newContext(atEnd, { viewport: VIEWPORT });
    const page = await context.newPage();
    const trouble = await pageTrouble(page, app.origin);
    await page.goto(app.url);
    return {
      page,
      data,
      trouble,
      engines: async () => app.engines(),
      async savedFile(choose) {
        const [download] = await Promise.all([page.waitForEvent('download'), choose()]);
        return readFile(await download.path());
      },
    };
  },
};

const standIn: Host = {
  name: 'Electron stand-in',
  async open(atEnd, prepare) {
    const userData = await temporaryFolder(atEnd);
    await prepare?.(join(userData, 'data'));
    const app = launchStandIn({ userData }, atEnd);
    const page = await app.page();
    const trouble = await pageTrouble(page, new URL(page.url()).origin);
    return {
      page,
      data: join(userData, 'data'),
      engines: async () => enginesOf(app.pid),
      // The stand-in itself has listened since before the page loaded.
      async trouble() {
        const { pageErrors, foreignRequests } = await app.ask('records');
        const errors = pageErrors.filter((message) => !isAboutResource(message));
        return [...(await trouble()), ...errors, ...foreignRequests];
      },
      async savedFile(choose) {
        const filePath = join(userData, `saved-${Date.now()}`);
        await app.ask('prepareAnswer', { kind: 'save', answer: { canceled: false, filePath } });
        await choose();
        return fileOnceThere(filePath);
      },
    };
  },
};

const realElectron: Host = {
  name: 'Electron',
  async open(atEnd, prepare) {
    const userData = await temporaryFolder(atEnd);
    await prepare?.(join(userData, 'data'));
    const app = await _electron.launch({ args: [MAIN, `--user-data-dir=${userData}`], cwd: ROOT });
    atEnd(() => app.close());
    const page = await app.firstWindow();
    await page.setViewportSize(VIEWPORT);
    return {
      page,
      data: join(userData, 'data'),
      engines: () =>
        app.evaluate(({ app: running }) =>
          running
            .getAppMetrics()
            .filter(({ serviceName }) => serviceName === 'node.mojom.NodeService')
            .map(({ pid }) => pid),
        ),
      trouble: await pageTrouble(page, new URL(page.url()).origin),
      async savedFile(choose) {
        const filePath = join(userData, `saved-${Date.now()}`);
        await app.evaluate(({ dialog }, path) => {
          dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
        }, filePath);
        await choose();
        return fileOnceThere(filePath);
      },
    };
  },
};

/** Exports appear by a rename, so a file that is there is whole. */
async function fileOnceThere(path: string): Promise<Buffer> {
  while (!existsSync(path)) await new Promise((wait) => setTimeout(wait, 50));
  return readFile(path);
}

/** Why real Electron cannot run here, or null where it can. */
function electronMissing(): string | null {
  if (!existsSync(ELECTRON)) return 'its binary is not in node_modules/electron/dist';
  const needsDisplay = process.platform === 'linux';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (needsDisplay && !DISPLAY && !WAYLAND_DISPLAY) return 'there is no display';
  return null;
}

const missing = electronMissing();

const HOSTS: readonly Host[] =
  missing === null ? [BROWSER_HOST, standIn, realElectron] : [BROWSER_HOST, standIn];

/**
 * Where a spec runs: in every host in `npm run test:e2e` and `npm run soak`; in `npm test` in the
 * one that is said, and in real Electron where it is.
 */
export function hostsFor(usual: 'browser host' | 'Electron stand-in'): Host[] {
  const inTests = ({ name }: Host) => name === usual || name === realElectron.name;
  return cases(
    HOSTS.filter(inTests),
    HOSTS.filter((host) => !inTests(host)),
  );
}

/** In one line which of these hosts run, and why one does not. */
export function inWords(hosts: readonly Host[]): string {
  const names = hosts.map(({ name }) => name).join(', ');
  return `End-to-end hosts: ${names}.${missing === null ? '' : ` Real Electron does not run: ${missing}.`}`;
}
