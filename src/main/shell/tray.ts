import { app, Menu, nativeImage, Tray } from 'electron';
import type { ScheduleState } from '../../preload/contract/calls';

/** What a tray has room for. */
const ICON_SIZE = 22;

interface Does {
  open(): void;
  refresh(): void;
  /** Some systems have no tray: the app then ends with its window, as it does without a schedule. */
  failed(error: unknown): void;
}

/** Where the app goes on by its schedule once its window is closed. */
export class TrayPlace {
  private tray: Tray | null = null;

  constructor(
    private readonly icon: string,
    private readonly does: Does,
  ) {}

  get isThere(): boolean {
    return this.tray !== null;
  }

  /** What comes of the schedule; null where there is none, which takes the place away. */
  show(schedule: ScheduleState | null): void {
    if (schedule === null) {
      this.tray?.destroy();
      this.tray = null;
      return;
    }
    try {
      this.tray ??= this.made();
    } catch (error) {
      this.does.failed(error);
      return;
    }
    this.tray.setToolTip(`${app.getName()}\n${planWords(schedule)}`);
    this.tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: planWords(schedule), enabled: false },
        { type: 'separator' },
        { id: 'tray.open', label: `Open ${app.getName()}`, click: () => this.does.open() },
        { id: 'tray.refresh', label: 'Refresh now', click: () => this.does.refresh() },
        { id: 'tray.quit', label: 'Quit', click: () => app.quit() },
      ]),
    );
  }

  private made(): Tray {
    const image = nativeImage.createFromPath(this.icon);
    const tray = new Tray(image.resize({ width: ICON_SIZE, height: ICON_SIZE }));
    tray.on('click', () => this.does.open());
    return tray;
  }
}

/** When the next refresh is, by this machine's clock; that the last one failed, where it did. */
export function planWords({ next, failures }: ScheduleState): string {
  if (next === null) return 'Refreshing now';
  const moment = new Intl.DateTimeFormat(app.getLocale() || 'en-US', {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(next));
  return `Next refresh: ${moment}${failures > 0 ? ' (the last one failed)' : ''}`;
}
