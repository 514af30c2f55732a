import { app } from './app';
import { BrowserWindow } from './browser-window';
import { prepareAnswer } from './dialog';
import { answerInvoke, ipcMain } from './ipc-main';
import { menuItems } from './menu';
import { clickNotification } from './notification';
import { answerScheme } from './protocol';
import { records } from './records';
import { askPermission } from './session';
import { trayShown } from './tray';
import { type Frame, WebContents } from './web-contents';

function onlyWindow(): BrowserWindow {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) throw new Error('there is no window');
  return window;
}

/** Where a message pretends to come from. */
export type PretendedSender =
  | { kind: 'own-frame'; url: string }
  | { kind: 'subframe'; url: string }
  | { kind: 'gone-frame' }
  | { kind: 'other-window'; url: string };

function pretend(from: PretendedSender) {
  const own = onlyWindow().webContents;
  if (from.kind === 'gone-frame') return { sender: own, senderFrame: null };
  if (from.kind === 'other-window') {
    const sender = new WebContents({});
    const senderFrame: Frame = sender.mainFrame;
    Object.defineProperty(senderFrame, 'url', { value: from.url });
    return { sender, senderFrame };
  }
  if (from.kind === 'subframe') {
    return { sender: own, senderFrame: { url: from.url, parent: own.mainFrame } };
  }
  // The main frame itself, which has meanwhile gone elsewhere.
  const wasAt = Object.getOwnPropertyDescriptor(own.mainFrame, 'url');
  Object.defineProperty(own.mainFrame, 'url', { value: from.url, configurable: true });
  return {
    sender: own,
    senderFrame: own.mainFrame,
    after: () => void (wasAt && Object.defineProperty(own.mainFrame, 'url', wasAt)),
  };
}

/** What tests ask of the process the app runs in. Requests and answers are JSON values. */
export const commands = {
  endpoint: async () => (await app.browser()).endpoint,
  records: async () => records,
  windows: async () =>
    BrowserWindow.getAllWindows().map((window) => ({
      options: window.options,
      bounds: window.getBounds(),
      visible: window.isVisible(),
      maximized: window.isMaximized(),
      url: window.webContents.getURL(),
      ...window.seen,
    })),
  channels: async () => ipcMain.channels(),
  menu: async () => menuItems().map(({ click, ...item }) => ({ ...item, works: click !== null })),
  clickMenu: async ({ id }: { id: string }) =>
    menuItems()
      .find((item) => item.id === id)
      ?.click?.(),
  tray: async () => {
    const shown = trayShown();
    return shown && { toolTip: shown.toolTip, labels: shown.items.map(({ path }) => path) };
  },
  clickTray: async ({ id }: { id: string }) =>
    trayShown()
      ?.items.find((item) => item.id === id)
      ?.click?.(),
  clickNotification: async () => clickNotification(),
  prepareAnswer: async (one: { kind: 'save' | 'open' | 'message'; answer: unknown }) =>
    prepareAnswer(one.kind, one.answer),
  /** Of the app's own page, or of one at another address in its window. */
  askPermission: ({ permission, url }: { permission: string; url?: string }) => {
    const { webContents } = onlyWindow();
    if (url === undefined) return askPermission(webContents, permission);
    return askPermission(Object.create(webContents, { getURL: { value: () => url } }), permission);
  },
  invokeFrom: async (one: { from: PretendedSender; channel: string; args: unknown[] }) => {
    const event = pretend(one.from);
    const answer = await answerInvoke(event, one.channel, one.args);
    event.after?.();
    return answer;
  },
  request: async ({ url, method }: { url: string; method: string }) => {
    const response = await answerScheme(new Request(url, { method }));
    if (response === null) return null;
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  },
  attachWebview: async () => {
    let prevented = false;
    const event = { preventDefault: () => void (prevented = true) };
    onlyWindow().webContents.emit(
      'will-attach-webview',
      event,
      {},
      { src: 'https://example.com/' },
    );
    return { prevented };
  },
  /** A frame within the page is to go elsewhere; the page's own policy would not let it that far. */
  frameNavigates: async ({ url }: { url: string }) => {
    let prevented = false;
    const event = { url, isMainFrame: false, preventDefault: () => void (prevented = true) };
    onlyWindow().webContents.emit('will-frame-navigate', event);
    return { prevented };
  },
  redirect: async ({ url }: { url: string }) => {
    let prevented = false;
    const event = { url, isMainFrame: true, preventDefault: () => void (prevented = true) };
    onlyWindow().webContents.emit('will-redirect', event);
    return { prevented };
  },
  setBounds: async (bounds: { x: number; y: number; width: number; height: number }) =>
    onlyWindow().setBounds(bounds),
  minimize: async () => onlyWindow().minimize(),
  maximize: async () => onlyWindow().maximize(),
  closeWindow: async () => onlyWindow().close(),
  crashPage: async () => onlyWindow().webContents.crash(),
  /** The system asks for a file, as a Mac does by an event. */
  openFile: async ({ path }: { path: string }) => {
    let prevented = false;
    app.emit('open-file', { preventDefault: () => void (prevented = true) }, path);
    return { prevented };
  },
  quit: async () => app.quit(),
};

export type Commands = typeof commands;

interface Asked {
  id: number;
  command: keyof Commands;
  request: never;
}

process.on('message', ({ id, command, request }: Asked) => {
  const run: (request: never) => Promise<unknown> = commands[command];
  run(request).then(
    (result) => process.send?.({ id, result: result ?? null }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
// The test that started it is gone.
process.on('disconnect', () => app.exit(1));
