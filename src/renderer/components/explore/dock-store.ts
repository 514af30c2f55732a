import { create } from 'zustand';
import { z } from 'zod';

const KEY = 'pokedex.table-dock';

const dockSchema = z.object({
  open: z.boolean(),
  /** Pixels; null for a share of the window. */
  height: z.number().positive().nullable(),
});

type Dock = z.infer<typeof dockSchema>;

const AT_FIRST: Dock = { open: true, height: null };

/** Whether the table is open under the charts, and how tall; kept on this machine. */
export const useDock = create<Dock>(() => stored());

export function setDock(change: Partial<Dock>): void {
  useDock.setState(change);
  window.localStorage.setItem(KEY, JSON.stringify(useDock.getState()));
}

function stored(): Dock {
  const text = window.localStorage.getItem(KEY);
  if (text === null) return AT_FIRST;
  try {
    return dockSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return AT_FIRST;
    throw error;
  }
}
