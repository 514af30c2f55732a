import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { WebPreferences } from 'electron';
import type { Page } from 'playwright-core';
import { app } from './app';
import { answerInvoke } from './ipc-main';
import { BINDING, preloadScript, WORLD } from './preload-world';
import { appendPageErrors } from './page-errors';
import { routePage } from './route-page';
import { fromPageUrl, toPageUrl } from './scheme-urls';
import { grantAllowedPermissions } from './session';

/** The frame of a page, as an IPC message's sender is known. */
export interface Frame {
  url: string;
  parent: Frame | null;
}

type WindowOpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

export class WebContents extends EventEmitter {
  private page: Page | null = null;
  private url = '';
  /** True while the app itself loads or reloads, which asks no one. */
  private appNavigates = false;
  private sends: Promise<unknown> = Promise.resolve();
  windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
  readonly mainFrame: Frame;

  constructor(private readonly preferences: WebPreferences) {
    super();
    const url = () => this.url;
    this.mainFrame = {
      get url() {
        return url();
      },
      parent: null,
    };
    app.emit('web-contents-created', {}, this);
  }

  getURL = () => this.url;
  isDestroyed = () => this.page?.isClosed() ?? false;
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  /** Not Electron's: the Chromium page. */
  async openPage(size: { width: number; height: number }): Promise<Page> {
    const browser = await app.browser();
    const page = await browser.newPage();
    this.page = page;
    await page.setViewportSize(size);
    appendPageErrors(page);
    await routePage(page, this, () => this.appNavigates);
    await page.exposeBinding(
      BINDING,
      async (_source, message: { channel: string; args: unknown[] }) =>
        answerInvoke({ sender: this, senderFrame: this.mainFrame }, message.channel, message.args),
    );
    if (this.preferences.preload !== undefined) {
      await page.addInitScript(preloadScript(readFileSync(this.preferences.preload, 'utf8')));
    }
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.url = fromPageUrl(frame.url());
    });
    page.on('crash', () =>
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 }),
    );
    return page;
  }

  async loadURL(url: string): Promise<void> {
    if (this.page === null) throw new Error('the page is not open yet');
    this.url = url;
    await grantAllowedPermissions(this, toPageUrl(url));
    this.appNavigates = true;
    try {
      await this.page.goto(toPageUrl(url));
    } finally {
      this.appNavigates = false;
    }
    this.emit('did-finish-load');
  }

  /** A crashed page of Playwright's stays dead, so a fresh one takes its place. */
  reload(): void {
    const old = this.page;
    if (old === null) return;
    const size = old.viewportSize() ?? { width: 1440, height: 900 };
    void (async () => {
      await this.openPage(size);
      await this.loadURL(this.url);
      await old.close();
    })();
  }

  /** Messages of one window arrive in the order sent. */
  send(channel: string, ...args: unknown[]): void {
    const copies = structuredClone(args);
    const page = this.page;
    this.sends = this.sends
      .then(() =>
        page?.evaluate(
          ([world, name, values]) => {
            const deliver = Reflect.get(globalThis, Symbol.for(world));
            if (typeof deliver === 'function') deliver(name, values);
          },
          [WORLD, channel, copies] as const,
        ),
      )
      .catch(() => {});
  }

  /** Not Electron's: kills the page's process. */
  async crash(): Promise<void> {
    if (this.page === null) return;
    const session = await this.page.context().newCDPSession(this.page);
    // It never answers: who should, is dead.
    session.send('Page.crash').catch(() => {});
  }

  async close(): Promise<void> {
    await this.page?.close();
  }
}
