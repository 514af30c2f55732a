import type { BrowserWindow } from 'electron';
import { isEventName } from '../../preload/contract/bridge';
import type { EventName, Events } from '../../preload/contract/calls';

export type Emit = <Name extends EventName>(name: Name, payload: Events[Name]) => void;

/** Sends the window the contract's events; does nothing where there is no window. */
export function createEmit(window: () => BrowserWindow | null): Emit {
  return (name, payload) => {
    if (!isEventName(name)) throw new TypeError(`no event is named ${String(name)}`);
    const told = window();
    if (told === null || told.isDestroyed()) return;
    told.webContents.send(name, payload);
  };
}
