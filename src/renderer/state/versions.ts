import type { DatasetDescriptor, VersionSeen } from '../../preload/contract/descriptor';
import { useDescribed } from './described';

/** Which versions are looked at: undefined for data that are what they are now. */
export function useVersionsSeen(): DatasetDescriptor['versions'] {
  return useDescribed(({ described }) => described?.versions);
}

/** The version that the one on the screen is compared with; null while it stands by itself. */
export function useComparedWith(): VersionSeen | null {
  return useVersionsSeen()?.before ?? null;
}

/** Where an id of the earlier version is the same row: both versions are rows of one table. */
const BEFORE = 'before/';

export function idNow(idBefore: string): string {
  return idBefore.startsWith(BEFORE) ? idBefore.slice(BEFORE.length) : idBefore;
}
