import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { isMissing, temporaryBeside } from '../base/durable-file';

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

const pixel = z.int().min(-100_000).max(100_000);
const size = z.int().min(1).max(100_000);

/** `window.json`: where the window was. Pixels of the desktop, as Electron counts them. */
const windowStateSchema = z.strictObject({
  bounds: z.strictObject({ x: pixel, y: pixel, width: size, height: size }),
  maximized: z.boolean(),
});

export type WindowState = z.infer<typeof windowStateSchema>;

export const MINIMUM = { width: 800, height: 560 } as const;
const DEFAULT = { width: 1440, height: 900 } as const;

/** How much of the window, at least, has to be on a display for a person to catch it. */
const CATCHABLE = { width: 200, height: 100 } as const;

/** Null where there is none or it cannot be read: a window can always open somewhere. */
export function readWindowState(path: string): WindowState | null {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError || error instanceof z.ZodError) {
      return null;
    }
    throw error;
  }
}

/** Done when it returns: the app may end right after its window has closed. */
export function writeWindowState(path: string, state: WindowState): void {
  const temporary = temporaryBeside(path);
  writeFileSync(temporary, JSON.stringify(state));
  renameSync(temporary, path);
}

/**
 * Where to open, given the displays' work areas, the main one first: where the window was, cut to
 * the display it is on; centred by default, also where that display is gone.
 */
export function placeWindow(kept: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const area = kept === null ? undefined : workAreas.find((one) => canCatch(kept, one));
  if (kept !== null && area !== undefined) {
    const width = clamp(kept.width, MINIMUM.width, area.width);
    const height = clamp(kept.height, MINIMUM.height, area.height);
    return {
      x: clamp(kept.x, area.x, area.x + area.width - width),
      y: clamp(kept.y, area.y, area.y + area.height - height),
      width,
      height,
    };
  }
  const main = workAreas[0] ?? { x: 0, y: 0, ...DEFAULT };
  const width = Math.min(DEFAULT.width, main.width);
  const height = Math.min(DEFAULT.height, main.height);
  return {
    x: main.x + Math.round((main.width - width) / 2),
    y: main.y + Math.round((main.height - height) / 2),
    width,
    height,
  };
}

function canCatch(bounds: Bounds, area: Bounds): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const height =
    Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
  return width >= CATCHABLE.width && height >= CATCHABLE.height;
}

/** Where the minimum exceeds the maximum (a very small display), the minimum wins. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
