import { Button } from '@mantine/core';
import { switchTo } from './open-actions';

/** An opened table has no versions: its file is what it is. */
export default function PublishedOnly() {
  return (
    <div className="nothing-here">
      <p>Changes are kept from version to version of the Pokémon; this table has no versions.</p>
      <Button size="xs" variant="default" onClick={() => void switchTo(null)}>
        Show the Pokémon
      </Button>
    </div>
  );
}
