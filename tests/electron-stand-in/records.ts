import type { Privileges } from 'electron';

/** What the app did to the system around it, for tests to look at. */
export interface Records {
  openedLinks: string[];
  openedFolders: string[];
  /** Requests of pages to anything but the app's own schemes; none is let out. */
  foreignRequests: string[];
  /** Navigations and windows that a page wanted, and whether they were let happen. */
  navigations: { url: string; allowed: boolean }[];
  windowsWanted: { url: string; allowed: boolean }[];
  dialogs: { kind: string; options: unknown }[];
  notifications: { title: string; body: string }[];
  schemes: { scheme: string; privileges: Privileges }[];
  utilityProcesses: { program: string; env: Record<string, string> | null; pid: number | null }[];
  sandboxEnforced: boolean;
  /** What pages wrote to their consoles as errors, CSP violations among it. */
  pageErrors: string[];
  trayIcons: { width: number; height: number }[];
}

export const records: Records = {
  openedLinks: [],
  openedFolders: [],
  foreignRequests: [],
  navigations: [],
  windowsWanted: [],
  dialogs: [],
  notifications: [],
  schemes: [],
  utilityProcesses: [],
  sandboxEnforced: false,
  pageErrors: [],
  trayIcons: [],
};
