import { Button } from '@mantine/core';
import { publishedTitle } from '../../state/described';
import { switchTo } from './open-actions';

/** An opened table has no versions: its file is what it is. */
export default function PublishedOnly() {
  return (
    <div className="nothing-here">
      <p>This table has no versions: changes are kept of {publishedTitle()} alone.</p>
      <Button size="xs" variant="default" onClick={() => void switchTo(null)}>
        Show {publishedTitle()}
      </Button>
    </div>
  );
}
