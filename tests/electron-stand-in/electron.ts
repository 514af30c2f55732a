/**
 * Stands in for `electron` where no Electron binary or display is to be had: the parts the app's
 * main bundle imports, over Node and pages of a real Chromium. What Electron would do by itself
 * (deny, grant, show, lock) it does; what a person would do, control.ts lets tests do.
 */
import './control';
import { records } from './records';

export { app } from './app';
export { BrowserWindow } from './browser-window';
export { dialog } from './dialog';
export { Notification } from './notification';
export { ipcMain } from './ipc-main';
export { Menu } from './menu';
export { protocol } from './protocol';
export { screen } from './screen';
export { session } from './session';
export { nativeImage, Tray } from './tray';
export { utilityProcess } from './utility-process';

export const shell = {
  openExternal: async (url: string) => void records.openedLinks.push(url),
  openPath: async (path: string) => {
    records.openedFolders.push(path);
    return '';
  },
};

export const nativeTheme = { shouldUseDarkColors: true, themeSource: 'system' };
