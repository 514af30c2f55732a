import type { EventName, Events } from '../../preload/contract/calls';

/** A place the person chose for a file to be written. */
export interface SaveTarget {
  /** Where to write: the file itself in Electron, a private temporary file in the browser host. */
  path: string;
  /** Called once the file is whole; tells the renderer where it is. */
  finish(): { kind: 'saved'; path: string } | { kind: 'download'; url: string };
}

/** What the app needs of the program it runs in: Electron or the browser host. */
export interface Host {
  readonly kind: 'electron' | 'browser';
  /** Asks where to save; null where the person chose nothing. */
  chooseSaveTarget(suggestedName: string, extension: string): Promise<SaveTarget | null>;
  /** Text of a view file the person chose; null where there is none. */
  chooseViewFile(): Promise<string | null>;
  /** Opens a folder of the app's own in the system's file manager; null where that cannot be done. */
  readonly showFolder: ((folder: string) => Promise<void>) | null;
  /** Shows progress outside the window: 0–1, or null for none. */
  showProgress(fraction: number | null): void;
  /** Tells every window. */
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void;
}
