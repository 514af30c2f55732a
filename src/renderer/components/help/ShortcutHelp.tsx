import { Modal } from '@mantine/core';
import { COMMANDS } from '../palette/commands';
import { closeOverlay, useOverlays } from '../palette/overlays';
import { Keys } from './Keys';
import styles from './help.module.css';

/** Keys that belong to one place on the screen, not to a command. */
const IN_PLACE: readonly [place: string, keys: readonly [shortcut: string, does: string][]][] = [
  [
    'In a chart',
    [
      ['Tab', 'Go to the next chart'],
      ['Arrows', 'Move the range or the choice'],
      ['shift+Arrows', 'Widen or narrow the range'],
      ['enter', 'Apply'],
      ['Escape', 'Let go of the selection'],
    ],
  ],
  [
    'In SQL',
    [
      ['mod+enter', 'Run the query'],
      ['Escape', 'Close the suggestions; then Tab leaves the editor'],
    ],
  ],
];

/** Every shortcut on one sheet. */
export function ShortcutHelp() {
  const shown = useOverlays((state) => state.shown === 'shortcuts');
  const groups = [...new Set(COMMANDS.map((command) => command.group))];
  return (
    <Modal
      opened={shown}
      onClose={closeOverlay}
      title="Keyboard shortcuts"
      size={720}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={styles.sheet}>
        {groups.map((group) => (
          <Group
            key={group}
            name={group}
            keys={COMMANDS.flatMap(({ group: own, shortcut, title }) =>
              own === group && shortcut !== undefined ? [[shortcut, title] as const] : [],
            )}
          />
        ))}
        {IN_PLACE.map(([place, keys]) => (
          <Group key={place} name={place} keys={keys} />
        ))}
      </div>
    </Modal>
  );
}

function Group({ name, keys }: { name: string; keys: readonly (readonly [string, string])[] }) {
  if (keys.length === 0) return null;
  return (
    <section>
      <h3>{name}</h3>
      <dl>
        {keys.map(([shortcut, does]) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              <Keys shortcut={shortcut} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
