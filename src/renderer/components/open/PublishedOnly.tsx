import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { publishedTitle, useDescribed } from '../../state/described';
import { switchTo } from './open-actions';
import { showPublished } from './show-dataset';

/** An opened table has no versions: its file is what it is. */
export default function PublishedOnly() {
  const isChanges = useDescribed(({ opened }) => opened?.described.kind === 'changes');
  // What changed in the published data, as a table: the screen tells the same of these data.
  useEffect(() => {
    if (isChanges) showPublished();
  }, [isChanges]);
  if (isChanges) return null;
  return (
    <div className="nothing-here">
      <p>This table has no versions: changes are kept of {publishedTitle()} alone.</p>
      <Button size="xs" variant="default" onClick={() => void switchTo(null)}>
        Show {publishedTitle()}
      </Button>
    </div>
  );
}
