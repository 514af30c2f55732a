import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app';
import { WebContents } from './web-contents';

const windows = new Set<BrowserWindow>();

export class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [...windows];
  static fromWebContents = (contents: WebContents) =>
    [...windows].find((window) => window.webContents === contents) ?? null;

  readonly webContents: WebContents;
  /** Not Electron's: what the tests look at. */
  readonly seen = { shows: 0, focuses: 0, progress: [] as number[] };
  private bounds: Rectangle;
  private maximized = false;
  private minimized = false;
  private visible: boolean;
  private destroyed = false;

  constructor(readonly options: BrowserWindowConstructorOptions = {}) {
    super();
    const { x = 0, y = 0, width = 800, height = 600, show = true } = options;
    this.bounds = { x, y, width, height };
    this.visible = show;
    windows.add(this);
    this.webContents = new WebContents(options.webPreferences ?? {});
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.webContents.openPage(this.bounds);
    // Electron says so once the page has drawn for the first time.
    void page.waitForLoadState('domcontentloaded').then(() => this.emit('ready-to-show'));
    await this.webContents.loadURL(url);
  }

  show(): void {
    this.visible = true;
    this.seen.shows += 1;
  }
  focus(): void {
    this.seen.focuses += 1;
  }
  minimize = () => void (this.minimized = true);
  restore = () => void (this.minimized = false);
  maximize = () => void (this.maximized = true);
  isMinimized = () => this.minimized;
  isMaximized = () => this.maximized;
  isVisible = () => this.visible;
  isDestroyed = () => this.destroyed;
  getBounds = () => ({ ...this.bounds });
  getNormalBounds = () => ({ ...this.bounds });
  setBounds = (bounds: Partial<Rectangle>) => void (this.bounds = { ...this.bounds, ...bounds });
  setProgressBar = (fraction: number) => void this.seen.progress.push(fraction);

  /** False where a listener prevented it. */
  async closeNow(): Promise<boolean> {
    if (this.destroyed) return true;
    let prevented = false;
    this.emit('close', { preventDefault: () => void (prevented = true) });
    if (prevented) return false;
    this.destroyed = true;
    windows.delete(this);
    await this.webContents.close();
    this.emit('closed');
    if (windows.size === 0) app.lastWindowClosed();
    return true;
  }

  close(): void {
    void this.closeNow();
  }
}

app.closeWindows = async () => {
  for (const window of windows) await window.closeNow();
};
