import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type StandInBrowser, startBrowser } from './browser';
import { takeInstanceLock } from './instance-lock';
import { records } from './records';

const ROOT = resolve(import.meta.dirname, '../..');

function userDataFolder(): string {
  const given = process.argv.find((one) => one.startsWith('--user-data-dir='));
  const folder = given?.slice('--user-data-dir='.length);
  if (folder === undefined) return mkdtempSync(join(tmpdir(), 'pokedex-user-data-'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

class PreventableEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

class App extends EventEmitter {
  readonly isPackaged = false;
  private readonly userData = userDataFolder();
  private browserStarted: Promise<StandInBrowser> | null = null;
  private ready = false;
  private quitting = false;
  /** Set by the windows' module: closes all that are open. */
  closeWindows: () => Promise<void> = async () => {};

  whenReady = async (): Promise<void> => {
    await this.browser();
    this.ready = true;
  };

  isReady = () => this.ready;

  /** Not Electron's: the Chromium that its windows are drawn by. */
  browser(): Promise<StandInBrowser> {
    this.browserStarted ??= startBrowser();
    return this.browserStarted;
  }

  getPath(name: string): string {
    if (name !== 'userData') throw new Error(`the stand-in has no path ${name}`);
    return this.userData;
  }

  getName = () => 'Pokédex Explorer';
  getLocale = () => 'en-US';
  getAppPath = () => ROOT;
  getVersion(): string {
    const manifest: { version: string } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
    return manifest.version;
  }

  enableSandbox(): void {
    if (this.ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    records.sandboxEnforced = true;
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    return takeInstanceLock(join(this.userData, 'instance.sock'), additionalData, (argv, data) =>
      this.emit('second-instance', new PreventableEvent(), argv, process.cwd(), data),
    );
  }

  quit(): void {
    void this.quitAsElectronDoes();
  }

  private async quitAsElectronDoes(): Promise<void> {
    if (!this.quitting) {
      this.quitting = true;
      const before = new PreventableEvent();
      this.emit('before-quit', before);
      if (before.defaultPrevented) {
        this.quitting = false;
        return;
      }
      await this.closeWindows();
    }
    const will = new PreventableEvent();
    this.emit('will-quit', will);
    if (!will.defaultPrevented) this.exit(0);
  }

  exit(code = 0): void {
    const gone = this.browserStarted?.then((browser) => browser.close()) ?? Promise.resolve();
    void gone.finally(() => process.exit(code));
  }

  /** Called by the last window that closes. */
  lastWindowClosed(): void {
    if (this.quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

export const app = new App();
