import type { Menu, MenuItem } from './menu';
import { records } from './records';

let shown: Tray | null = null;

/** The one place in the tray: what it says, and its menu. */
export class Tray {
  toolTip = '';
  menu: Menu | null = null;
  private clicked: () => void = () => {};

  constructor(image: { width: number; height: number }) {
    if (process.env['POKEDEX_NO_TRAY'] === '1') throw new Error('there is no tray');
    records.trayIcons.push(image);
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    shown = this;
  }

  on(_event: 'click', listener: () => void): void {
    this.clicked = listener;
  }
  click = () => this.clicked();
  setToolTip = (text: string) => void (this.toolTip = text);
  setContextMenu = (menu: Menu) => void (this.menu = menu);
  destroy(): void {
    if (shown === this) shown = null;
  }
}

export const nativeImage = {
  createFromPath: () => ({ resize: (size: { width: number; height: number }) => size }),
};

export function trayShown(): { toolTip: string; items: MenuItem[] } | null {
  return shown === null ? null : { toolTip: shown.toolTip, items: shown.menu?.items ?? [] };
}
