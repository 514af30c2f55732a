import { Modal, Skeleton } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useExplore } from '../../state/explore-store';
import { useNoun } from '../../state/noun';
import { useCall } from '../../state/use-call';
import { FilteredChanges } from '../changes/FilteredChanges';
import { groupChanges } from '../changes/group-changes';
import { ErrorNote } from '../ErrorNote';

interface Props {
  version: number;
  against: number;
  onClose(): void;
}

/** Every field in which two versions differ, whatever versions came between. */
export function Differences({ version, against, onClose }: Props) {
  const noun = useNoun();
  const { value, error, retry } = useCall('versions.differences', { version, against }, null);
  // A row that is chosen in it is shown beside the table.
  useEffect(
    () =>
      useExplore.subscribe(({ opened }, before) => {
        if (opened !== null && opened !== before.opened) onClose();
      }),
    [onClose],
  );
  const groups = useMemo(() => groupChanges(value ?? []), [value]);
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(1100px, 92vw)"
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
      title={`What is different in version ${version} from version ${against}`}
    >
      <div className="differences">
        {error !== null ? (
          <ErrorNote error={error} onRetry={retry} />
        ) : value === undefined || value === null ? (
          <Skeleton height={200} role="img" aria-label="Loading" />
        ) : groups.length === 0 ? (
          <p>No field of any {noun.one} is different.</p>
        ) : (
          <FilteredChanges groups={groups} before={against} />
        )}
      </div>
    </Modal>
  );
}
