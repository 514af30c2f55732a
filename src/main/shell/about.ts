import { app, type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import { APP_VERSION, DUCKDB_VERSION } from '../base/app-info';

/** Shows what the app is made of, for a bug report. */
export async function showAbout(window: BrowserWindow | null): Promise<void> {
  const { electron, chrome, node } = process.versions;
  const box: MessageBoxOptions = {
    type: 'info',
    title: 'About Pokédex Explorer',
    message: `${app.getName()} ${APP_VERSION}`,
    detail: [
      `Electron ${electron ?? 'unknown'}`,
      `Chromium ${chrome ?? 'unknown'}`,
      `Node.js ${node}`,
      `DuckDB ${DUCKDB_VERSION}`,
      `${process.platform} ${process.arch}`,
      '',
      'Data from PokéAPI. Pokémon and its names are trademarks of Nintendo.',
    ].join('\n'),
    buttons: ['OK'],
  };
  await (window === null ? dialog.showMessageBox(box) : dialog.showMessageBox(window, box));
}
