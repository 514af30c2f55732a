import type { MenuItemConstructorOptions } from 'electron';

export interface MenuItem {
  path: string;
  id: string | null;
  role: string | null;
  accelerator: string | null;
  click: (() => void) | null;
}

let items: MenuItem[] = [];

export class Menu {
  private constructor(readonly items: MenuItem[]) {}

  static buildFromTemplate = (template: MenuItemConstructorOptions[]) =>
    new Menu(flat(template, ''));
  static setApplicationMenu = (menu: Menu | null) => void (items = menu?.items ?? []);
}

function flat(template: readonly MenuItemConstructorOptions[], above: string): MenuItem[] {
  return template.flatMap((item) => {
    if (item.type === 'separator') return [];
    const path = `${above}${item.label ?? item.role ?? ''}`;
    if (Array.isArray(item.submenu)) return flat(item.submenu, `${path} › `);
    // Electron hands over the item, the window and the event; the app's menu needs none.
    const click = item.click as (() => void) | undefined;
    return [
      {
        path,
        id: item.id ?? null,
        role: item.role ?? null,
        accelerator: item.accelerator ?? null,
        click: click ?? null,
      },
    ];
  });
}

export const menuItems = () => items;
