import type { DatasetDescriptor, VersionSeen } from '../../preload/contract/descriptor';
import { BEFORE_ID } from '../../preload/contract/questions';
import { useDescribed } from './described';

/** Which versions are looked at: undefined for data that are what they are now. */
export function useVersionsSeen(): DatasetDescriptor['versions'] {
  return useDescribed(({ described }) => described?.versions);
}

/** The version that the one on the screen is compared with; null while it stands by itself. */
export function useComparedWith(): VersionSeen | null {
  return useVersionsSeen()?.before ?? null;
}

/** The id that a row of the earlier version has now: both versions are rows of one table. */
export function idNow(idBefore: string): string {
  return idBefore.startsWith(BEFORE_ID) ? idBefore.slice(BEFORE_ID.length) : idBefore;
}
