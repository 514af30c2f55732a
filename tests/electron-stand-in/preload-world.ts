/**
 * The script that runs a preload bundle in the page before the page's own scripts, in a closure:
 * `electron` has a context bridge and an IPC renderer there, and the page gets copies only.
 * A sandboxed preload's `require` knows few modules; this one's knows only `electron`.
 */
export const BINDING = '__electronStandIn';

/** Where the stand-in finds the world again, to deliver messages. */
export const WORLD = 'electron-stand-in';

/** Where a test puts the paths of the files it drops, by name. */
export const DROPPED = 'electron-stand-in-dropped';

export function preloadScript(source: string): string {
  return `(() => {
    if (window.top !== window) return;
    const post = globalThis[${JSON.stringify(BINDING)}];
    delete globalThis[${JSON.stringify(BINDING)}];
    const listeners = new Map();
    const ipcRenderer = {
      async invoke(channel, ...args) {
        const answer = await post({ channel, args: structuredClone(args) });
        if ('error' in answer) throw new Error(answer.error);
        return structuredClone(answer.result);
      },
      on(channel, listener) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
        return ipcRenderer;
      },
      off(channel, listener) {
        const left = (listeners.get(channel) ?? []).filter((one) => one !== listener);
        listeners.set(channel, left);
        return ipcRenderer;
      },
    };
    // Values cross as copies, functions as proxies that copy what passes through them.
    const cross = (value) => {
      if (typeof value === 'function') {
        return (...args) => cross(value(...args.map(cross)));
      }
      if (value instanceof Promise) return value.then(cross);
      if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cross(one)]));
      }
      return structuredClone(value);
    };
    const freeze = (value) => {
      if (value !== null && typeof value === 'object') {
        Object.values(value).forEach(freeze);
        Object.freeze(value);
      }
      return value;
    };
    // Where a file lies no page can know; a test says it for the files it drops.
    const webUtils = {
      getPathForFile: ({ name }) => window[Symbol.for(${JSON.stringify(DROPPED)})]?.[name] ?? '',
    };
    const contextBridge = {
      exposeInMainWorld(key, api) {
        Object.defineProperty(window, key, { value: freeze(cross(api)), enumerable: true });
      },
    };
    Object.defineProperty(window, Symbol.for(${JSON.stringify(WORLD)}), {
      value: (channel, args) => {
        for (const listener of listeners.get(channel) ?? []) listener({ senderId: 0 }, ...args);
      },
    });
    const require = (name) => {
      if (name === 'electron') return { contextBridge, ipcRenderer, webUtils };
      throw new Error('module not found: ' + name);
    };
    const module = { exports: {} };
    (function (require, module, exports) {${source}\n})(require, module, module.exports);
  })();`;
}
