import { create } from 'zustand';
import type { Workspace } from '../../../preload/contract/settings';

type Dock = Workspace['dock'];

/** Whether the table is open under the charts, and how tall it and its rows are; a part of the workspace. */
export const useDock = create<Dock>(() => ({ open: true, height: null, rows: null }));

export function setDock(change: Partial<Dock>): void {
  useDock.setState(change);
}
