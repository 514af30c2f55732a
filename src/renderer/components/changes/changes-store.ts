import { create } from 'zustand';
import { useApp } from '../../state/app-store';

/** The version whose changes are looked at; null for the newest. */
export const useChosenVersion = create<{ version: number | null }>(() => ({ version: null }));

/** Goes to the Changes screen at a version. */
export function showChanges(version: number): void {
  useChosenVersion.setState({ version });
  useApp.getState().show('changes');
}
