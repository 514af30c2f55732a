import { Button } from '@mantine/core';
import type { VersionEntry } from '../../../preload/contract/reports';
import { openVersion } from '../open/open-actions';
import { useOpening } from '../open/opening-store';
import styles from './changes.module.css';

interface Props {
  entry: VersionEntry;
  /** The newest first. */
  versions: readonly VersionEntry[];
}

/** What can be seen of a version in the explorer: the data as they were, and against the newest. */
export function VersionActions({ entry: { version, kept }, versions }: Props) {
  const busy = useOpening((state) => state.busy !== null);
  if (!kept) return null;
  const newest = versions[0]?.version ?? version;
  const hasPrevious = versions.some((each) => each.version === version - 1 && each.kept);
  const action = (words: string, open: () => Promise<void>) => (
    <Button size="xs" variant="default" disabled={busy} onClick={() => void open()}>
      {words}
    </Button>
  );
  return (
    <div className={styles.tools} role="group" aria-label={`Explore version ${version}`}>
      {action('Explore as of this version', () => openVersion(version))}
      {hasPrevious &&
        action(`Compare with version ${version - 1}`, () => openVersion(version, version - 1))}
      {version < newest &&
        action(`Compare version ${newest} with it`, () => openVersion(newest, version))}
    </div>
  );
}
