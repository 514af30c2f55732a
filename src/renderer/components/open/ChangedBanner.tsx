import { Button } from '@mantine/core';
import { useDatasets } from '../../state/datasets';
import { useDescribed } from '../../state/described';
import { reloadShown } from './open-actions';
import { useOpening } from './opening-store';

/** Said while the shown table's file is no longer what was read. */
export default function ChangedBanner() {
  const opened = useDescribed((state) => state.opened);
  const key = opened?.described.key;
  const changed = useDatasets(({ open }) =>
    open.some((table) => table.key === key && table.changed),
  );
  const busy = useOpening((state) => state.busy !== null);
  if (opened === null || !changed) return null;
  return (
    <div className="connection-banner" role="status">
      <p>
        <b>“{opened.described.title}” has changed on disk.</b> What is shown is what was read
        before; filters stay where the columns still fit.
      </p>
      <Button size="xs" variant="default" loading={busy} onClick={() => void reloadShown()}>
        Reload
      </Button>
    </div>
  );
}
