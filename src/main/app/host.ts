import type { EventName, Events, ScheduleState } from '../../preload/contract/calls';
import type { Datasets } from '../../preload/contract/opened';

/** A place the person chose for a file to be written. */
export interface SaveTarget {
  /** Where to write: the file itself in Electron, a private temporary file in the browser host. */
  path: string;
  /** Called once the file is whole; tells the renderer where it is. */
  finish(): { kind: 'saved'; path: string } | { kind: 'download'; url: string };
}

/** A file or folder that a page has handed over, copied to a private place. */
export interface Upload {
  readonly path: string;
  remove(): Promise<void>;
}

/** What the app needs of the program it runs in: Electron or the browser host. */
export interface Host {
  /** Asks where to save; null where the person chose nothing. */
  chooseSaveTarget(suggestedName: string, extension: string): Promise<SaveTarget | null>;
  /**
   * Asks for a file or folder to open; null where the person chose nothing, or where the page hands
   * over files itself.
   */
  chooseDataset(kind: 'file' | 'folder'): Promise<string | null>;
  /** What a page has handed over under this id; null where there is nothing. */
  takeUpload(id: string): Promise<Upload | null>;
  /** Text of a view file the person chose; null where there is none. */
  chooseViewFile(): Promise<string | null>;
  /** Opens a folder of the app's own in the system's file manager; null where that cannot be done. */
  readonly showFolder: ((folder: string) => Promise<void>) | null;
  /** Shows progress outside the window: 0–1, or null for none. */
  showProgress(fraction: number | null): void;
  /** Shows what comes of the schedule outside the window, and goes on without one; null: there is none. */
  showSchedule(state: ScheduleState | null): void;
  /** Names the tables outside the window, where the host has a menu there. */
  showTables(datasets: Datasets): void;
  /** Shows a notification of the desktop; null where the host has none. */
  readonly notify: ((note: { title: string; summary: string }) => void) | null;
  /** Tells every window. */
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void;
}
